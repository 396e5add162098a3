"""From memory to the database, each count exactly once, whatever becomes of a connection."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert

from ivr.database.count_events import Passage
from ivr.database.tables import counts, writers
from ivr.database.tally import Tally

MAX_ROWS = 1000


class Flushes:
    """One writer's flushes, numbered. A batch is kept until it is known to have been written.

    Where the fate of a commit is unknown, the same batch is sent again under the same number; the writer's row,
    changed in the transaction that writes the counts, tells whether the first one got through.
    """

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._batch: Mapping[Passage, int] = {}
        self._writer = self._number = 0

    @property
    def waiting(self) -> int:
        """How many counters are not written yet."""
        return len(self._batch) + len(self._tally)

    def flush(self, engine: Engine, today: date) -> None:
        """Writes what was counted; raises SQLAlchemyError if that failed, or may have."""
        if not self._batch:
            self._batch = self._tally.take(MAX_ROWS)
            self._number += 1
        if not self._batch:
            return
        if not self._writer:
            with engine.begin() as connection:
                writer = _register(connection, today)
            self._writer = writer  # not before the commit: if that fails, another writer is given the same number
        with engine.begin() as connection:
            if _claim(connection, self._writer, self._number, today):
                _add(connection, self._batch)
        self._batch = {}


def _register(connection: Connection, today: date) -> int:
    statement = writers.insert().values(last=0, day=today).returning(writers.c.id)
    return int(connection.execute(statement).scalar_one())


def _claim(connection: Connection, writer: int, number: int, today: date) -> bool:
    """Whether this flush has not been written yet. Waits for an earlier try that the database is still busy with."""
    statement = _insert(connection, writers).values(id=writer, last=number, day=today)
    updated = statement.on_conflict_do_update(
        index_elements=[writers.c.id], set_={"last": number, "day": today}, where=writers.c.last < number
    )
    return connection.execute(updated.returning(writers.c.id)).first() is not None


def _add(connection: Connection, batch: Mapping[Passage, int]) -> None:
    """One statement; its rows in order, so that two writers wait for each other instead of locking each other out."""
    rows: list[dict[str, Any]] = [
        {"period": each.period, "kind": each.kind, "name": each.name, "amount": batch[each]} for each in sorted(batch)
    ]
    statement = _insert(connection, counts).values(rows)
    added = counts.c.amount + statement.excluded.amount
    key = [counts.c.period, counts.c.kind, counts.c.name]
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_={"amount": added}))


def _insert(connection: Connection, table: Table) -> PostgresInsert | SqliteInsert:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
