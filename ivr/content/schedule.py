"""What the hours of a desk are made of: times of a day, weekdays, and dates (written_hours.py reads them)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEK = timedelta(days=len(WEEKDAYS))
MINUTES_A_DAY = 24 * 60
# Of the weekdays of a month: 1 to 5 from its beginning, or the last.
LAST = 0
LATE = {4, 5}  # one of these is the last


@dataclass(frozen=True, order=True)
class Interval:
    """Open from the first second of `start`, closed at `end`, in minutes after the midnight of its day.

    It belongs to the day on which it begins: past the next midnight `end` is more than MINUTES_A_DAY.
    """

    start: int
    end: int

    @property
    def opens(self) -> str:
        """As on a clock, such as 22:00."""
        return _clock(self.start)

    @property
    def closes(self) -> str:
        """As on a clock, such as 06:00; 24:00 for the end of the day."""
        return _clock(self.end)

    def __str__(self) -> str:
        return f"{self.opens}-{self.closes}"


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes if minutes <= MINUTES_A_DAY else minutes - MINUTES_A_DAY, 60)
    return f"{hour:02}:{minute:02}"


WHOLE_DAY = Interval(0, MINUTES_A_DAY)


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


@dataclass(frozen=True)
class Weekly:
    """The times of some weekdays, 0 being Monday: of all in a month, or only of the `places` in it."""

    weekdays: tuple[int, ...]
    times: tuple[Interval, ...]
    places: tuple[int, ...] = ()

    def __contains__(self, day: date) -> bool:
        return day.weekday() in self.weekdays and (not self.places or self._is_in_place(day))

    def _is_in_place(self, day: date) -> bool:
        is_last = (day + WEEK).month != day.month
        return (day.day - 1) // len(WEEKDAYS) + 1 in self.places or (is_last and LAST in self.places)

    def overlaps(self, other: Weekly) -> int | None:
        """A weekday on which both can have the same minute; None if there is none."""
        times = sorted((*self.times, *other.times))
        meet = any(one.end > next_.start for one, next_ in combinations(times, 2))
        days = sorted({*self.weekdays} & {*other.weekdays})
        return days[0] if meet and days and self._shares_a_place(other) else None

    def _shares_a_place(self, other: Weekly) -> bool:
        mine, others = {*self.places}, {*other.places}
        late = (LAST in mine and others & LATE) or (LAST in others and mine & LATE)
        return not mine or not others or bool(mine & others or late)


@dataclass(frozen=True)
class Week:
    """What staff write under `hours`."""

    lines: tuple[Weekly, ...]
    holidays: tuple[Interval, ...] = ()

    @property
    def times(self) -> tuple[Interval, ...]:
        """Those of all lines."""
        return (*(each for line in self.lines for each in line.times), *self.holidays)

    def on(self, day: date) -> tuple[Interval, ...]:
        """The times of a day that is no holiday."""
        plain = self.by_weekday[day.weekday()]
        if not self.placed:
            return plain
        placed = (interval for line in self.placed if day in line for interval in line.times)
        return tuple(sorted((*plain, *placed)))

    @cached_property
    def by_weekday(self) -> list[tuple[Interval, ...]]:
        """The times of each weekday, from Monday on, but for lines for some weekdays of a month."""
        plain = [line for line in self.lines if not line.places]
        return [
            tuple(sorted(interval for line in plain if day in line.weekdays for interval in line.times))
            for day in range(len(WEEKDAYS))
        ]

    @cached_property
    def placed(self) -> list[Weekly]:
        """The lines for some weekdays of a month."""
        return [line for line in self.lines if line.places]


ALWAYS = Week((Weekly(tuple(range(len(WEEKDAYS))), (WHOLE_DAY,)),), (WHOLE_DAY,))
