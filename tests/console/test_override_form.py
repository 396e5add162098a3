"""What staff say about a desk in a form."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ivr.console.desks.override_form import read_override_form
from ivr.content.hours import USUAL, Override
from ivr.content.schedule import Interval
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


def test_an_empty_form_is_told_everything_at_once():
    said, wrong = read_override_form({}, helpline().desks, NOW)
    assert said is None
    assert set(wrong) == {"desk", "state", "span", "reason"}
