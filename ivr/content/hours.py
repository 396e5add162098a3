"""Whether a desk is open at a moment, and when it opens next. Times are the helpline's own; intervals are half-open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays

from ivr.content.model import Desk
from ivr.content.schedule import Interval

HORIZON_DAYS = 400


@dataclass(frozen=True)
class Override:
    """An operator's word that wins over every schedule, from `since` until before `until` (None: further notice)."""

    open: bool
    since: datetime
    until: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)


def is_open(desk: Desk, moment: datetime, overrides: Sequence[Override] = ()) -> bool:
    """`moment` is an aware datetime in the helpline's time zone; of the overrides the first that holds wins."""
    return is_open_by(hours_on(desk, moment.date()), moment, overrides)


def is_open_by(hours: Sequence[Interval], moment: datetime, overrides: Sequence[Override] = ()) -> bool:
    """The same for a desk that has these hours on the day of `moment`."""
    for override in overrides:
        if override.holds(moment):
            return override.open
    clock = moment.time()
    return any(interval.start <= clock < interval.end for interval in hours)


def hours_on(desk: Desk, day: date) -> tuple[Interval, ...]:
    """What the schedule has for a day."""
    return () if is_closed_day(desk, day) else desk.hours[day.weekday()]


def is_closed_day(desk: Desk, day: date) -> bool:
    """Public holidays and the desk's own yearly closure."""
    if any(day in closure for closure in desk.closed):
        return True
    return bool(desk.holidays) and day in public_holidays(desk.holidays, day.year)


def next_opening(desk: Desk, moment: datetime, overrides: Sequence[Override] = ()) -> datetime | None:
    """The first moment from `moment` on at which the desk is open, or None if there is none within 400 days."""
    if is_open(desk, moment, overrides):
        return moment
    if overrides and overrides[0].holds(moment) and overrides[0].until is None:
        return None
    for candidate in _candidates(desk, moment, overrides):
        if candidate > moment and is_open(desk, candidate, overrides):
            return candidate
    return None


def _candidates(desk: Desk, moment: datetime, overrides: Sequence[Override]) -> Iterator[datetime]:
    """In order: every moment at which the schedule or an override can turn the desk from closed to open."""
    turns = [turn for override in overrides for turn in (override.since, override.until) if turn]
    for ahead in range(HORIZON_DAYS):
        day = moment.date() + timedelta(days=ahead)
        starts = [datetime.combine(day, interval.start, moment.tzinfo) for interval in desk.hours[day.weekday()]]
        yield from sorted(
            starts + [turn.astimezone(moment.tzinfo) for turn in turns if turn.astimezone(moment.tzinfo).date() == day]
        )


@lru_cache(maxsize=256)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of a country (ISO 3166-1 alpha-2) in a year, substitute and bridge holidays included."""
    return frozenset(holidays.country_holidays(country, years=year))


@lru_cache(maxsize=256)
def holiday_names(country: str, year: int, language: str) -> Mapping[date, str]:
    """How the public holidays of a country are called, in a language (ISO 639-1) if they are known in it."""
    known = holidays.country_holidays(country).supported_languages
    spoken = next((name for name in known if name.split("_")[0] == language), None)
    return dict(holidays.country_holidays(country, years=year, language=spoken))


def is_known_country(country: str) -> bool:
    return country in holidays.list_supported_countries()


def known_countries() -> list[str]:
    return list(holidays.list_supported_countries())


def holiday_years(country: str) -> range:
    """The years whose holidays can be computed for a known country."""
    known = holidays.country_holidays(country)
    return range(known.start_year, known.end_year + 1)
