"""Calls at moments that matter to a desk's hours: midnight, the night of a clock change, a language's own Wednesday."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ivr.audio.line import line_of
from ivr.content.composing import all_clip_texts
from ivr.content.hours import is_open
from ivr.content.model import Desk, Helpline
from ivr.content.words import OpeningWords
from ivr.flow.all_situations import situations
from ivr.flow.matching import desks_for
from ivr.simulator import Call
from tests.cast import TOKYO, call, helpline

FRIDAYS = {"closed": (), "open": {}, "hours": {"friday": "10:00-16:00"}}


def line(words: dict[str, Any] | None = None, zone: str = "Asia/Tokyo", **written: object) -> Helpline:
    """The helpline, were FRESC its only desk, at these hours; `words` are more ways to say when it opens."""
    fresc = Desk.model_validate({**helpline().desks["fresc"].model_dump(), "closed": (), "open": {}, **written})
    texts = {
        key: text.model_copy(update={"opening": _more(text.opening, words or {})})
        for key, text in helpline().texts.items()
    }
    about = helpline().about.model_copy(update={"time_zone": ZoneInfo(zone)})
    made = replace(helpline(), about=about, desks={"fresc": fresc}, texts=texts)
    return replace(made, clip_texts=all_clip_texts(made))


def _more(opening: OpeningWords, words: dict[str, Any]) -> OpeningWords:
    return opening.model_copy(update={table: {**getattr(opening, table), **more} for table, more in words.items()})


def told(made: Call, found: Helpline) -> str:
    """What decides on the page of a desk: the offer, or when it opens. A voice speaks the sentences that are new."""
    texts = {each.text: f"{key}/{name}" for key, lines in found.clip_texts.items() for name, each in lines.items()}
    said = [sound.prompt or texts.get(sound.text, "") for sound in made.heard]
    return ", ".join(dict.fromkeys(name for name in said if "/opens." in name or ".offer." in name))


@cache
def day_and_night() -> Helpline:
    return line(hours="always", holidays="JP")


@cache
def nights() -> Helpline:
    return line({"times": {"22:00": "ten at night"}}, hours={"every day": "22:00-06:00"}, holidays="JP")


@cache
def new_york() -> Helpline:
    words = {"times": {"03:00": "three in the morning", "02:30": "half past two"}}
    return line(words, zone="America/New_York", hours={"sunday": "02:30-08:00"}, holidays="")


@cache
def wednesdays() -> Helpline:
    return line(
        {"times": {"13:00": "one"}, "dates": {"12-09": "December the ninth"}},
        hours={"monday-friday": "09:00-17:00"},
        hours_by_language={"vi": {"wednesday 2 4": "13:00-18:00"}, "ko": "always"},
        holidays="JP",
    )


@pytest.mark.parametrize(
    "moment", ["2026-11-22 23:59:50", "2026-11-23 00:00", "2026-11-23 23:59:40", "2026-12-31 12:00"]
)
def test_a_desk_that_is_always_open_is_offered_at_every_seam_and_holiday(moment):
    made = call(moment, "02 0", line=day_and_night())
    assert told(made, day_and_night()) == "en/fresc.offer.1"
    assert not any("closed" in name for name in made.prompts)


def test_a_desk_that_is_always_open_needs_no_sentences_of_opening_times():
    assert not [
        name
        for name in day_and_night().clip_texts["en"]
        if name.startswith("opens.") and not name.startswith(("opens.generic", "opens.day."))  # days are for notices
    ]


@pytest.mark.parametrize(
    ("moment", "heard"),
    [
        ("2026-11-21 21:50", "en/opens.today.2200"),
        ("2026-11-22 00:30", "en/fresc.offer.1"),  # by Saturday's hours
        ("2026-11-23 00:30", "en/fresc.offer.1"),  # a holiday, by Sunday's hours
        ("2026-11-23 22:30", "en/opens.tomorrow.2200"),
        ("2026-11-24 00:30", "en/opens.today.2200"),  # the night after the holiday
        ("2026-11-24 06:00", "en/opens.today.2200"),
    ],
)
def test_after_midnight_the_hours_of_the_day_before_hold(moment, heard):
    assert told(call(moment, "02 3 1", line=nights()), nights()) == heard


@pytest.mark.parametrize(
    ("moment", "heard"),
    [
        ("2027-03-14T01:50-05:00", "en/opens.today.0300"),  # the hour from two on is left out
        ("2027-03-14T03:00-04:00", "en/fresc.offer.1"),
        ("2026-11-01T01:40-04:00", "en/opens.today.0230"),  # the hour from one on comes twice
        ("2026-11-01T01:40-05:00", "en/opens.today.0230"),
        ("2026-11-01T02:31-05:00", "en/fresc.offer.1"),
    ],
)
def test_in_the_night_of_a_clock_change_callers_are_told_what_the_clock_will_show(moment, heard):
    there = datetime.fromisoformat(moment).astimezone(TOKYO).replace(tzinfo=None)
    assert told(call(f"{there}", "02 3 1", line=new_york()), new_york()) == heard


@pytest.mark.parametrize(
    ("moment", "en", "vi", "ko"),
    [
        ("2026-11-24 11:00", "en/fresc.offer.1", "vi/opens.tomorrow.1300", "ko/fresc.offer.1"),
        ("2026-11-25 17:30", "en/opens.tomorrow.0900", "vi/fresc.offer.1", "ko/fresc.offer.1"),
        ("2026-11-25 18:00", "en/opens.tomorrow.0900", "vi/opens.date.1209.wednesday.1300", "ko/fresc.offer.1"),
        ("2026-12-02 14:00", "en/fresc.offer.1", "vi/opens.date.1209.wednesday.1300", "ko/fresc.offer.1"),
        ("2026-12-03 14:00", "en/fresc.offer.1", "vi/opens.weekday.wednesday.1300", "ko/fresc.offer.1"),
    ],
)
def test_callers_of_a_language_with_days_of_its_own_are_offered_the_desk_on_these(moment, en, vi, ko):
    codes = {language: helpline().languages[language].code for language in ("en", "vi", "ko")}
    found = wednesdays()
    assert [told(call(moment, f"{code} 3 1", line=found), found) for code in codes.values()] == [en, vi, ko]


def test_hours_are_looked_at_again_in_the_language_of_the_caller_when_the_desk_is_dialled():
    made = call("2026-11-25 17:58", f"{helpline().languages['vi'].code} 0", line=wednesdays())
    made.clock_at(datetime(2026, 11, 25, 18, 0, tzinfo=TOKYO))
    made.press("1")
    assert helpline().clip_texts["vi"]["fresc.closed"].sentences[0] in made.prompts  # by Say
    assert made.dialled == []


def test_a_caller_whose_language_is_not_ready_hears_its_hours_from_the_first_languages():
    found = replace(wednesdays(), ready=wednesdays().ready - {"vi"})
    for first in found.about.first_languages:
        assert "opens.date.1209.wednesday.1300" in found.clip_texts[first]
    assert "opens.date.1209.wednesday.1300" not in found.clip_texts["ko"]


def test_the_proof_meets_callers_of_each_language_with_the_desk_open_and_closed():
    """Without more situations than there were: only where the hours of the languages differ a word of staff decides."""
    everything = situations(wednesdays())
    assert len(everything) == 2
    for language in ("en", "vi", "ko"):
        assert [desks_for(wednesdays(), language, situation)[0].open for situation in everything] == [True, False]
    open_now, closed = everything
    assert not open_now.overrides
    assert {is_open(desk, open_now.now) for desk in wednesdays().desks["fresc"].in_turn().values()} == {True}
    assert closed.overrides  # one language is never without the desk


def test_where_no_clip_says_when_a_desk_opens_callers_hear_the_general_sentence_and_no_language_is_lost():
    """Hours that staff change: of Nepali, which has no carrier's voice, no clip says "on Friday, 5 January"."""
    cinga = helpline().desks["cinga"]
    hours = Desk.model_validate({**cinga.model_dump(), **FRIDAYS}).hours
    fridays = replace(helpline(), desks={**helpline().desks, "cinga": cinga.model_copy(update={"hours": hours})})
    fridays = replace(fridays, clip_texts=all_clip_texts(fridays))
    new = "opens.date.0105.friday.1000"
    loaded = line_of(fridays)
    assert loaded.helpline.ready == line_of(helpline()).helpline.ready
    assert {name for name, unvoiced in loaded.unvoiced.items() if new in unvoiced} == {"fa", "ne", "si", "ur"}
    for language, moment, opens in (
        ("ne", "2028-12-28 18:00", "ne/opens.generic"),
        ("fr", "2028-12-28 18:00", f"fr/{new}"),  # by the carrier's voice
        ("ne", "2026-11-26 18:00", "ne/opens.tomorrow.1000"),
    ):
        made = call(moment, f"{helpline().languages[language].code} 0", line=fridays)
        assert told(made, fridays).endswith(opens), (language, moment)
