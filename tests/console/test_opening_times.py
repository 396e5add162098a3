"""When desks are open on a day and over a month, by their hours and by what staff said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from ivr.console.opening_times import desks_at, open_spans, weeks
from ivr.content.hours import Override
from ivr.content.model import Desk
from ivr.flow.situation import Situation
from tests.cast import CINGA, FRESC, TOKYO, helpline

NUMBERS = {"cinga": (CINGA,), "fresc": (FRESC,)}
DESK = "cinga"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


def spans(day: str, *said: Override) -> str:
    found = open_spans(helpline().desks[DESK], at(day), said)
    return " ".join(f"{start:%d.%H:%M}-{end:%d.%H:%M}" for start, end in found)


@pytest.mark.parametrize(
    ("day", "said", "found"),
    [
        ("2026-11-24", [], "24.10:00-24.16:00"),
        ("2026-11-23", [], ""),
        ("2026-11-28", [], ""),
        ("2026-12-29", [], ""),
        ("2026-11-24", [(False, "2026-11-24", "2026-11-25")], ""),
        ("2026-11-24", [(False, "2026-11-24T12:00", "2026-11-24T13:00")], "24.10:00-24.12:00 24.13:00-24.16:00"),
        ("2026-11-24", [(True, "2026-11-24T15:00", "2026-11-24T18:00")], "24.10:00-24.18:00"),
        ("2026-11-24", [(True, "2026-11-23T15:00", None)], "24.00:00-25.00:00"),
        ("2026-11-24", [(True, "2026-11-24T15:00", "2026-11-25T02:00")], "24.10:00-25.00:00"),
        ("2026-11-24", [(False, "2026-11-24T15:00", None)], "24.10:00-24.15:00"),
        ("2026-11-24", [(False, "2026-11-24", None), (True, "2026-11-24", None)], ""),
        ("2026-11-24", [(False, "2026-11-25", None)], "24.10:00-24.16:00"),
    ],
)
def test_the_times_of_a_day(day, said, found):
    overrides = [Override(open, at(since), at(until) if until else None) for open, since, until in said]
    assert spans(day, *overrides) == found


def test_a_month_has_its_days_below_their_weekdays():
    found = weeks(helpline(), date(2026, 11, 1), {}, "en")
    assert [len(week) for week in found] == [7] * 6
    assert [day.day.day for week in found for day in week if day] == list(range(1, 31))
    assert all(day.day.weekday() == place for week in found for place, day in enumerate(week) if day)


@pytest.mark.parametrize(
    ("month", "length"), [("2026-02", 28), ("2028-02", 29), ("2027-02", 28), ("2026-12", 31), ("2099-12", 31)]
)
def test_every_month_is_whole(month, length):
    found = weeks(helpline(), date.fromisoformat(f"{month}-01"), {}, "en")
    assert sum(1 for week in found for day in week if day) == length


@pytest.mark.parametrize(("language", "name"), [("en", "Labor Thanksgiving Day"), ("ja", "勤労感謝の日")])
def test_a_holiday_has_its_name_in_the_language_of_the_page(language, name):
    days = {day.day: day for week in weeks(helpline(), date(2026, 11, 1), {}, language) for day in week if day}
    assert days[date(2026, 11, 23)].holiday == name
    assert days[date(2026, 11, 24)].holiday == ""


def test_yearly_closures_and_what_staff_said_are_told_apart():
    said = {DESK: (Override(open=False, since=at("2026-12-28"), until=at("2026-12-29")),)}
    days = {day.day.day: day.desks for week in weeks(helpline(), date(2026, 12, 1), said, "en") for day in week if day}
    cinga, fresc = days[28]
    assert (cinga.by_staff, cinga.is_yearly_closure, cinga.spans) == (True, False, ())
    assert not fresc.by_staff
    assert len(fresc.spans) == 1
    assert all(desk.is_yearly_closure and not desk.by_staff for desk in days[29])


def test_a_desk_says_when_it_opens_and_what_staff_said():
    said = {DESK: (Override(open=False, since=at("2026-11-24T09:00"), until=at("2026-11-24T12:00")),)}
    cinga, fresc = desks_at(helpline(), Situation(at("2026-11-24T11:00"), NUMBERS, "+1", said))
    assert (cinga.is_open, cinga.opens_at, cinga.by_staff) == (False, at("2026-11-24T12:00"), said[DESK][0])
    assert (fresc.is_open, fresc.opens_at, fresc.by_staff) == (True, None, None)


WRITTEN = {
    "hours": {"every day": "00:00-24:00", "holidays": "22:00-06:00"},
    "hours_by_language": {"vi": {"wednesday 2 4": "20:00-02:00"}},
}
SHARED = {**helpline().desks[DESK].model_dump(), "closed": (), "open": {}}
CENTRE = Desk.model_validate({**SHARED, **WRITTEN})


def test_languages_with_hours_of_their_own_have_lines_of_their_own():
    line = replace(helpline(), desks={DESK: CENTRE})
    days = {day.day.day: day.desks for week in weeks(line, date(2026, 11, 1), {}, "en") for day in week if day}
    shown = [[(f"{start:%H:%M}", f"{end:%d %H:%M}") for start, end in desk.spans] for desk in days[25]]
    assert [(desk.name, desk.language) for desk in days[25]] == [(DESK, ""), (DESK, "vi")]
    assert shown == [[("00:00", "26 00:00")], [("20:00", "26 00:00")]]
    assert [f"{start:%H:%M}-{end:%H:%M}" for start, end in days[26][1].spans] == ["00:00-02:00"]
    everybody, vi = desks_at(line, Situation(at("2026-11-25T21:00"), NUMBERS, "+1"))
    assert (everybody.language, everybody.opens_at, everybody.closes_at) == ("", None, None)
    assert (vi.language, vi.opens_at, vi.closes_at) == ("vi", None, at("2026-11-26T02:00"))


def test_where_one_span_follows_another_staff_see_the_end_of_the_last():
    """From Sunday on it is open without a break until the holiday's hours, which begin at ten at night."""
    now, _vi = desks_at(replace(helpline(), desks={DESK: CENTRE}), Situation(at("2026-11-21T12:00"), NUMBERS, "+1"))
    assert now.closes_at == at("2026-11-23T00:00")
    assert [f"{start:%d %H:%M}-{end:%d %H:%M}" for start, end in open_spans(CENTRE, at("2026-11-24"))] == [
        "24 00:00-25 00:00"
    ]
    night = open_spans(CENTRE, at("2026-11-23"))
    assert [f"{start:%d %H:%M}-{end:%d %H:%M}" for start, end in night] == ["23 22:00-24 00:00"]


def test_days_on_which_clocks_are_set_are_shown_as_the_clocks_show_them():
    zone = ZoneInfo("America/New_York")
    sundays = Desk.model_validate({**SHARED, "hours": {"sunday": "00:30-02:30"}})
    spring, autumn = (open_spans(sundays, datetime(*day, tzinfo=zone)) for day in ((2027, 3, 14), (2026, 11, 1)))
    assert [f"{start:%H:%M%z}-{end:%H:%M%z}" for start, end in spring] == ["00:30-0500-03:00-0400"]
    assert [f"{start:%H:%M%z}-{end:%H:%M%z}" for start, end in autumn] == ["00:30-0400-02:30-0500"]
