"""Opening hours as staff write them: weekdays with times, and days that are closed, or open at other times."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from ivr.content.did_you_mean import unknown
from ivr.content.fields import mistake

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HOLIDAYS = len(WEEKDAYS)  # where `Week` has the hours of public holidays


@dataclass(frozen=True, order=True)
class Interval:
    """Open from the first second of `start`, closed at `end`."""

    start: time
    end: time


@dataclass(frozen=True)
class Days:
    """Days from and to included: (month, day) of every year, which may cross its end, or (year, month, day)."""

    first: tuple[int, ...]
    last: tuple[int, ...]

    def __contains__(self, day: date) -> bool:
        here = (day.year, day.month, day.day)[-len(self.first) :]
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last

    @property
    def of_every_year(self) -> bool:
        return len(self.first) == 2


Week: TypeAlias = tuple[tuple[Interval, ...], ...]
OpenDays: TypeAlias = tuple[tuple[Days, tuple[Interval, ...]], ...]


def _clock(text: str, hour: str, minute: str) -> time:
    if int(hour) > 23:
        raise mistake("bad-hours", f'"{text}" has an hour after 23; right would be "09:00-17:00"')
    return time(int(hour), int(minute))


def read_interval(text: str) -> Interval:
    """What is written as ``09:00-17:00``; raises PydanticCustomError."""
    match = re.fullmatch(r"([0-9]{2}):([0-5][0-9])\s*-\s*([0-9]{2}):([0-5][0-9])", text)
    if not match:
        raise mistake("bad-hours", f'"{text}" is not a time from and to; right would be "09:00-17:00"')
    start, end = _clock(text, match[1], match[2]), _clock(text, match[3], match[4])
    if start >= end:
        raise mistake("closes-before-opening", f'"{text}" closes before it opens')
    return Interval(start, end)


def _weekday_range(text: str) -> range:
    first, _, last = text.partition("-")
    last = last or first
    for day in (first, last):
        if day not in WEEKDAYS:
            raise mistake("bad-weekday", unknown(day, WEEKDAYS, "weekday"))
    days = range(WEEKDAYS.index(first), WEEKDAYS.index(last) + 1)
    if not days:
        raise mistake("bad-weekday", f'"{text}" runs backwards; a week begins on monday')
    return days


def _weekly_hours(value: object) -> Week:
    if not isinstance(value, dict):
        raise mistake("wrong-type", 'hours are weekdays with times, such as {monday-friday: "09:00-17:00"}')
    week: list[tuple[Interval, ...]] = [()] * (HOLIDAYS + 1)
    for days, times in value.items():
        try:
            _fill_days(week, str(days), _times(str(days), times))
        except PydanticCustomError as error:
            raise mistake(error.type, str(error), str(days)) from None
    if not any(week):
        raise mistake("no-hours", 'a desk without hours is never open; right would be {monday-friday: "09:00-17:00"}')
    return tuple(week)


def _times(days: str, written: object) -> tuple[Interval, ...]:
    texts = written if isinstance(written, list) else [written]
    intervals = tuple(sorted(read_interval(str(text or "")) for text in texts))
    if any(one.end > other.start for one, other in pairwise(intervals)):
        raise mistake("hours-overlap", f'the times of "{days}" overlap')
    return intervals


def _fill_days(week: list[tuple[Interval, ...]], days: str, intervals: tuple[Interval, ...]) -> None:
    for day in (HOLIDAYS,) if days == "holidays" else _weekday_range(days):
        if week[day]:
            name = (*WEEKDAYS, "holidays")[day]
            raise mistake("hours-overlap", f"{name} already has hours above; give a day all its times at once")
        week[day] = intervals


def _open_days(value: object) -> OpenDays:
    """Days of one year first: they go before those of every year."""
    if not isinstance(value, dict):
        raise mistake("wrong-type", 'these are days with times, such as {"2027-05-03": "10:00-15:00"}')
    found: list[tuple[Days, tuple[Interval, ...]]] = []
    for days, times in value.items():
        try:
            found.append((_days(days), _times(str(days), times)))
        except PydanticCustomError as error:
            raise mistake(error.type, str(error), str(days)) from None
    return tuple(sorted(found, key=lambda each: each[0].of_every_year))


def _days(value: object) -> Days:
    """Of every year, or of one; a range of one year runs forwards."""
    match = re.fullmatch(r"((?:[0-9]{4}-)?[0-9]{2}-[0-9]{2})(?: to ((?:[0-9]{4}-)?[0-9]{2}-[0-9]{2}))?", str(value))
    if not match or len(match[1]) != len(match[2] or match[1]):
        right = 'right would be "05-01" or "12-29 to 01-03" of every year, "2027-08-13 to 2027-08-15" of one'
        raise mistake("bad-date", f'"{value}" is not a day; {right}')
    first, last = (tuple(map(int, day.split("-"))) for day in (match[1], match[2] or match[1]))
    for *year, month, day in (first, last):
        try:
            date(year[0] if year else 2024, month, day)  # a leap year
        except ValueError:
            which = "calendar" if year else "year"
            raise mistake("bad-date", f'"{value}" is a day that no {which} has; the month comes first') from None
    days = Days(first, last)
    if not days.of_every_year and first > last:
        raise mistake("bad-date", f'"{value}" runs backwards')
    return days


WeeklyHours: TypeAlias = Annotated[
    Week, BeforeValidator(_weekly_hours, json_schema_input_type=dict[str, str | list[str]])
]
DatedHours: TypeAlias = Annotated[
    OpenDays, BeforeValidator(_open_days, json_schema_input_type=dict[str, str | list[str]])
]
ClosedDays: TypeAlias = Annotated[Days, BeforeValidator(_days, json_schema_input_type=str)]
