"""Whether staff let the public in: one row, written by a button of the console, and none as long as nobody said."""

from sqlalchemy import Connection, delete, insert, select

from ivr.database.in_force import next_edition
from ivr.database.tables import admission, clock


def admit(connection: Connection, by: str, *, is_open: bool) -> None:
    """Opens the line to the public, or closes it; workers follow as they follow overrides."""
    connection.execute(delete(admission))
    connection.execute(insert(admission).values(open=is_open, who=by, at=clock(connection)))
    next_edition(connection)


def is_admitted(connection: Connection) -> bool | None:
    """None as long as nobody has said."""
    return connection.scalar(select(admission.c.open))
