"""Desks closed or opened by staff: for days or hours, now or ahead of time, or until further notice.

They are rows of the table `overrides`. The console and `ivr desks` write them; running lines read them about
once a second (database_thread.py), and `flow` asks them before a desk's usual hours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select

from ivr.content.hours import Override
from ivr.content.schedule import MINUTES_A_DAY, Interval
from ivr.database.tables import begun, overrides

LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class DeskOverride:
    """What staff said about a desk; `reason` is one of tables.REASONS, for staff and never spoken.

    `number` is its row's, by which it can be taken back; 0 until it is written. `has_begun` is whether it had when it
    was said. `told` is whether callers hear of it at the start of their call.
    """

    desk: str
    override: Override
    reason: str
    number: int = 0
    has_begun: bool = False
    told: bool = False


def add_override(connection: Connection, said: DeskOverride) -> None:
    override, hours = said.override, said.override.hours
    row = {"desk": said.desk, "open": override.open, "since": override.since, "until": override.until}
    minutes = {"opens": hours.start, "closes": hours.end % MINUTES_A_DAY} if hours else {}
    statement = insert(overrides).values(**row, **minutes, reason=said.reason, told=said.told).returning(overrides.c.id)
    number = connection.execute(statement).scalar_one()
    if override.since <= datetime.now(UTC):
        connection.execute(insert(begun).values(override=number))


def take_back(connection: Connection, number: int) -> str:
    """Takes back one; the desk's name, or nothing if it was not there any more."""
    return connection.scalar(delete(overrides).where(overrides.c.id == number).returning(overrides.c.desk)) or ""


def clear_overrides(connection: Connection, desk: str) -> int:
    """Takes back everything that was said about a desk; how many that were."""
    return connection.execute(delete(overrides).where(overrides.c.desk == desk)).rowcount


def read_overrides(connection: Connection, now: datetime) -> tuple[DeskOverride, ...]:
    """Those that hold now or later, the newest first."""
    lasting = or_(overrides.c.until.is_(None), overrides.c.until > now)
    asked = select(overrides, begun.c.override).outerjoin(begun, begun.c.override == overrides.c.id)
    return tuple(map(_read, connection.execute(asked.where(lasting).order_by(overrides.c.id.desc()))))


def _read(row: Row[Any]) -> DeskOverride:
    override = Override(row.open, row.since, row.until, None if row.opens is None else _hours(row.opens, row.closes))
    return DeskOverride(row.desk, override, row.reason, row.id, row.override is not None, bool(row.told))


def _hours(opens: int, closes: int) -> Interval:
    """As a clock shows them: what doesn't end later than it begins ends on the next day, and nothing is usual hours."""
    return Interval(opens, closes + MINUTES_A_DAY if closes <= opens and (opens or closes) else closes)


def by_desk(said: tuple[DeskOverride, ...], at: datetime = LONG_AGO) -> Mapping[str, tuple[Override, ...]]:
    """As the flow takes them: for each desk, the first that holds wins.

    One that had begun when it was said has begun `at` this moment, too, whatever the clock of a machine says.
    """
    return {
        desk: tuple(_as_known(each, at) for each in said if each.desk == desk) for desk in {each.desk for each in said}
    }


def _as_known(said: DeskOverride, at: datetime) -> Override:
    since = min(said.override.since, at) if said.has_begun else said.override.since
    return replace(said.override, since=since, told=said.told)


def remove_old_overrides(connection: Connection, oldest: date) -> None:
    """Those that ended before this day."""
    connection.execute(delete(overrides).where(overrides.c.until < datetime.combine(oldest, time(), UTC)))
    connection.execute(delete(begun).where(begun.c.override.not_in(select(overrides.c.id))))
