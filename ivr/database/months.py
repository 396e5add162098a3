"""What was counted in one calendar month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from ivr.database.count_events import KINDS, Kind
from ivr.database.tables import counts


@dataclass(frozen=True)
class Month:
    """As it was counted, nothing merged: not to be shown (reports.py makes what is)."""

    first: date
    amounts: Mapping[Kind, Mapping[str, int]]
    calls: Mapping[date, int]


def read_month(connection: Connection, month: date) -> Month:
    """Any day of the month will do."""
    first, last = month.replace(day=1), _last(month)
    amount = func.sum(counts.c.amount)
    within = counts.c.period.between(first, last)
    by_name = select(counts.c.kind, counts.c.name, amount).where(within).group_by(counts.c.kind, counts.c.name)
    by_day = select(counts.c.period, amount).where(within, counts.c.kind == "call").group_by(counts.c.period)
    amounts: dict[Kind, dict[str, int]] = {kind: {} for kind in KINDS}
    for kind, name, total in connection.execute(by_name):
        amounts[kind][name] = int(total)
    calls = {day: int(total) for day, total in connection.execute(by_day)}
    return Month(first, amounts, {day: calls.get(day, 0) for day in _days(first, last)})


def months_counted(connection: Connection) -> tuple[date, ...]:
    """The first of each month in which anything was counted, the latest first."""
    periods = connection.scalars(select(counts.c.period).distinct())
    return tuple(sorted({period.replace(day=1) for period in periods}, reverse=True))


def _last(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def _days(first: date, last: date) -> Iterator[date]:
    for ahead in range((last - first).days + 1):
        yield first + timedelta(days=ahead)
