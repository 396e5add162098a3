"""What staff say about a desk in a form."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ivr.console.desks.override_form import read_override_form
from ivr.content.hours import USUAL, Override, is_open
from ivr.content.model import Desk
from ivr.content.schedule import Interval
from ivr.database.connection import database
from ivr.database.desk_overrides import add_override, read_overrides
from tests.cast import TOKYO, helpline

NOW = datetime(2026, 11, 24, 11, 0, tzinfo=TOKYO)
LUNCH = Interval(12 * 60, 13 * 60)
GOOD = {"desk": "cinga", "state": "close", "span": "notice", "reason": "other"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


def read(**typed: str):
    return read_override_form({**GOOD, **typed}, helpline().desks, NOW)


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
        ({"span": "notice", "day": "nonsense", "until": "nonsense"}, Override(open=False, since=NOW)),
    ],
)
def test_what_is_said(typed, override):
    said, wrong = read(**typed)
    assert not wrong
    assert said.override == override
    assert (said.desk, said.reason) == ("cinga", "other")


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"desk": ""}, {"desk": "choose_desk"}),
        ({"desk": "nobody"}, {"desk": "choose_desk"}),
        ({"state": ""}, {"state": "choose_state"}),
        ({"state": "burn"}, {"state": "choose_state"}),
        ({"span": ""}, {"span": "choose_span"}),
        ({"reason": "because"}, {"reason": "choose_reason"}),
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
        ({"desk": "", "reason": ""}, {"desk": "choose_desk", "reason": "choose_reason"}),
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
    said, wrong = read_override_form({**GOOD, **typed}, {"cinga": NIGHTS}, at(now))
    assert not wrong
    assert (said.override.since, said.override.until) == (at(since), at(until))
    assert (said.override.hours and str(said.override.hours)) == daily


def test_hours_past_midnight_and_whole_days_are_kept_as_clocks_show_them(tmp_path):
    whole = {"state": "open", "span": "day", "day": "2026-12-05", "last_day": "2026-12-09", "opens": "00:00"}
    with database(f"sqlite:///{tmp_path / 'ivr.db'}") as connection:
        for closes in ("24:00", "06:00"):
            said, wrong = read(**{**whole, "closes": closes, "opens": "00:00" if closes == "24:00" else "22:00"})
            assert not wrong
            add_override(connection, said)
        night, whole_days = (said.override for said in read_overrides(connection, NOW))
    assert (whole_days.hours, str(night.hours)) == (None, "22:00-06:00")
    cinga = helpline().desks["cinga"]
    assert all(is_open(cinga, at(f"2026-12-0{day} 00:30"), [whole_days]) for day in (5, 6, 9))
    opened = [day for day in range(5, 12) if is_open(cinga, at(f"2026-12-{day:02} 00:30"), [night])]
    assert opened == [6, 7, 8, 9, 10]


def test_an_empty_form_is_told_everything_at_once():
    said, wrong = read_override_form({}, helpline().desks, NOW)
    assert said is None
    assert set(wrong) == {"desk", "state", "span", "reason"}
