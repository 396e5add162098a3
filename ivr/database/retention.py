"""What is older than the operator keeps goes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from sqlalchemy import Connection, delete

from ivr.database.tables import counts, overrides, writers


def clean(connection: Connection, oldest: date) -> None:
    """Removes all that ended before `oldest`. Counts go by the month, when its last day has: if one day went after the
    other, who looks at a month every day would see what each of them had.
    """
    connection.execute(delete(counts).where(counts.c.period < oldest.replace(day=1)))
    connection.execute(delete(writers).where(writers.c.day < oldest))
    connection.execute(delete(overrides).where(overrides.c.until < datetime.combine(oldest, time(), UTC)))
