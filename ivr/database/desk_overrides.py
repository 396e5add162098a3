"""Desks closed or opened by staff: for a date, until an hour, or until further notice.

They are rows of the table `overrides`. The console and `ivr desks` write them; running lines read them about
once a second (database_thread.py), and `flow` asks them before a desk's usual hours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, delete, insert, or_, select

from ivr.content.hours import Override
from ivr.database.tables import begun, overrides
from ivr.errors import HelplineError

LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class DeskOverride:
    """What staff said about a desk; `reason` is one of tables.REASONS, for staff and never spoken.

    `has_begun` is whether it had when it was said.
    """

    desk: str
    override: Override
    reason: str
    has_begun: bool = False


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
    statement = insert(overrides).values(**row, reason=said.reason).returning(overrides.c.id)
    number = connection.execute(statement).scalar_one()
    if override.since <= datetime.now(UTC):
        connection.execute(insert(begun).values(override=number))


def clear_overrides(connection: Connection, desk: str) -> int:
    """Takes back everything that was said about a desk; how many that were."""
    return connection.execute(delete(overrides).where(overrides.c.desk == desk)).rowcount


def read_overrides(connection: Connection, now: datetime) -> tuple[DeskOverride, ...]:
    """Those that hold now or later, the newest first."""
    lasting = or_(overrides.c.until.is_(None), overrides.c.until > now)
    asked = select(overrides, begun.c.override).outerjoin(begun, begun.c.override == overrides.c.id)
    rows = connection.execute(asked.where(lasting).order_by(overrides.c.id.desc()))
    return tuple(
        DeskOverride(row.desk, Override(row.open, row.since, row.until), row.reason, row.override is not None)
        for row in rows
    )


def by_desk(said: tuple[DeskOverride, ...], at: datetime = LONG_AGO) -> Mapping[str, tuple[Override, ...]]:
    """As the flow takes them: for each desk, the first that holds wins.

    One that had begun when it was said has begun `at` this moment, too, whatever the clock of a machine says.
    """
    return {
        desk: tuple(_as_known(each, at) for each in said if each.desk == desk) for desk in {each.desk for each in said}
    }


def _as_known(said: DeskOverride, at: datetime) -> Override:
    return replace(said.override, since=min(said.override.since, at)) if said.has_begun else said.override


def remove_old_overrides(connection: Connection, oldest: date) -> None:
    """Those that ended before this day."""
    connection.execute(delete(overrides).where(overrides.c.until < datetime.combine(oldest, time(), UTC)))
    connection.execute(delete(begun).where(begun.c.override.not_in(select(overrides.c.id))))
