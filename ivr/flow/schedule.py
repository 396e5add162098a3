"""Opening hours as staff write them: weekdays with times, and days of the year on which a desk is closed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator

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


def _interval(text: str) -> Interval:
    match = re.fullmatch(r"([0-2]\d):([0-5]\d)\s*-\s*([0-2]\d):([0-5]\d)", text)
    if not match:
        raise ValueError(f'"{text}" is not an interval; right would be "09:00-17:00"')
    hour, minute, end_hour, end_minute = map(int, match.groups())
    if hour > 23 or end_hour > 23:
        raise ValueError(f'"{text}" has an hour after 23; right would be "09:00-17:00"')
    if (hour, minute) >= (end_hour, end_minute):
        raise ValueError(f'"{text}" closes before it opens')
    return Interval(time(hour, minute), time(end_hour, end_minute))


def _weekday_range(text: str) -> range:
    first, _, last = text.partition("-")
    last = last or first
    if first not in WEEKDAYS or last not in WEEKDAYS:
        raise ValueError(f'"{text}" is neither a weekday nor a range such as "monday-friday"')
    return range(WEEKDAYS.index(first), WEEKDAYS.index(last) + 1)


def _weekly_hours(value: object) -> tuple[tuple[Interval, ...], ...]:
    if not isinstance(value, dict):
        raise ValueError('hours are weekdays with times, such as {monday-friday: "09:00-17:00"}')
    week: list[tuple[Interval, ...]] = [()] * 7
    for days, times in value.items():
        texts = times if isinstance(times, list) else [times]
        intervals = tuple(sorted(_interval(str(text)) for text in texts))
        if any(one.end > other.start for one, other in pairwise(intervals)):
            raise ValueError(f'the times of "{days}" overlap')
        for day in _weekday_range(str(days)):
            week[day] = intervals
    return tuple(week)


def _annual_closure(value: object) -> MonthDays:
    match = re.fullmatch(r"(\d\d)-(\d\d)(?: to (\d\d)-(\d\d))?", str(value))
    if not match:
        raise ValueError(f'"{value}" is not a day of the year; right would be "12-29 to 01-03" or "05-01"')
    first = (int(match[1]), int(match[2]))
    last = (int(match[3]), int(match[4])) if match[3] else first
    for month, day in (first, last):
        date(2024, month, day)  # raises ValueError for a day that no year has; 2024 was a leap year
    return MonthDays(first, last)


WeeklyHours: TypeAlias = Annotated[tuple[tuple[Interval, ...], ...], BeforeValidator(_weekly_hours)]
AnnualClosure: TypeAlias = Annotated[MonthDays, BeforeValidator(_annual_closure)]
