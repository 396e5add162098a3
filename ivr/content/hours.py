"""Whether a desk is open at a moment, and when it opens next. Times are the helpline's own; intervals are half-open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays

from ivr.content.model import Desk
from ivr.content.schedule import HOLIDAYS, Interval

HORIZON_DAYS = 400


USUAL = Interval(time(0), time(0))


@dataclass(frozen=True)
class Override:
    """A word of staff that wins over every schedule, from `since` until before `until` (None: further notice).

    With `hours` it holds at these times of each day only; with USUAL, when the desk would be open if no holiday or
    closure were in the way. Outside them the schedule goes on as if nothing were said.
    """

    open: bool
    since: datetime
    until: datetime | None = None
    hours: Interval | None = None

    def holds(self, desk: Desk, moment: datetime) -> bool:
        if moment < self.since or (self.until is not None and moment >= self.until):
            return False
        return self.hours is None or _within(self.times(desk, moment.date()), moment.time())

    def times(self, desk: Desk, day: date) -> tuple[Interval, ...]:
        """The times of a day between `since` and `until` at which it holds; none if it holds all day."""
        if self.hours == USUAL:
            return usual_hours(desk, day)
        return (self.hours,) if self.hours else ()


def is_open(desk: Desk, moment: datetime, overrides: Sequence[Override] = ()) -> bool:
    """`moment` is an aware datetime in the helpline's time zone; of the overrides the first that holds wins."""
    override = holding(desk, moment, overrides)
    return override.open if override else _within(hours_on(desk, moment.date()), moment.time())


def holding(desk: Desk, moment: datetime, overrides: Sequence[Override]) -> Override | None:
    """The override that decides at a moment, if one does."""
    return next((override for override in overrides if override.holds(desk, moment)), None)


def _within(hours: Sequence[Interval], clock: time) -> bool:
    return any(interval.start <= clock < interval.end for interval in hours)


def hours_on(desk: Desk, day: date) -> tuple[Interval, ...]:
    """What the schedule has for a day."""
    for days, hours in desk.open:
        if day in days:
            return hours
    if any(day in days for days in desk.closed):
        return ()
    is_holiday = desk.holidays and day in public_holidays(desk.holidays, day.year)
    return desk.hours[HOLIDAYS if is_holiday else day.weekday()]


def usual_hours(desk: Desk, day: date) -> tuple[Interval, ...]:
    """What the schedule has for a day, or would have if it were no holiday and no closure."""
    return hours_on(desk, day) or desk.hours[day.weekday()]


def next_opening(desk: Desk, moment: datetime, overrides: Sequence[Override] = ()) -> datetime | None:
    """The first moment from `moment` on at which the desk is open, or None if there is none within 400 days."""
    if is_open(desk, moment, overrides):
        return moment
    if overrides and overrides[0].until is None and not overrides[0].hours and overrides[0].holds(desk, moment):
        return None
    for ahead in range(HORIZON_DAYS):
        for turn in turns_on(desk, datetime.combine(moment + timedelta(days=ahead), time(0), moment.tzinfo), overrides):
            if turn > moment and is_open(desk, turn, overrides):
                return turn
    return None


def turns_on(desk: Desk, midnight: datetime, overrides: Sequence[Override] = ()) -> list[datetime]:
    """In order, every moment of the day that begins at `midnight` at which the desk can open or close."""
    day, zone = midnight.date(), midnight.tzinfo
    hours = [*hours_on(desk, day), *(interval for override in overrides for interval in override.times(desk, day))]
    turns = {datetime.combine(day, clock, zone) for interval in hours for clock in (interval.start, interval.end)}
    ends = (end.astimezone(zone) for override in overrides for end in (override.since, override.until) if end)
    return sorted({midnight, *turns, *(end for end in ends if end.date() == day)})


@lru_cache(maxsize=256)
def public_holidays(place: str, year: int) -> frozenset[date]:
    """The public holidays in a year of a country (ISO 3166-1 alpha-2) or a region of it (ISO 3166-2, such as US-CA),
    substitute and bridge holidays included.
    """
    return frozenset(_holidays(place, year))


@lru_cache(maxsize=256)
def holiday_names(place: str, year: int, language: str) -> Mapping[date, str]:
    """How the public holidays of a place are called, in a language (ISO 639-1) if they are known in it."""
    known = _holidays(place).supported_languages
    spoken = next((name for name in known if name.split("_")[0] == language), None)
    return dict(_holidays(place, year, spoken))


def known_places() -> list[str]:
    """The countries and regions whose holidays can be computed."""
    known = holidays.list_supported_countries()
    return [*known, *(f"{country}-{region}" for country, regions in known.items() for region in regions)]


def holiday_years(place: str) -> range:
    """The years whose holidays can be computed for a known place."""
    known = _holidays(place)
    return range(known.start_year, known.end_year + 1)


def _holidays(place: str, year: int | None = None, language: str | None = None) -> holidays.HolidayBase:
    country, _, region = place.partition("-")
    return holidays.country_holidays(country, region or None, years=year, language=language)
