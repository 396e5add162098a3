"""What is older than the operator keeps goes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from sqlalchemy import Connection, and_, delete

from ivr.counts.passages import MONTHLY
from ivr.counts.schema import counts, overrides, writers


def clean(connection: Connection, oldest: date) -> None:
    """Removes all that ended before `oldest`; a month goes when its last day has."""
    month = oldest.replace(day=1)
    daily = and_(counts.c.kind.not_in(MONTHLY), counts.c.period < oldest)
    monthly = and_(counts.c.kind.in_(MONTHLY), counts.c.period < month)
    connection.execute(delete(counts).where(daily | monthly))
    connection.execute(delete(writers).where(writers.c.day < oldest))
    connection.execute(delete(overrides).where(overrides.c.until < datetime.combine(oldest, time(), UTC)))
