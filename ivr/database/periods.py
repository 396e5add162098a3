"""Periods of figures: a month, a calendar year, a fiscal year; and the days or weeks into which a month is divided."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal, NamedTuple, TypeAlias, get_args

PeriodKind: TypeAlias = Literal["month", "year", "fiscal"]

KINDS_OF_PERIOD: tuple[PeriodKind, ...] = get_args(PeriodKind)
FISCAL = "fy"
FISCAL_STARTS_IN = 4  # April to March
CODE = re.compile(rf"(?P<fiscal>{FISCAL})?(?P<year>20\d\d)|20\d\d-(?:0[1-9]|1[0-2])")
# Calls in the month before. From BY_DAY on a month is shown by days (about ten each), below BY_WEEK as a whole, else
# by weeks; by weeks also after a month with fewer than FEW, such as the one before a line's first.
BY_DAY, BY_WEEK, FEW = 300, 25, 3


class Span(NamedTuple):
    """Some days of a month, the last one included."""

    first: date
    last: date


@dataclass(frozen=True)
class Period:
    """A month, or the twelve from January or April: the one of its `kind` that begins with the day `first`."""

    kind: PeriodKind
    first: date

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each."""
        start = self.first.year * 12 + self.first.month - 1
        return tuple(date(each // 12, each % 12 + 1, 1) for each in range(start, start + (self.kind == "month" or 12)))

    @property
    def last(self) -> date:
        return last_of_month(self.months[-1])

    @property
    def code(self) -> str:
        """As addresses and commands name it: 2026-11, 2026 or fy2026."""
        year = f"{self.first:%Y}"
        return {"month": f"{self.first:%Y-%m}", "year": year, "fiscal": FISCAL + year}[self.kind]

    @property
    def previous(self) -> "Period":
        return period_of(self.kind, self.first - timedelta(days=1))

    @property
    def next(self) -> "Period":
        return period_of(self.kind, self.last + timedelta(days=1))


def period_of(kind: PeriodKind, day: date) -> Period:
    """The one in which this day lies."""
    month = {"month": day.month, "year": 1, "fiscal": FISCAL_STARTS_IN}[kind]
    return Period(kind, date(day.year - (day.month < month), month, 1))


def read_period(code: str) -> Period | None:
    """The one with this code; None for anything else."""
    found = CODE.fullmatch(code)
    if not found:
        return None
    if not found["year"]:
        return Period("month", date.fromisoformat(f"{code}-01"))
    kind: PeriodKind = "fiscal" if found["fiscal"] else "year"
    return Period(kind, date(int(found["year"]), FISCAL_STARTS_IN if kind == "fiscal" else 1, 1))


def last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def spans(month: date, calls_before: int) -> tuple[Span, ...]:
    """How the month that begins with this day is divided, given the calls of the month before.

    Those are known before it begins, so that its division never changes: a caller who was counted in a week and in a
    day could be found by subtraction. Weeks begin on Mondays and end with the month.
    """
    days = [month.replace(day=day) for day in range(1, last_of_month(month).day + 1)]
    if calls_before >= BY_DAY:
        return tuple(Span(day, day) for day in days)
    if FEW <= calls_before < BY_WEEK:
        return (Span(days[0], days[-1]),)
    weeks = (tuple(week) for _, week in groupby(days, key=lambda day: day.isocalendar()[:2]))
    return tuple(Span(week[0], week[-1]) for week in weeks)
