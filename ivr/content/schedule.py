"""Opening hours as staff write them: weekdays with times, and days of the year on which a desk is closed."""

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


@dataclass(frozen=True, order=True)
class Interval:
    """Open from the first second of `start`, closed at `end`."""

    start: time
    end: time


@dataclass(frozen=True)
class MonthDays:
    """Days of every year, from and to included, as (month, day); it may cross the year's end."""

    first: tuple[int, int]
    last: tuple[int, int]

    def __contains__(self, day: date) -> bool:
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last


def _clock(text: str, hour: str, minute: str) -> time:
    if int(hour) > 23:
        raise mistake("bad-hours", f'"{text}" has an hour after 23; right would be "09:00-17:00"')
    return time(int(hour), int(minute))


def _interval(text: str) -> Interval:
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


def _weekly_hours(value: object) -> tuple[tuple[Interval, ...], ...]:
    if not isinstance(value, dict):
        raise mistake("wrong-type", 'hours are weekdays with times, such as {monday-friday: "09:00-17:00"}')
    week: list[tuple[Interval, ...]] = [()] * 7
    for days, times in value.items():
        try:
            _fill_days(week, str(days), times if isinstance(times, list) else [times])
        except PydanticCustomError as error:
            raise mistake(error.type, str(error), str(days)) from None
    if not any(week):
        raise mistake("no-hours", 'a desk without hours is never open; right would be {monday-friday: "09:00-17:00"}')
    return tuple(week)


def _fill_days(week: list[tuple[Interval, ...]], days: str, times: list[object]) -> None:
    intervals = tuple(sorted(_interval(str(text or "")) for text in times))
    if any(one.end > other.start for one, other in pairwise(intervals)):
        raise mistake("hours-overlap", f'the times of "{days}" overlap')
    for day in _weekday_range(days):
        if week[day]:
            raise mistake("hours-overlap", f"{WEEKDAYS[day]} already has hours above; give a day all its times at once")
        week[day] = intervals


def _annual_closure(value: object) -> MonthDays:
    match = re.fullmatch(r"([0-9]{2})-([0-9]{2})(?: to ([0-9]{2})-([0-9]{2}))?", str(value))
    if not match:
        raise mistake("bad-date", f'"{value}" is not a day of the year; right would be "12-29 to 01-03" or "05-01"')
    first = (int(match[1]), int(match[2]))
    last = (int(match[3]), int(match[4])) if match[3] else first
    for month, day in (first, last):
        try:
            date(2024, month, day)  # a leap year
        except ValueError:
            raise mistake("bad-date", f'"{value}" is a day that no year has; the month comes first') from None
    return MonthDays(first, last)


WeeklyHours: TypeAlias = Annotated[
    tuple[tuple[Interval, ...], ...],
    BeforeValidator(_weekly_hours, json_schema_input_type=dict[str, str | list[str]]),
]
AnnualClosure: TypeAlias = Annotated[MonthDays, BeforeValidator(_annual_closure, json_schema_input_type=str)]
