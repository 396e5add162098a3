"""Desks closed or opened by staff: for a date, until an hour, or until further notice.

They are rows of the table `overrides`. The console and `ivr desks` write them; running lines read them every few
seconds (database_thread.py), and `flow` asks them before a desk's usual hours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, delete, insert, or_, select

from ivr.content.hours import Override
from ivr.database.tables import overrides
from ivr.errors import HelplineError


@dataclass(frozen=True)
class DeskOverride:
    """What staff said about a desk; `reason` is one of tables.REASONS, for staff and never spoken."""

    desk: str
    override: Override
    reason: str


class PastError(HelplineError):
    """What was said ends before it begins."""


def said_override(day: date | None, until: datetime | None, now: datetime, *, open: bool) -> Override:
    """All of a day, or from now `until` a moment, or without either until further notice; raises PastError.

    `now` is in the helpline's time zone, in which `until` was typed.
    """
    zone = now.tzinfo
    if day:
        since, ends = datetime.combine(day, time(0), zone), datetime.combine(day + timedelta(days=1), time(0), zone)
    elif until:
        since, ends = now, until.replace(tzinfo=zone)
    else:
        return Override(open, now)
    if ends <= now:
        raise PastError(f"{ends:%Y-%m-%d %H:%M} is over: it is {now:%Y-%m-%d %H:%M} in {zone}.")
    return Override(open, since, ends)


def add_override(connection: Connection, said: DeskOverride) -> None:
    override = said.override
    row = {"desk": said.desk, "open": override.open, "since": override.since, "until": override.until}
    connection.execute(insert(overrides).values(**row, reason=said.reason))


def clear_overrides(connection: Connection, desk: str) -> int:
    """Takes back everything that was said about a desk; how many that were."""
    return connection.execute(delete(overrides).where(overrides.c.desk == desk)).rowcount


def read_overrides(connection: Connection, now: datetime) -> tuple[DeskOverride, ...]:
    """Those that hold now or later, the newest first."""
    lasting = or_(overrides.c.until.is_(None), overrides.c.until > now)
    rows = connection.execute(select(overrides).where(lasting).order_by(overrides.c.id.desc()))
    return tuple(DeskOverride(row.desk, Override(row.open, row.since, row.until), row.reason) for row in rows)


def by_desk(said: tuple[DeskOverride, ...]) -> Mapping[str, tuple[Override, ...]]:
    """As the flow takes them: for each desk, the first that holds wins."""
    return {desk: tuple(each.override for each in said if each.desk == desk) for desk in {each.desk for each in said}}


def remove_old_overrides(connection: Connection, oldest: date) -> None:
    """Those that ended before this day."""
    connection.execute(delete(overrides).where(overrides.c.until < datetime.combine(oldest, time(), UTC)))
