"""Which desks a caller is offered: the whole table of languages and hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from ivr.content.desk_order import desk_keys, desk_order
from ivr.flow.matching import desks_for
from ivr.flow.situation import Situation
from tests.cast import CINGA, FRESC, LINE, TOKYO, changed, helpline, without

LISTED = "en zh-Hans zh-Hant ko es pt vi ne th id tl my km mn fr si ur bn".split()
UNLISTED = "ar fa ms ru".split()

HOURS = [
    ("2026-11-24 08:59:59", ()),
    ("2026-11-24 09:00:00", ("fresc",)),
    ("2026-11-24 09:59:00", ("fresc",)),
    ("2026-11-24 10:00:00", ("fresc", "cinga")),
    ("2026-11-24 15:59:59", ("fresc", "cinga")),
    ("2026-11-24 16:00:00", ("fresc",)),
    ("2026-11-24 16:59:00", ("fresc",)),
    ("2026-11-24 17:00:00", ()),
    ("2026-11-23 11:00:00", ()),
    ("2026-12-29 11:00:00", ()),
]


def everybody_ready():
    """The helpline as it will be when every language has its text: routing asks for nothing but their names."""
    line = helpline()
    lines = {language: line.clip_texts.get(language, line.clip_texts["en"]) for language in line.languages}
    lines = {language: {**found, "fresc.unlisted": found["fresc.how"]} for language, found in lines.items()}
    return replace(line, ready=frozenset(line.languages), clip_texts=lines)


def situation(moment: str, **fields) -> Situation:
    numbers = {"cinga": (CINGA,), "fresc": (FRESC,)}
    now = datetime.fromisoformat(moment).replace(tzinfo=TOKYO)
    return Situation(**{"now": now, "numbers": numbers, "caller_id": LINE, **fields})


def offered(language: str, moment: str, **fields) -> tuple[str, ...]:
    views = desks_for(everybody_ready(), language, situation(moment, **fields))
    return tuple(view.name for view in views if view.transferable)


@pytest.mark.parametrize(("moment", "desks"), HOURS)
def test_a_listed_language_is_offered_fresc_first_and_then_cinga(moment, desks):
    assert {language: offered(language, moment) for language in LISTED} == dict.fromkeys(LISTED, desks)


@pytest.mark.parametrize(("moment", "desks"), HOURS)
def test_easy_japanese_and_unlisted_languages_are_offered_cinga_first(moment, desks):
    others = ["ja", *UNLISTED]
    assert {language: offered(language, moment) for language in others} == dict.fromkeys(others, desks[::-1])


def test_every_language_of_the_line_is_in_one_of_the_tables():
    assert sorted(helpline().languages) == sorted([*LISTED, *UNLISTED, "ja"])


@pytest.mark.parametrize("language", ["ja", "en", "ar"])
def test_a_desks_key_is_the_same_at_every_hour(language):
    keys = {
        tuple((view.name, view.key) for view in desks_for(everybody_ready(), language, situation(moment)))
        for moment, _ in HOURS
    }
    assert keys == {tuple(desk_keys(helpline(), language).items())}
    assert list(desk_keys(helpline(), language).values()) == ["1", "2"]


@pytest.mark.parametrize("language", UNLISTED)
def test_who_is_not_on_a_desks_list_is_told_so(language):
    views = {view.name: view for view in desks_for(everybody_ready(), language, situation("2026-11-24 11:00"))}
    assert "fresc.unlisted" in views["fresc"].how
    assert views["cinga"].how == ("cinga.how", "cinga.other")


def test_a_language_that_is_not_ready_is_offered_only_desks_that_list_it():
    def now(language):
        views = desks_for(without("vi", "ru"), language, situation("2026-11-24 11:00"))
        return [view.name for view in views if view.transferable]

    assert now("vi") == ["fresc"]
    assert now("ru") == []


def test_without_a_caller_id_of_its_own_the_line_connects_nobody():
    assert offered("en", "2026-11-24 11:00", caller_id="") == ()


def test_a_desk_without_a_number_is_told_of_but_never_connected():
    views = desks_for(helpline(), "en", situation("2026-11-24 11:00", numbers={"cinga": (CINGA,)}))
    assert [(view.name, view.transferable) for view in views] == [("fresc", False), ("cinga", True)]


@pytest.mark.parametrize(("status", "told", "connected"), [("transfer", 1, 1), ("tell", 1, 0), ("silent", 0, 0)])
def test_a_desk_is_connected_told_of_or_silent_as_its_status_says(status, told, connected):
    desk = helpline().desks["fresc"].model_copy(update={"status": status})
    line = replace(helpline(), desks={**helpline().desks, "fresc": desk})
    views = [view for view in desks_for(line, "en", situation("2026-11-24 11:00")) if view.name == "fresc"]
    assert len(views) == told
    assert sum(view.transferable for view in views) == connected


def test_a_desk_whose_operator_is_withdrawn_is_silent():
    views = desks_for(changed(withdrawn=("F26",)), "en", situation("2026-11-24 11:00"))
    assert [view.name for view in views] == ["cinga"]


def test_nobody_is_connected_who_could_not_be_told_what_will_happen():
    views = desks_for(changed(withdrawn=("F30",)), "en", situation("2026-11-24 11:00"))
    assert [(view.name, view.transferable) for view in views] == [("fresc", False), ("cinga", True)]


def test_the_order_of_desks_does_not_depend_on_who_is_silent():
    assert desk_order(changed(withdrawn=("F26",)), "en") == ("fresc", "cinga")
