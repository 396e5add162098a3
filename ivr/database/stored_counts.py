"""The rows of the table `counts`: added to, read by the month, removed when they are old."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module

from sqlalchemy import Connection, delete, func, select

from ivr.database.count_events import KINDS, MONTHLY, CountEvent, Kind
from ivr.database.periods import Span, spans
from ivr.database.tables import counts

EVERYTHING = date.max  # as `today`: a demo has no callers to protect, and shows its figures at once


@dataclass(frozen=True)
class Month:
    """What may be shown of a calendar month, exact: reports.py rounds it.

    `calls` has each of its days or weeks that is over, and `amounts` what was counted in these; topics are there once
    the month `is_over`.
    """

    first: date
    amounts: Mapping[Kind, Mapping[str, int]]
    calls: Mapping[Span, int]
    is_over: bool


def add_counts(connection: Connection, amounts: Mapping[CountEvent, int]) -> None:
    """One upsert, its rows in order: two workers then wait for each other instead of locking each other out."""
    insert = import_module(f"sqlalchemy.dialects.{connection.dialect.name}").insert  # the other takes long to import
    statement = insert(counts).values([{**event._asdict(), "amount": amounts[event]} for event in sorted(amounts)])
    added = {"amount": counts.c.amount + statement.excluded.amount}
    connection.execute(statement.on_conflict_do_update(index_elements=list(counts.primary_key), set_=added))


def read_month(connection: Connection, month: date, today: date) -> Month:
    """The month of this day: of its days or weeks those that ended before `today`, and topics once all are over.

    So no figure includes a call of today, and nobody learns about one caller by looking before and after a call.
    """
    first = month.replace(day=1)
    amount = func.sum(counts.c.amount)
    by_day = select(counts.c.period, amount).where(counts.c.kind == "call").group_by(counts.c.period)
    day_before = first - timedelta(days=1)
    before = by_day.where(counts.c.period.between(day_before.replace(day=1), day_before))
    divided = spans(first, sum(int(total) for _, total in connection.execute(before)))
    over = [span for span in divided if span.last < today]
    amounts: dict[Kind, dict[str, int]] = {kind: {} for kind in KINDS}
    if not over:
        return Month(first, amounts, {}, is_over=False)
    is_over, in_them = len(over) == len(divided), counts.c.period.between(first, over[-1].last)
    by_name = select(counts.c.kind, counts.c.name, amount).where(in_them).group_by(counts.c.kind, counts.c.name)
    for kind, name, total in connection.execute(by_name):
        if is_over or kind not in MONTHLY:
            amounts[kind][name] = int(total)
    calls = {day: int(total) for day, total in connection.execute(by_day.where(in_them))}
    counted = {span: sum(calls[day] for day in calls if span.first <= day <= span.last) for span in over}
    return Month(first, amounts, counted, is_over)


def read_months(connection: Connection, months: Iterable[date], today: date) -> tuple[Month, ...]:
    """Those of these months that have begun and of which counts are kept, in order."""
    kept = first_counted(connection)
    if kept is None:
        return ()
    return tuple(read_month(connection, each, today) for each in months if kept.replace(day=1) <= each <= today)


def first_counted(connection: Connection) -> date | None:
    """The first day, or first of a month, of which anything is kept."""
    found: date | None = connection.scalar(select(func.min(counts.c.period)))
    return found


def remove_old_counts(connection: Connection, oldest: date) -> None:
    """Those of whole months before `oldest`: what a month shows then stays the same until all of it goes."""
    connection.execute(delete(counts).where(counts.c.period < oldest.replace(day=1)))
