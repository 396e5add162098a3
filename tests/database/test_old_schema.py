"""A database that the last version made goes on working, with what is in it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from ivr.config import read_database_url
from ivr.database.connection import engine
from ivr.database.count_events import CountEvent
from ivr.database.creating import create
from ivr.database.desk_overrides import read_overrides
from ivr.database.tables import metadata
from tests.database.line import call, connected, counted_app, counting, stored

DAY = date(2026, 11, 24)
EN = CountEvent(DAY, "language", "en")
ROWS = (
    "INSERT INTO version VALUES (1)",
    "INSERT INTO counts VALUES ('2026-11-24', 'language', 'en', 7)",
    "INSERT INTO writers (id, last, day) VALUES (1, 12, '2026-11-24')",
    "INSERT INTO overrides (desk, open, since, reason) VALUES ('fresc', false, '2026-11-24 00:00:00.000000', 'other')",
)


@pytest.fixture
def old(url):
    """Made by the statements of that version, which counted through a table `writers`."""
    made = engine(read_database_url({"DATABASE_URL": url}))
    schema = Path(__file__).parent / "old_schema" / f"{made.dialect.name}.sql"
    with made.begin() as connection:
        for statement in (*schema.read_text(encoding="utf-8").split(";\n"), *ROWS):
            if statement.strip():
                connection.execute(text(statement))
    made.dispose()
    return url


def test_counts_are_added_to_its_own_and_its_desks_stay_closed(old):
    counts = counting(old, now=lambda: datetime(2026, 11, 24, 3, tzinfo=UTC))
    counts.start()
    assert {desk: [each.open for each in said] for desk, said in counts.overrides().items()} == {"fresc": [False]}
    call(counted_app(counts), "02 gone")
    counts.stop()
    assert stored(old)[EN] == 8


def test_a_table_that_is_no_longer_used_is_left_to_workers_of_that_version(old):
    with connected(old) as connection:
        assert connection.execute(text("SELECT id, last FROM writers")).all() == [(1, 12)]


def test_its_tables_get_what_they_lack_and_its_workers_go_on_writing(old):
    """A worker of that version knows of no hours, reads and writes rows without them, and finds nothing changed."""
    with connected(old) as connection:
        made = metadata.tables["overrides"].columns
        assert [column["name"] for column in inspect(connection).get_columns("overrides")] == [
            "id", "desk", "open", "since", "until", "reason", "told", "opens", "closes"
        ]  # fmt: skip
        assert all(made[name].nullable for name in ("opens", "closes"))
        for row in ROWS[3:]:
            connection.execute(text(row))
        assert [said.override.hours for said in read_overrides(connection, datetime(2026, 11, 24, tzinfo=UTC))] == [
            None, None
        ]  # fmt: skip
        assert connection.scalar(text("SELECT number FROM version")) == 1


@pytest.mark.parametrize("column", ["opens", "closes", "told"])
def test_a_column_that_is_added_takes_no_more_than_one_that_was_there(old, column):
    with connected(old) as connection, pytest.raises(DBAPIError):
        connection.execute(text(f"UPDATE overrides SET {column} = 819012345"))


def test_its_tables_are_then_those_of_this_version(old):
    """Column by column, and what it lacks is added: another change to a table needs more than this version does."""
    with connected(old):
        pass
    made = engine(read_database_url({"DATABASE_URL": old}))
    with made.begin() as connection:
        create(connection)
    found = inspect(made)
    assert set(found.get_table_names()) == {*metadata.tables, "writers"}
    for name, table in metadata.tables.items():
        assert [column["name"] for column in found.get_columns(name)] == table.columns.keys()
        assert found.get_pk_constraint(name)["constrained_columns"] == table.primary_key.columns.keys()
    made.dispose()
