"""Hours against a slow and obvious model: look at the clock on the wall, minute by minute.

The zones: no clock is ever set in Tokyo and Kathmandu (which is a quarter of an hour off), New York's are set twice a
year, and Apia's were, too, and left out 30 December 2011.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.content.hours import is_open, next_change, next_opening
from ivr.content.model import Desk
from tests.cast import helpline

CLOCK = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in range(60)]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Each with a place whose holidays its desks keep, and days on which something happens to its clocks or calendar.
ZONES = {
    "Asia/Tokyo": ("JP", ["2026-11-23", "2026-12-31"]),
    "America/New_York": ("US-CA", ["2026-11-01", "2027-03-14", "2028-02-29", "2026-11-26"]),
    "Asia/Kathmandu": ("IN", ["2027-01-26", "2027-08-15"]),
    "Pacific/Apia": ("WS", ["2011-12-29", "2011-12-31", "2011-04-02", "2011-09-24", "2012-01-01"]),
}
SHARED = helpline().desks["fresc"].model_dump() | {"closed": [], "open": {}, "holidays": ""}


class Wall:
    """What a person would say who reads the hours, a calendar and the clock on the wall."""

    def __init__(self, written: dict, zone: str) -> None:
        self.written, self.zone, self.known = written, ZoneInfo(zone), {}
        country, _, region = written["holidays"].partition("-")
        self.holidays = holidays.country_holidays(country, region or None) if country else {}

    def minutes(self, first: date, days: int) -> tuple[list[datetime], list[bool]]:
        """Every minute from two days before the first to the end of the last, and whether the desk is open."""
        start = datetime.combine(first - 2 * DAY, datetime.min.time(), self.zone).astimezone(UTC)
        times = [(start + step * MINUTE).astimezone(self.zone) for step in range((days + 2) * 24 * 60)]
        today, yesterday, states = times[0].date(), times[0].date() - DAY, []
        for moment in times:
            if moment.date() != today:
                today, yesterday = moment.date(), today
            states.append(self.is_open(CLOCK[moment.hour * 60 + moment.minute], today, yesterday))
        return times, states

    def is_open(self, clock: str, today: date, yesterday: date) -> bool:
        begun = any(start <= clock and (clock < end or end <= start) for start, end in self.hours(today))
        return begun or any(clock < end <= start for start, end in self.hours(yesterday))

    def hours(self, day: date) -> list[list[str]]:
        if day not in self.known:
            self.known[day] = [text.split("-") for text in self.texts(day)]
        return self.known[day]

    def texts(self, day: date) -> list[str]:
        for written in (f"{day}", f"{day:%m-%d}"):
            if written in self.written["open"]:
                return [self.written["open"][written]]
        if any(written in self.written["closed"] for written in (f"{day}", f"{day:%m-%d}")):
            return []
        hours = self.written["hours"]
        if hours == "always":
            return ["00:00-24:00"]
        if day in self.holidays:
            return [hours["holidays"]] if "holidays" in hours else []
        return [text for days, text in hours.items() if days != "holidays" and self.is_meant(days, day)]

    def is_meant(self, days: str, day: date) -> bool:
        if days == "every day":
            return True
        name, *places = days.split()
        first, _, last = name.partition("-")
        names = WEEKDAYS[WEEKDAYS.index(first) : WEEKDAYS.index(last or first) + 1]
        place = sum(1 for number in range(1, day.day + 1) if day.replace(day=number).weekday() == day.weekday())
        is_last = (day + 7 * DAY).month != day.month
        return WEEKDAYS[day.weekday()] in names and (
            not places or str(place) in places or ("last" in places and is_last)
        )


TIMES = st.sampled_from(
    "09:00-17:00 22:00-06:00 00:00-24:00 18:00-24:00 00:00-02:30 02:30-04:00 02:00-03:00 01:15-01:45 23:00-01:30 "
    "17:00-09:00 00:01-00:00 02:15-02:45 12:00-11:59".split()
)
LINES = st.sampled_from(["every day", "monday-friday", "friday-saturday", "sunday", "wednesday 2 4", "saturday last"])


@st.composite
def desks(draw: st.DrawFn, days: list[str], place: str) -> dict:
    """Hours of one line, or of two that don't meet, and dates near those that are looked at."""
    lines = {draw(LINES): draw(TIMES)}
    if "every day" not in lines and draw(st.booleans()):
        lines = {"monday-thursday": draw(TIMES), "saturday 1 3 last": draw(TIMES)}
    if holiday := draw(st.none() | TIMES):
        lines["holidays"] = holiday
    near = st.sampled_from(days).map(date.fromisoformat)
    near = st.tuples(near, st.integers(-1, 1)).map(lambda at: at[0] + at[1] * DAY)
    dated = near.map(str) | near.map("{:%m-%d}".format)
    return {
        "hours": draw(st.just("always") | st.just(lines)),
        "holidays": place if holiday else draw(st.sampled_from(["", place])),
        "closed": draw(st.lists(dated, max_size=1)),
        "open": draw(st.dictionaries(dated, TIMES, max_size=1)),
    }


def compare(written: dict, zone: str, first: date, days: int, step: int = 1) -> None:
    """At each change, a second before it, and at every minute of this step in between."""
    desk = Desk.model_validate({**SHARED, **written})
    times, states = Wall(written, zone).minutes(first, days)
    changes = [at for at in range(1, len(states)) if states[at] != states[at - 1]]
    begin = 2 * 24 * 60
    following = iter([*changes, None])
    upcoming = next(following)
    for at in range(begin, len(times)):
        while upcoming is not None and upcoming <= at:
            upcoming = next(following)
        is_change = states[at] != states[at - 1]
        if is_change or at % step == 0:
            assert is_open(desk, times[at]) is states[at], times[at]
        if is_change:
            before = (times[at].astimezone(UTC) - timedelta(seconds=1)).astimezone(times[at].tzinfo)
            assert is_open(desk, before) is states[at - 1], before
        if upcoming is not None and (is_change or at % (step * 53) == 0):
            change = next_change(desk, times[at])
            assert change is not None
            assert (change.astimezone(UTC), change.fold) == (times[upcoming].astimezone(UTC), times[upcoming].fold)
            opens = times[at] if states[at] else change
            assert next_opening(desk, times[at]) == opens


@pytest.mark.parametrize("zone", ZONES)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_hours_are_those_of_the_clock_on_the_wall(zone, data):
    place, days = ZONES[zone]
    year = int(days[0][:4])
    anywhere = st.dates(date(year, 1, 1), date(year + 3, 12, 28)).map(str)
    day = data.draw(st.sampled_from(days) | anywhere)
    compare(data.draw(desks([*days, day], place)), zone, date.fromisoformat(day) - DAY, days=3, step=13)


@pytest.mark.slow
@pytest.mark.parametrize("zone", ZONES)
def test_hours_are_those_of_the_clock_on_the_wall_all_through_a_year(zone):
    place, days = ZONES[zone]
    year = int(days[0][:4])
    written = {
        "hours": {"monday-thursday": "22:00-06:00", "sunday 2 last": "01:30-02:30", "holidays": "17:00-24:00"},
        "holidays": place,
        "closed": ["02-14"],
        "open": {f"{year}-12-29": "00:00-24:00"},
    }
    compare(written, zone, date(year, 1, 1), days=366, step=11)
