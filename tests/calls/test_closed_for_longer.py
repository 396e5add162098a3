"""Calls while staff have closed desks beyond the day on which they would open next."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from ivr.content.hours import Override
from ivr.content.model import Helpline
from ivr.database.no_database import Database
from ivr.simulator import Call, WsgiTransport
from tests.cast import LINE, TOKEN, TOKYO, URL, app, helpline, names_of, offered

FURTHER_NOTICE = {"cinga": ("2027-01-12", ""), "fresc": ("2027-01-12", "")}
WEEK = {"fresc": ("2026-12-14", "2026-12-19")}


def moment(said: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=TOKYO)


class Staff(Database):
    """Staff have closed these desks from a day until before another one, without telling it at the start."""

    def __init__(self, closed: dict[str, tuple[str, str]]) -> None:
        super().__init__()
        self.closed = closed

    def overrides(self):
        return {
            desk: (Override(open=False, since=moment(since), until=moment(until) if until else None),)
            for desk, (since, until) in self.closed.items()
        }


def heard(closed: dict[str, tuple[str, str]], at: str, keys: str, line: Helpline | None = None) -> list[str]:
    """What the last key brings."""
    transport = WsgiTransport(app(line or helpline(), counts=Staff(closed)))
    made = Call(transport, URL, token=TOKEN, to=LINE, at=moment(at), portable=True).start()
    for key in keys.split():
        made.press(key)
    return [prompt.partition("/")[2] for prompt in names_of(made)]


def test_who_asks_for_a_person_while_both_desks_stay_closed_hears_that_and_no_hours():
    assert heard(FURTHER_NOTICE, "2027-01-12 11:00", "02 0") == [
        "desks.closed",
        *("fresc.closed", "desks.longer"),
        *("cinga.closed", "desks.longer"),
        *("key.again", "key.back", "key.first"),
    ]


@pytest.mark.parametrize("code", [helpline().languages[name].code for name in offered()])
def test_callers_of_no_language_are_sent_to_hours_that_are_now(code):
    said = heard(FURTHER_NOTICE, "2027-01-12 11:00", f"{code} 0")
    assert said.count("desks.longer") == 2
    assert not {"opens.generic", "cinga.hours", "fresc.hours", "cinga.closed_days", "fresc.closed_days"} & {*said}


def test_the_page_of_a_desk_that_stays_closed_has_no_usual_hours():
    said = heard(FURTHER_NOTICE, "2027-01-12 11:00", "02 3 1")
    assert said[:3] == ["fresc.operator", "fresc.closed", "desks.longer"]
    assert not {"opens.generic", "fresc.hours", "fresc.closed_days"} & {*said}


@pytest.mark.parametrize("at", ["2026-12-12 11:30", "2026-12-14 08:00", "2026-12-14 11:00"])
def test_a_desk_that_would_open_on_a_day_on_which_it_is_closed_stays_so_if_no_clip_says_until_when(at):
    said = heard(WEEK, at, "02 3 1")
    assert said[:3] == ["fresc.operator", "fresc.closed", "desks.longer"]
    assert "fresc.hours" not in said


def test_of_two_closed_desks_only_the_one_that_opens_as_usual_tells_its_hours():
    said = heard(WEEK, "2026-12-12 11:30", "02 0")
    opens = ["cinga.hours", "cinga.closed_days", "opens.weekday.monday.1000"]
    assert said[:6] == ["desks.closed", "fresc.closed", "desks.longer", *opens]


def test_where_a_clip_says_when_it_opens_callers_hear_that_with_the_usual_hours():
    said = heard(WEEK, "2026-12-15 11:00", "02 3 1")
    assert {"opens.weekday.monday.0900", "fresc.hours"} <= {*said}
    assert "desks.longer" not in said


def test_a_desk_that_opens_on_its_next_usual_day_does_not_stay_closed():
    """No clip says two o'clock."""
    said = heard({"fresc": ("2026-12-14", "2026-12-15 14:00")}, "2026-12-14 11:00", "02 3 1")
    assert {"opens.generic", "fresc.hours"} <= {*said}


def test_a_line_without_the_words_says_the_general_sentence_and_the_usual_hours():
    lines = {
        name: {prompt: text for prompt, text in texts.items() if prompt != "desks.longer"}
        for name, texts in helpline().clip_texts.items()
    }
    said = heard(FURTHER_NOTICE, "2027-01-12 11:00", "02 0", replace(helpline(), clip_texts=lines))
    assert said[1:4] == ["fresc.hours", "fresc.closed_days", "opens.generic"]
