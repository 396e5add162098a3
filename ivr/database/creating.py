"""Tables of a database: made where they are missing, given what a later version added, and claimed by one helpline."""

import re

from sqlalchemy import Connection, delete, insert, inspect, select, text
from sqlalchemy.schema import CreateColumn

from ivr.database.tables import clock, edition, metadata, owner, version
from ivr.database.vocabulary import MAX_LETTERS
from ivr.errors import HelplineError

VERSION = 1
CREATING = 4_711_001  # PostgreSQL's advisory lock while one of several workers creates the tables


def create(connection: Connection, helpline: str = "") -> None:
    """What is missing, in one transaction. HelplineError if a later version of the line made the tables, or if they are
    another helpline's than the one named.
    """
    locks = {"postgresql": f"SELECT pg_advisory_xact_lock({CREATING})", "sqlite": "BEGIN IMMEDIATE"}
    connection.execute(text(locks[connection.dialect.name]))
    _add_what_is_missing(connection)
    if connection.scalar(select(edition.c.number)) is None:
        connection.execute(insert(edition).values(number=0, at=clock(connection)))
    found = connection.scalar(select(version.c.number))
    if found is None:
        connection.execute(insert(version).values(number=VERSION))
    elif found > VERSION:
        raise HelplineError(f"its tables are of version {found}, and this line knows {VERSION}: start a newer line")
    if helpline:
        _claim(connection, helpline)


def adopt(connection: Connection, helpline: str) -> None:
    """From now on the tables are those of the helpline with this name, whatever it was called before."""
    connection.execute(delete(owner))
    connection.execute(insert(owner).values(name=_as_owner(helpline)))


def _claim(connection: Connection, helpline: str) -> None:
    """The first helpline to come owns the tables: another one would add its counts to them, and close its desks."""
    found = connection.scalar(select(owner.c.name))
    if found is None:
        adopt(connection, helpline)
    elif found != _as_owner(helpline):
        raise HelplineError(
            f'it belongs to the helpline "{found}"; each helpline needs a DATABASE_URL of its own. If that was the '
            "former name of this one: ivr counts --adopt"
        )


def _as_owner(helpline: str) -> str:
    return re.sub(r"[0-9]", "", helpline)[:MAX_LETTERS]


def _add_what_is_missing(connection: Connection) -> None:
    """Tables; and columns of tables of the last version, whose workers go on without them: each may be empty.

    The database is looked at once: every question of a page comes here.
    """
    there = inspect(connection).get_multi_columns()
    if any((None, name) not in there for name in metadata.tables):
        metadata.create_all(connection)
    for table in metadata.sorted_tables:
        known = {column["name"] for column in there.get((None, table.name), ())}
        for column in table.columns if known else ():
            if column.name not in known:
                added = CreateColumn(column).compile(dialect=connection.dialect)
                connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {added}"))
