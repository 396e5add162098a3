"""What staff say about a desk in a form."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ivr.console.desks.override_form import read_change, read_consent
from ivr.content.hours import USUAL, Override, is_open
from ivr.content.model import Desk
from ivr.content.schedule import Interval
from ivr.database.connection import database
from ivr.database.desk_overrides import DeskOverride, add_override, read_overrides
from ivr.database.override_span import rings_at_night
from tests.cast import TOKYO, helpline

NOW = datetime(2026, 11, 24, 11, 0, tzinfo=TOKYO)
LUNCH = Interval(12 * 60, 13 * 60)
GOOD = {"state": "close", "span": "notice"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


def read(**typed: str):
    return read_change({**GOOD, **typed}, helpline().desks["cinga"], NOW)


@pytest.mark.parametrize(
    ("typed", "override"),
    [
        ({}, Override(open=False, since=NOW)),
        ({"state": "open"}, Override(open=True, since=NOW, hours=USUAL)),
        ({"opens": "12:00", "closes": "13:00"}, Override(open=False, since=NOW, hours=LUNCH)),
        (
            {"span": "day", "day": "2026-12-01", "last_day": "2026-12-02", "opens": "12:00", "closes": "13:00"},
            Override(open=False, since=at("2026-12-01"), until=at("2026-12-03"), hours=LUNCH),
        ),
        (
            {"state": "open", "span": "day", "day": "2026-12-29", "last_day": "2026-12-30"},
            Override(open=True, since=at("2026-12-29"), until=at("2026-12-31"), hours=USUAL),
        ),
        (
            {"span": "until", "since": "2026-12-01T10:30", "until": "2026-12-01T11:00"},
            Override(open=False, since=at("2026-12-01T10:30"), until=at("2026-12-01T11:00")),
        ),
        (
            {"span": "day", "day": "2026-11-24"},
            Override(open=False, since=NOW.replace(hour=0), until=NOW.replace(hour=0) + timedelta(days=1)),
        ),
        (
            {"span": "until", "until": "2026-11-24T15:30"},
            Override(open=False, since=NOW, until=NOW.replace(hour=15, minute=30)),
        ),
        (
            {"span": "until", "until": "2026-11-24 15:30"},
            Override(open=False, since=NOW, until=NOW.replace(hour=15, minute=30)),
        ),
        (
            {"span": "day", "day": "", "until": "2026-11-24 15:30"},
            Override(open=False, since=NOW, until=NOW.replace(hour=15, minute=30)),
        ),
        ({"span": "notice", "day": "nonsense", "until": "nonsense"}, Override(open=False, since=NOW)),
    ],
)
def test_what_is_said(typed, override):
    assert read(**typed) == (override, {})


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"state": ""}, {"state": "choose_state"}),
        ({"state": "burn"}, {"state": "choose_state"}),
        ({"span": ""}, {"span": "choose_span"}),
        ({"span": "day", "day": ""}, {"day": "choose_day"}),
        ({"span": "day", "day": "2026-02-30"}, {"day": "choose_day"}),
        ({"span": "day", "day": "0001-01-01"}, {"day": "choose_day"}),
        ({"span": "day", "day": "9999-12-31"}, {"day": "choose_day"}),
        ({"span": "day", "day": "2026-11-23"}, {"day": "is_over"}),
        ({"span": "until", "until": "tomorrow"}, {"until": "choose_until"}),
        ({"span": "until", "until": "2026-11-24T11:00"}, {"until": "is_over"}),
        ({"span": "until", "until": "2026-11-24T15:00+00:00"}, {}),
        ({"span": "day", "day": "2026-11-25", "last_day": "2026-11-24"}, {"day": "is_over"}),
        ({"span": "day", "day": "2026-11-25", "last_day": "soon"}, {"day": "choose_day"}),
        ({"span": "until", "since": "soon", "until": "2026-11-24T15:00"}, {"until": "choose_until"}),
        ({"opens": "10:00"}, {"hours": "choose_hours"}),
        ({"opens": "15:00", "closes": "15:00"}, {"hours": "choose_hours"}),
        ({"state": "open", "span": "day", "day": "2026-11-29"}, {"hours": "needs_hours"}),
        ({"state": "", "span": ""}, {"state": "choose_state", "span": "choose_span"}),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(typed, wrong):
    assert read(**typed)[1] == wrong


SHARED = {**helpline().desks["cinga"].model_dump(), "closed": (), "open": {}}
NIGHTS = Desk.model_validate({**SHARED, "hours": {"monday-friday": "22:00-06:00"}})


@pytest.mark.parametrize(
    ("now", "state", "days", "hours", "since", "until", "daily"),
    [
        # A day is what begins on it.
        ("25 11:00", "close", "26 26", "", "26 06:00", "27 06:00", None),
        ("25 11:00", "close", "25 26", "", "25 06:00", "27 06:00", None),
        ("25 11:00", "close", "28 28", "", "28 06:00", "29 00:00", None),  # a Saturday
        ("25 11:00", "close", "27 27", "22:00 02:00", "27 22:00", "28 02:00", None),
        ("25 11:00", "close", "26 27", "22:00 02:00", "26 02:00", "28 02:00", "22:00-02:00"),
        ("25 11:00", "close", "26 26", "20:00 00:00", "26 20:00", "27 00:00", None),
        # Whoever closes today in the night that began yesterday means this night, too.
        ("25 03:00", "close", "25 25", "", "25 03:00", "26 06:00", None),
        ("25 03:00", "open", "25 25", "", "25 22:00", "26 06:00", None),
        ("22 11:00", "open", "23 23", "", "23 22:00", "24 06:00", None),  # a holiday
        ("25 11:00", "open", "25 26", "", "25 06:00", "27 06:00", str(USUAL)),
    ],
)
def test_a_day_of_a_desk_with_hours_past_midnight_is_what_begins_on_it(now, state, days, hours, since, until, daily):
    now, since, until, first, last = (f"2026-11-{when}" for when in (now, since, until, *days.split()))
    typed = {"state": state, "span": "day", "day": first, "last_day": last}
    typed |= zip(("opens", "closes"), hours.split(), strict=False)
    override, wrong = read_change({**GOOD, **typed}, NIGHTS, at(now))
    assert not wrong
    assert (override.since, override.until) == (at(since), at(until))
    assert (override.hours and str(override.hours)) == daily


def test_hours_past_midnight_and_whole_days_are_kept_as_clocks_show_them(tmp_path):
    whole = {"state": "open", "span": "day", "day": "2026-12-05", "last_day": "2026-12-09", "opens": "00:00"}
    with database(f"sqlite:///{tmp_path / 'ivr.db'}") as connection:
        for closes in ("24:00", "06:00"):
            said, wrong = read(**{**whole, "closes": closes, "opens": "00:00" if closes == "24:00" else "22:00"})
            assert not wrong
            add_override(connection, DeskOverride("cinga", said, "other"))
        night, whole_days = (said.override for said in read_overrides(connection, NOW))
    assert (whole_days.hours, str(night.hours)) == (None, "22:00-06:00")
    cinga = helpline().desks["cinga"]
    assert all(is_open(cinga, at(f"2026-12-0{day} 00:30"), [whole_days]) for day in (5, 6, 9))
    opened = [day for day in range(5, 12) if is_open(cinga, at(f"2026-12-{day:02} 00:30"), [night])]
    assert opened == [6, 7, 8, 9, 10]


def test_an_empty_form_is_told_everything_at_once():
    assert read_change({}, helpline().desks["cinga"], NOW) == (None, {"state": "choose_state", "span": "choose_span"})


def test_after_the_usual_hours_of_today_opening_needs_times():
    late = NOW.replace(hour=17)
    today = {"state": "open", "span": "day", "day": "2026-11-24"}
    assert read_change(today, helpline().desks["cinga"], late) == (None, {"hours": "hours_over"})
    override, _ = read_change({**today, "opens": "18:00", "closes": "20:00"}, helpline().desks["cinga"], late)
    assert override == Override(open=True, since=at("2026-11-24T18:00"), until=at("2026-11-24T20:00"))


@pytest.mark.parametrize(
    ("typed", "is_asked"),
    [
        ({"state": "open", "span": "day", "day": "2026-12-29"}, False),
        ({"state": "open"}, False),
        ({"state": "open", "span": "day", "day": "2026-12-05", "opens": "07:00", "closes": "19:00"}, False),
        ({"state": "open", "span": "day", "day": "2026-12-05", "opens": "07:00", "closes": "19:30"}, True),
        ({"state": "open", "span": "day", "day": "2026-12-05", "opens": "15:00", "closes": "22:00"}, False),
        ({"state": "open", "span": "day", "day": "2026-12-05", "opens": "15:00", "closes": "03:00"}, True),
        ({"state": "open", "span": "day", "day": "2026-12-05", "opens": "00:00", "closes": "24:00"}, True),
        ({"state": "open", "span": "day", "day": "2026-12-05", "last_day": "2026-12-20", "opens": "06:00",
          "closes": "09:00"}, True),
        ({"state": "open", "opens": "21:00", "closes": "23:00"}, True),
        ({"state": "open", "span": "until", "until": "2026-11-24T20:00"}, False),
        ({"state": "open", "span": "until", "until": "2026-11-25T10:00"}, True),
        ({"state": "open", "span": "until", "until": "2026-11-30T10:00"}, False),
        ({"state": "close", "opens": "00:00", "closes": "24:00"}, False),
    ],
)  # fmt: skip
def test_whoever_opens_a_desk_at_night_or_for_long_is_asked(typed, is_asked):
    """Days and several days are at usual hours: none of them rings anybody at 03:00."""
    desk = helpline().desks["cinga"]
    override, wrong = read(**typed)
    assert not wrong
    assert rings_at_night(desk, override) is is_asked
    _said, wrong = read_consent({"reason": "other"}, "cinga", desk, override)
    assert wrong == ({"sure": "choose_sure"} if is_asked else {})
    assert not read_consent({"reason": "other", "sure": "1"}, "cinga", desk, override)[1]


def test_a_desk_that_is_usually_open_at_night_is_opened_then_without_a_question():
    night = Override(open=True, since=at("2026-11-25T22:00"), until=at("2026-11-26T06:00"))
    assert not rings_at_night(NIGHTS, night)
    assert rings_at_night(NIGHTS, Override(open=True, since=at("2026-11-28T22:00"), until=at("2026-11-29T06:00")))


def test_a_reason_that_contradicts_is_refused_and_callers_are_told_if_the_box_is_ticked():
    desk = helpline().desks["cinga"]
    closed, opened = Override(open=False, since=NOW), Override(open=True, since=NOW, hours=USUAL)
    for override, right, contradictory in (
        (closed, ("short-staffed", "line-fault", "holiday", "emergency", "other"), ("extra-hours", "because", "")),
        (opened, ("extra-hours", "emergency", "other"), ("holiday", "short-staffed", "line-fault", "")),
    ):
        for reason in right:
            said, wrong = read_consent({"reason": reason, "told": "1"}, "cinga", desk, override)
            assert (said, wrong) == (DeskOverride("cinga", override, reason, told=True), {})
        for reason in contradictory:
            assert read_consent({"reason": reason}, "cinga", desk, override)[1] == {"reason": "choose_reason"}
    assert not read_consent({"reason": "other"}, "cinga", desk, closed)[0].told
