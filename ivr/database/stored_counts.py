"""The rows of the table `counts`: added to, read by the month, removed when they are old."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module

from sqlalchemy import Connection, delete, func, select

from ivr.database.count_events import KINDS, MONTHLY, CountEvent, Kind
from ivr.database.tables import counts

EVERYTHING = date.max  # as `today`: a demo has no callers to protect, and shows its figures at once


@dataclass(frozen=True)
class Month:
    """What may be shown of a calendar month, exact: reports.py rounds it. `calls` has each day that is over."""

    first: date
    amounts: Mapping[Kind, Mapping[str, int]]
    calls: Mapping[date, int]
    is_over: bool


def add_counts(connection: Connection, amounts: Mapping[CountEvent, int]) -> None:
    """One upsert, its rows in order: two workers then wait for each other instead of locking each other out."""
    insert = import_module(f"sqlalchemy.dialects.{connection.dialect.name}").insert  # the other takes long to import
    statement = insert(counts).values([{**event._asdict(), "amount": amounts[event]} for event in sorted(amounts)])
    added = {"amount": counts.c.amount + statement.excluded.amount}
    connection.execute(statement.on_conflict_do_update(index_elements=list(counts.primary_key), set_=added))


def read_month(connection: Connection, month: date, today: date) -> Month:
    """The month of this day: of its days those before `today`, and what is kept by the month once that is over.

    So no figure includes a call of today, and nobody learns about one caller by looking before and after a call.
    """
    first = month.replace(day=1)
    days = [first + timedelta(days=ahead) for ahead in range(monthrange(first.year, first.month)[1])]
    is_over = days[-1] < today
    amounts: dict[Kind, dict[str, int]] = {kind: {} for kind in KINDS}
    amount = func.sum(counts.c.amount)
    finished = counts.c.period.between(first, days[-1]), counts.c.period < today
    by_name = select(counts.c.kind, counts.c.name, amount).where(*finished).group_by(counts.c.kind, counts.c.name)
    for kind, name, total in connection.execute(by_name):
        if is_over or kind not in MONTHLY:
            amounts[kind][name] = int(total)
    by_day = select(counts.c.period, amount).where(*finished, counts.c.kind == "call").group_by(counts.c.period)
    calls = {day: int(total) for day, total in connection.execute(by_day)}
    return Month(first, amounts, {day: calls.get(day, 0) for day in days if day < today}, is_over)


def months_counted(connection: Connection) -> tuple[date, ...]:
    """The first of each month in which anything was counted, the latest first."""
    periods = connection.scalars(select(counts.c.period).distinct())
    return tuple(sorted({period.replace(day=1) for period in periods}, reverse=True))


def remove_old_counts(connection: Connection, oldest: date) -> None:
    """Those of whole months before `oldest`: what a month shows then stays the same until all of it goes."""
    connection.execute(delete(counts).where(counts.c.period < oldest.replace(day=1)))
