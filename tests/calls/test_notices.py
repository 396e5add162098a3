"""Calls while staff let callers hear that a desk is closed on a day, or has other hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from ivr.content.hours import USUAL, Override
from ivr.content.schedule import Interval
from ivr.database.no_database import Database
from ivr.flow.announcements import chosen_on, told_of_desks
from ivr.flow.engine import respond
from ivr.flow.places import Event, Place
from ivr.flow.situation import Situation
from ivr.simulator import Call, WsgiTransport
from tests.cast import LINE, TOKEN, TOKYO, URL, app, helpline, names_of, offered
from tests.lines import town

MONDAY = "2026-11-30"


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=TOKYO)


def closed(since: str, until: str = "", hours: Interval | None = None, *, told: bool = True) -> Override:
    return Override(open=False, since=at(since), until=at(until) if until else None, hours=hours, told=told)


def heard(moment: str, language: str = "en", **overrides: Override | tuple[Override, ...]) -> str:
    said = {desk: each if isinstance(each, tuple) else (each,) for desk, each in overrides.items()}
    page = told_of_desks(helpline(), language, Situation(at(moment), overrides=said))
    return " ".join(each.prompt.removeprefix("opens.") for each in page)


@pytest.mark.parametrize(
    ("moment", "override", "said"),
    [
        (f"{MONDAY} 08:00", closed(MONDAY, "2026-12-01"), "day.today fresc.closed_on"),
        (f"{MONDAY} 16:59", closed(MONDAY, "2026-12-01"), "day.today fresc.closed_on"),
        (f"{MONDAY} 17:00", closed(MONDAY, "2026-12-01"), ""),  # it would be closed anyway
        ("2026-12-01 00:00", closed(MONDAY, "2026-12-01"), ""),
        (f"{MONDAY} 11:00", closed("2026-12-01", "2026-12-02"), "day.tomorrow fresc.closed_on"),
        (f"{MONDAY} 11:00", closed("2026-12-04", "2026-12-05"), "day.friday fresc.closed_on"),
        (f"{MONDAY} 11:00", closed("2026-12-05", "2026-12-07"), ""),  # a weekend
        (f"{MONDAY} 11:00", closed("2026-12-07", "2026-12-08"), ""),  # in a week: its weekday would be today's
        ("2026-12-01 00:00", closed("2026-12-07", "2026-12-08"), "day.monday fresc.closed_on"),
        (f"{MONDAY} 11:00", closed("2026-12-01", "2026-12-03"), "day.tomorrow fresc.closed_on weekday.thursday.0900"),
        ("2026-12-02 11:00", closed("2026-12-01", "2026-12-03"), "day.today fresc.closed_on"),
        ("2026-12-03 11:00", closed("2026-12-01", "2026-12-03"), ""),
        (f"{MONDAY} 11:00", closed("2026-12-03", "2026-12-12"), "day.thursday fresc.closed_on desks.longer"),
        (f"{MONDAY} 11:00", closed(MONDAY), "day.today fresc.closed_on desks.longer"),  # until further notice
        (f"{MONDAY} 11:00", closed(MONDAY, "2026-12-01", told=False), ""),
        (f"{MONDAY} 11:00", closed(f"{MONDAY} 13:00", "2026-12-01"), "day.today fresc.other_hours"),
        (f"{MONDAY} 13:00", closed(f"{MONDAY} 13:00", "2026-12-01"), "day.today fresc.closed_on"),
        (
            f"{MONDAY} 11:00",
            closed("2026-12-02", "2026-12-04", Interval(720, 780)),
            "day.wednesday fresc.other_hours day.thursday fresc.other_hours",
        ),
        (
            f"{MONDAY} 11:00",
            Override(open=True, since=at("2026-12-05"), until=at("2026-12-06"), hours=USUAL, told=True),
            "",  # a Saturday has no usual hours
        ),
        (
            f"{MONDAY} 11:00",
            Override(open=True, since=at("2026-12-05 10:00"), until=at("2026-12-05 12:00"), told=True),
            "day.saturday fresc.other_hours",
        ),
    ],
)
def test_callers_hear_of_a_change_from_six_days_ahead_until_its_end(moment, override, said):
    assert heard(moment, fresc=override) == said


def test_two_desks_are_told_of_the_soonest_first_and_a_day_is_said_once():
    day, other = closed(MONDAY, "2026-12-01"), closed("2026-12-02", "2026-12-03")
    assert heard(f"{MONDAY} 08:00", fresc=day, cinga=day) == "day.today fresc.closed_on cinga.closed_on"
    assert heard(f"{MONDAY} 08:00", "ja", fresc=day, cinga=day) == "day.today fresc.closed_on cinga.closed_on"
    found = heard(
        f"{MONDAY} 08:00", fresc=(closed("2026-12-01", "2026-12-02"), closed("2026-12-04", "2026-12-05")), cinga=other
    )
    assert found == "day.tomorrow fresc.closed_on day.wednesday cinga.closed_on"


def test_of_two_desks_that_stay_closed_callers_hear_of_each_that_it_does():
    """The day is said again where another one was named since."""
    further, days = closed(MONDAY), closed(MONDAY, "2026-12-03")
    said = "day.today cinga.closed_on desks.longer fresc.closed_on"
    assert heard(f"{MONDAY} 11:00", "ja", cinga=further, fresc=further) == f"{said} desks.longer"
    assert heard(f"{MONDAY} 11:00", "ja", cinga=further, fresc=closed(MONDAY, "2026-12-01")) == said
    found = heard(f"{MONDAY} 11:00", "ja", cinga=days, fresc=further)
    assert found == "day.today cinga.closed_on weekday.thursday.1000 day.today fresc.closed_on desks.longer"


class BothFurther(Database):
    """Staff have closed both desks until further notice, and tell callers."""

    def overrides(self):
        return {name: (closed(MONDAY),) for name in ("cinga", "fresc")}


def test_a_call_while_both_desks_stay_closed_begins_with_that():
    line = WsgiTransport(app(helpline(), counts=BothFurther()))
    made = Call(line, URL, token=TOKEN, to=LINE, at=at(f"{MONDAY} 11:00"))
    notice = ["fresc.closed_on", "desks.longer", "cinga.closed_on", "desks.longer"]
    told = ["language.name", "opens.day.today", *notice, "eligible"]
    assert made.start().press("02").prompts[:7] == [f"en/{prompt}" for prompt in told]


def test_one_that_was_said_twice_is_told_once():
    twice = closed(MONDAY, "2026-12-01")
    assert heard(f"{MONDAY} 08:00", fresc=(twice, twice)) == "day.today fresc.closed_on"


def test_what_staff_said_without_telling_it_neither_hides_nor_becomes_a_notice():
    week, today = closed(MONDAY, "2026-12-05", told=False), closed(MONDAY, "2026-12-01")
    assert heard(f"{MONDAY} 08:00", fresc=(today, week)) == "day.today fresc.closed_on desks.longer"
    assert heard(f"{MONDAY} 08:00", fresc=(week, today)) == "day.today fresc.closed_on desks.longer"
    assert heard("2026-12-01 08:00", fresc=(week, today)) == ""
    opened = Override(open=True, since=at(MONDAY), until=at("2026-12-01"), hours=USUAL)
    assert heard(f"{MONDAY} 08:00", fresc=(opened, today)) == ""  # the newest word is that it opens


def test_a_desk_is_told_of_by_its_own_hours_for_the_callers_language_and_only_if_it_has_the_prompts():
    line = helpline()
    assert all(desk.can_be_told for desk in line.desks.values())
    say = line.desks["fresc"].say.model_copy(update={"closed_on": "", "other_hours": ""})
    silent = replace(line, desks={**line.desks, "fresc": line.desks["fresc"].model_copy(update={"say": say})})
    situation = Situation(at(f"{MONDAY} 08:00"), overrides={"fresc": (closed(MONDAY),)})
    assert not silent.desks["fresc"].can_be_told
    assert told_of_desks(silent, "en", situation) == ()


class Staff(Database):
    """Staff have closed FRESC for two days, and tell callers."""

    def overrides(self):
        return {"fresc": (closed("2026-12-01", "2026-12-03"),)}


def test_callers_of_every_language_hear_it_right_after_the_languages_name_and_no_more_after_its_end():
    line = app(helpline(), counts=Staff())
    for language in offered():
        for moment, told in ((f"{MONDAY} 11:00", 3), ("2026-12-02 11:00", 2), ("2026-12-03 09:00", 0)):
            made = Call(WsgiTransport(line), URL, token=TOKEN, to=LINE, at=at(moment), portable=True).start()
            made.press(helpline().languages[language].code)
            names = [name.removeprefix(f"{language}/") for name in names_of(made)]
            day = "tomorrow" if told == 3 else "today"
            notice = [f"opens.day.{day}", "fresc.closed_on", "opens.weekday.thursday.0900"][:told]
            assert names[: told + 2] == ["language.name", *notice, "eligible"], (language, moment)


def test_on_a_line_of_one_language_it_is_heard_before_the_first_menu():
    situation = Situation(at(f"{MONDAY} 11:00"), overrides={"office": (closed("2026-12-01", "2026-12-02"),)})
    (gather, *_) = respond(replace(town(), ready=frozenset({"en"})), Place(), Event(), situation)
    assert [play.prompt for play in gather.plays][:3] == ["welcome", "opens.day.tomorrow", "office.closed_on"]


def test_what_is_said_on_every_day_knows_of_no_desk():
    """As in the last resort, which is made of files."""
    assert {said.prompt for said in chosen_on(helpline(), "en", None)} == {"language.name", "notice"}
