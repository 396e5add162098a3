"""Editions: asked for, published whole or not at all, one after another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text, update

from ivr.content.changes import Change, fingerprint
from ivr.database.admission import is_admitted
from ivr.database.changes import (
    ChangedMeanwhileError,
    add_change,
    approvals,
    approve,
    hold,
    read_changes,
    set_state,
)
from ivr.database.in_force import read_edition
from ivr.database.publications import (
    BeingCheckedError,
    Edition,
    begin_again,
    begin_going_back,
    begin_publication,
    edition_in_force,
    edition_number,
    publish,
    read_publication,
    read_publications,
    refuse,
    report_progress,
    withdraw,
)
from ivr.database.tables import MAX_CONTENT, changes, publications
from ivr.errors import HelplineError
from tests.database.line import connected


def change(value: object, place: str = "a") -> Change:
    return Change("a.yaml", (place,), fingerprint("x"), value)


@pytest.fixture
def connection(url):
    with connected(url) as opened:
        yield opened


def published(connection, *added: Change, opens: bool = False) -> int:
    numbers = [add_change(connection, each, "", approved=True) for each in added]
    number = begin_publication(connection, numbers, "Aiko", opens=opens)
    assert publish(connection, number)
    return number


def in_force(connection) -> dict[str, object]:
    return {each.where[0]: each.value for each in edition_in_force(connection).changes}


def hurried(connection):
    connection.execute(text("SET LOCAL lock_timeout = '200ms'"))
    return connection


def states(connection) -> list[str]:
    return list(connection.scalars(select(changes.c.state).order_by(changes.c.id)))


def test_the_files_alone_are_in_force_until_something_is_published(connection):
    assert edition_in_force(connection) == Edition()
    number = begin_publication(connection, [add_change(connection, change("y"), "", approved=True)], "")
    assert (edition_number(connection), in_force(connection)) == (0, {})
    before = read_edition(connection)
    assert publish(connection, number)
    assert (in_force(connection), read_edition(connection)) == ({"a": "y"}, before + 1)
    assert not publish(connection, number)  # once


def test_an_edition_keeps_what_was_in_force_and_the_newest_of_each_place_holds(connection):
    published(connection, change("y"), change("z", "b"))
    published(connection, change({"text": ["w"], "gloss": None}))
    assert in_force(connection) == {"a": {"text": ["w"], "gloss": None}, "b": "z"}
    assert states(connection) == ["withdrawn", "published", "published"]


def test_only_one_is_checked_at_a_time_unless_it_died(connection):
    first = begin_publication(connection, [], "")
    with pytest.raises(BeingCheckedError, match="another version is being checked"):
        begin_publication(connection, [], "")
    report_progress(connection, first, 5)
    long_ago = datetime.now(UTC) - timedelta(minutes=5)
    connection.execute(update(publications).values(at=long_ago))
    assert read_publication(connection, first).state == "interrupted"
    second = begin_publication(connection, [], "")
    assert publish(connection, second)
    assert not publish(connection, first)  # it wakes up too late
    assert [each["rule"] for each in read_publication(connection, first).findings] == ["overtaken"]


def test_a_refused_one_changes_nothing_and_its_changes_wait(connection):
    number = begin_publication(connection, [add_change(connection, change("y"), "", approved=True)], "")
    before = read_edition(connection)
    refuse(connection, number, [{"rule": "x", "message": "y" * 1000}] * 20)
    found = read_publication(connection, number)
    assert found.state == "refused"
    assert 0 < len(found.findings) * 1000 < MAX_CONTENT
    assert (in_force(connection), states(connection), read_edition(connection)) == ({}, ["approved"], before)
    assert not publish(connection, number)


def test_going_back_brings_the_older_changes_and_withdraws_the_others(connection):
    first = published(connection, change("y"))
    published(connection, change("z"), change("w", "b"))
    assert publish(connection, begin_going_back(connection, first, ""))
    assert (in_force(connection), states(connection)) == ({"a": "y"}, ["published", "withdrawn", "withdrawn"])
    assert publish(connection, begin_going_back(connection, 0, ""))
    assert (in_force(connection), states(connection)) == ({}, ["withdrawn"] * 3)


def test_a_change_is_let_go_while_the_others_stay(connection):
    published(connection, change("y"), change("w", "b"))
    assert publish(connection, begin_publication(connection, [], "", dropped=[1]))
    assert in_force(connection) == {"b": "w"}


def test_what_was_refused_is_done_again_upon_what_came_between(connection):
    published(connection, change("y"), change("w", "b"))
    number = begin_publication(connection, [add_change(connection, change("v"), "", approved=True)], "", dropped=[2])
    refuse(connection, number, [{"rule": "x", "message": "y"}])
    published(connection, change("u", "c"))
    assert publish(connection, begin_again(connection, number, ""))
    assert in_force(connection) == {"a": "v", "c": "u"}
    with pytest.raises(HelplineError, match="nobody asked"):
        begin_again(connection, 99, "")


def test_the_line_opens_with_the_edition_and_not_before(connection):
    number = begin_publication(connection, [], "Aiko", opens=True)
    assert is_admitted(connection) is None
    assert publish(connection, number)
    assert is_admitted(connection) is True


def test_nothing_half_is_published(url):
    with connected(url) as connection:
        number = begin_publication(connection, [add_change(connection, change("y"), "", approved=True)], "")
    with pytest.raises(ZeroDivisionError), connected(url) as connection:
        1 / (not publish(connection, number))
    with connected(url) as connection:
        assert (in_force(connection), states(connection)) == ({}, ["approved"])
        assert read_publication(connection, number).state == "checking"


def test_of_two_who_publish_at_once_one_is_overtaken(postgres):
    """The second waits for the first, and then sees it."""
    url = postgres.new_database()
    with connected(url) as connection:
        one = begin_publication(connection, [add_change(connection, change("y"), "", approved=True)], "")
        connection.execute(update(publications).values(state="refused"))
        two = begin_publication(connection, [add_change(connection, change("z"), "", approved=True)], "")
        connection.execute(update(publications).values(state="checking"))
    with connected(url) as first:
        assert publish(first, one)
        with pytest.raises(HelplineError, match="lock timeout"), connected(url) as second:
            publish(hurried(second), two)
    with connected(url) as second:
        assert not publish(second, two)
        assert in_force(second) == {"a": "y"}


def test_a_value_that_is_too_long_is_refused(connection):
    with pytest.raises(HelplineError, match="too long"):
        add_change(connection, change("x" * MAX_CONTENT), "", approved=True)


def test_a_new_word_of_the_same_person_takes_the_place_of_the_last_one_that_waits(connection):
    for by, value in (("Aiko", "y"), ("Ken", "z"), ("Aiko", "w")):
        add_change(connection, change(value), by, approved=False)
    assert [each.change.value for each in read_changes(connection)] == ["z", "w"]
    assert set_state(connection, [1, 2], "approved") == 1  # what was withdrawn stays so


def test_editions_that_went_back_are_told_with_the_one_that_they_went_back_to(connection):
    one = published(connection, change(1))
    two = published(connection, change(2))
    published(connection, opens=True)
    for target in (one, 0, two):
        assert publish(connection, begin_going_back(connection, target, "Aiko"))
    refused = begin_going_back(connection, 0, "Aiko")
    refuse(connection, refused, [])
    without = begin_publication(connection, (), "Aiko", dropped=[1, 2])  # all of it let go: nobody went back
    told = [each.back_to for each in reversed(read_publications(connection, 9))]
    assert told == [None, None, None, one, 0, two, 0, None]
    assert without == refused + 1


def test_changes_are_approved_all_or_none_and_it_is_known_by_whom(connection):
    one, two, three = (add_change(connection, change(1, place), "Mei", approved=False) for place in "abc")
    approve(connection, (one, two), "Aiko")
    assert {number: entry.who for number, entry in approvals(connection, (one, two, three)).items()} == {
        one: "Aiko",
        two: "Aiko",
    }
    for late in ((one, three), (three, 99)):
        with pytest.raises(ChangedMeanwhileError), connection.begin_nested():
            approve(connection, late, "Aiko")
        with pytest.raises(ChangedMeanwhileError), connection.begin_nested():
            withdraw(connection, (three, 99))
    assert states(connection) == ["approved", "approved", "suggested"]
    rival = add_change(connection, change(2, "c"), "Ken", approved=False)
    four = add_change(connection, change(1, "d"), "Mei", approved=False)
    with pytest.raises(ChangedMeanwhileError), connection.begin_nested():
        approve(connection, (three, four), "Aiko")
    assert [*approvals(connection, (three, four, rival))] == []
    withdraw(connection, (one, three))
    approve(connection, (rival, four), "Aiko")
    assert states(connection) == ["withdrawn", "approved", "withdrawn", "approved", "approved"]


def test_two_versions_of_one_place_are_not_approved_together(connection):
    one, two = (add_change(connection, change(by), by, approved=False) for by in ("Mei", "Ken"))
    with pytest.raises(ChangedMeanwhileError), connection.begin_nested():
        approve(connection, (one, two), "Aiko")
    approve(connection, (two,), "Aiko")
    assert states(connection) == ["suggested", "approved"]


def test_who_publishes_what_was_only_suggested_approves_it(connection):
    one, two = (add_change(connection, change(1, place), "Mei", approved=False) for place in "ab")
    approve(connection, (two,), "Ken")
    number = begin_publication(connection, (one, two), "Aiko")
    assert [*approvals(connection, (one, two))] == [two]
    assert publish(connection, number)
    assert {about: entry.who for about, entry in approvals(connection, (one, two)).items()} == {one: "Aiko", two: "Ken"}


def test_what_is_being_checked_is_not_withdrawn(connection):
    one, two = (add_change(connection, change(1, place), "Mei", approved=True) for place in "ab")
    number = begin_publication(connection, (one,), "Aiko")
    with pytest.raises(BeingCheckedError), connection.begin_nested():
        withdraw(connection, (one, two))
    withdraw(connection, (two,))
    assert states(connection) == ["approved", "withdrawn"]
    refuse(connection, number, [])
    withdraw(connection, (one,))
    assert states(connection) == ["withdrawn", "withdrawn"]
    with pytest.raises(ChangedMeanwhileError):
        hold(connection, (one,))


def test_who_withdraws_waits_for_who_has_it_checked(postgres):
    url = postgres.new_database()
    with connected(url) as connection:
        number = add_change(connection, change("y"), "", approved=True)
    with connected(url) as first:
        hold(first, (number,))
        begin_publication(first, (number,), "Aiko")
        with pytest.raises(HelplineError, match="lock timeout"), connected(url) as second:
            withdraw(hurried(second), (number,))
    with pytest.raises(BeingCheckedError), connected(url) as second:
        withdraw(second, (number,))
