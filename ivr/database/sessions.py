"""Sessions of staff that were ended before their time.

A cookie can be copied, and is good as long as its signature: so each worker knows which ones are good no more.
"""

import time
from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from sqlalchemy import Connection, delete, insert, select

from ivr.database.asking import ask
from ivr.database.in_force import next_edition, standing
from ivr.database.tables import clock, ended_sessions
from ivr.errors import HelplineError

EVERYWHERE_SECONDS = 5.0
KEPT = timedelta(days=1)  # longer than any session lasts


def write_ended(connection: Connection, sessions: Iterable[int]) -> None:
    """And the workers say when they know it."""
    for session in set(sessions) - read_ended(connection):
        connection.execute(insert(ended_sessions).values(session=session, at=clock(connection)))
    next_edition(connection)


def read_ended(connection: Connection) -> frozenset[int]:
    return frozenset(connection.scalars(select(ended_sessions.c.session)))


def remove_old_sessions(connection: Connection) -> None:
    connection.execute(delete(ended_sessions).where(ended_sessions.c.at < clock(connection) - KEPT))


def is_ended_everywhere(url: str, session: int) -> bool:
    """Whether every worker is known to refuse this session; waits a moment for it."""
    deadline = time.monotonic() + EVERYWHERE_SECONDS
    while time.monotonic() < deadline:
        try:
            if ask(url, partial(_is_ended_everywhere, session=session)):
                return True
        except HelplineError:
            return False
        time.sleep(0.1)
    return False


def _is_ended_everywhere(connection: Connection, session: int) -> bool:
    return session in read_ended(connection) and standing(connection).is_in_force
