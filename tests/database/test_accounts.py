"""Accounts, their invitations and sessions, and the audit, in both kinds of database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, update

from ivr.database import tables
from ivr.database.accounts import (
    NameTakenError,
    accept,
    change_role,
    end_account,
    enter,
    find_account,
    find_invited,
    invite,
    invite_again,
    read_accounts,
    read_name,
)
from ivr.database.audit import read_audit, record, remove_old_audit
from ivr.database.sessions import Session, read_ended, read_sessions, remove_old_sessions
from tests.database.line import CALLER, connected

DAY = date(2026, 11, 24)
HASH = tables.HASHED + "v=19$of-a-password"


@pytest.fixture
def connection(url):
    with connected(url) as made:
        yield made


def invited(connection, name: str = "Hanako", role: str = "staff"):
    return invite(connection, "boss", name, role)


def joined(connection, name: str = "Hanako", number: int = 1):
    """Somebody who has used the link, with this session."""
    assert accept(connection, invited(connection, name), HASH, DAY, Session(number, 0, "Firefox"))
    return find_account(connection, name)


def numbers(connection) -> set[int]:
    return {each.number for each in read_sessions(connection)}


def test_a_link_is_good_once(connection):
    asked = invited(connection)
    assert find_invited(connection, asked.number, asked.invitation) == asked
    assert not find_invited(connection, asked.number, asked.invitation % tables.MOST + 1)
    assert accept(connection, asked, HASH, DAY, Session(1, asked.number, ""))
    assert not accept(connection, asked, HASH, DAY, Session(2, asked.number, ""))
    assert not find_invited(connection, asked.number, asked.invitation)
    assert not find_invited(connection, asked.number, 0)
    assert numbers(connection) == {1}
    assert read_accounts(connection)[0].seen == DAY


def test_a_new_link_takes_the_password_and_the_sessions_away_and_replaces_the_old_link(connection):
    was = joined(connection)
    connection.execute(
        insert(tables.sessions).values(number=8, account=was.number, began=datetime.now(UTC), browser="")
    )
    first, second = (invite_again(connection, "boss", was.number) for _link in range(2))
    assert read_ended(connection) == {8}
    assert not enter(connection, was, DAY, Session(9, was.number, ""))
    assert not find_invited(connection, was.number, first.invitation)
    assert accept(connection, second, HASH, DAY, Session(10, was.number, ""))


@pytest.mark.parametrize("change", [lambda *who: change_role(*who, "coordinator"), end_account, invite_again])
def test_whatever_changes_an_account_ends_its_sessions_and_a_sign_in_that_looked_before_it_comes_too_late(
    connection, change
):
    was = joined(connection)
    assert enter(connection, was, DAY, Session(2, was.number, ""))
    assert enter(connection, joined(connection, "Taro", 4), DAY, Session(3, 99, ""))
    change(connection, "boss", was.number)
    assert read_ended(connection) == {2}
    assert not enter(connection, was, DAY, Session(5, was.number, ""))
    assert {3, 4} <= numbers(connection)


def test_an_account_that_is_gone_is_not_changed_and_its_number_does_not_come_back(connection):
    gone = invited(connection)
    assert end_account(connection, "boss", gone.number)
    assert not end_account(connection, "boss", gone.number)
    assert not change_role(connection, "boss", gone.number, "coordinator")
    assert not invite_again(connection, "boss", gone.number)
    assert invited(connection).number != gone.number
    assert [each.what for each in read_audit(connection)] == ["invited", "account-ended", "invited"]


def test_a_name_is_taken_whatever_its_capitals(connection):
    invited(connection)
    with pytest.raises(NameTakenError):
        invited(connection, "HANAKO")
    assert find_account(connection, "hanako").name == "Hanako"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" 山田　花子 ", "山田 花子"), ("Ｔａｒｏ", "Taro"), ("x" * 64, "x" * 64), ("Desk 3", "Desk 3")],
)
def test_a_name_is_kept_as_people_write_it(typed, kept):
    assert read_name(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", " ", "x" * 65, CALLER, "０９０１２３４５６７８", "٠٩٠١٢٣٤٥٦٧٨", "a\x00b", "a\u202eb"]
)
def test_no_name_is_empty_too_long_a_telephone_number_or_unprintable(typed):
    assert read_name(typed) == ""


def test_the_audit_has_who_did_what_newest_first_and_forgets_what_is_old(connection):
    record(connection, "Hanako", "desk-closed", "fresc")
    record(connection, "Taro", "desk-undone", f"x {CALLER} " + "y" * 99)
    latest, first = read_audit(connection)
    assert (first.who, first.what, first.about) == ("Hanako", "desk-closed", "fresc")
    assert len(latest.about) <= 64
    assert CALLER[1:] not in latest.about
    now = datetime.now(UTC)
    connection.execute(update(tables.audit).where(tables.audit.c.who == "Hanako").values(at=now - timedelta(days=9)))
    remove_old_audit(connection, now.date())
    assert [each.who for each in read_audit(connection)] == ["Taro"]


def test_sessions_that_are_over_are_not_shown_and_are_forgotten(connection):
    for number, hours in ((1, 0), (2, 13), (3, 25)):
        began = datetime.now(UTC) - timedelta(hours=hours)
        connection.execute(insert(tables.sessions).values(number=number, account=0, began=began, browser=""))
    assert numbers(connection) == {1}
    remove_old_sessions(connection)
    assert set(connection.scalars(tables.sessions.select())) == {1, 2}
