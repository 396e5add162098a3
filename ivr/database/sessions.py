"""Sessions of staff: whose they are, and which were ended before their time.

A cookie can be copied, and is good as long as its signature: so each worker knows which ones are good no more.
"""

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, delete, insert, select

from ivr.database.asking import ask
from ivr.database.in_force import next_edition, standing
from ivr.database.tables import clock, ended_sessions, sessions
from ivr.errors import HelplineError

EVERYWHERE_SECONDS = 5.0
LONGEST = timedelta(hours=12)  # for which a session lasts
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Session:
    """`account` is whose it is, 0 if CONSOLE_PASSWORD began it; `browser` is one of tables.BROWSERS."""

    number: int
    account: int
    browser: str
    began: datetime | None = None


def add_session(connection: Connection, begun: Session) -> None:
    values = {"number": begun.number, "account": begun.account, "browser": begun.browser}
    connection.execute(insert(sessions).values(**values, began=clock(connection)))


def read_sessions(connection: Connection) -> tuple[Session, ...]:
    """Those that may still be good, the newest first."""
    lasting = sessions.c.began > clock(connection) - LONGEST
    rows = connection.execute(select(sessions).where(lasting).order_by(sessions.c.began.desc()))
    return tuple(Session(row.number, row.account, row.browser, row.began) for row in rows)


def end_sessions_of(connection: Connection, account: int, kept: int | None = None) -> None:
    """Ends all sessions of an account but the one kept."""
    numbers = set(connection.scalars(select(sessions.c.number).where(sessions.c.account == account)))
    write_ended(connection, numbers - {kept})


def write_ended(connection: Connection, numbers: Iterable[int]) -> None:
    """And the workers say when they know it."""
    ended = set(numbers)
    for session in ended - read_ended(connection):
        connection.execute(insert(ended_sessions).values(session=session, at=clock(connection)))
    connection.execute(delete(sessions).where(sessions.c.number.in_(ended)))
    next_edition(connection)


def read_ended(connection: Connection) -> frozenset[int]:
    return frozenset(connection.scalars(select(ended_sessions.c.session)))


def remove_old_sessions(connection: Connection) -> None:
    oldest = clock(connection) - KEPT
    connection.execute(delete(ended_sessions).where(ended_sessions.c.at < oldest))
    connection.execute(delete(sessions).where(sessions.c.began < oldest))


def are_ended_everywhere(url: str, numbers: Collection[int]) -> bool:
    """Whether every worker is known to refuse these sessions; waits a moment for it."""
    deadline = time.monotonic() + EVERYWHERE_SECONDS
    while time.monotonic() < deadline:
        try:
            if ask(url, partial(_are_ended_everywhere, numbers=numbers)):
                return True
        except HelplineError:
            return False
        time.sleep(0.1)
    return False


def _are_ended_everywhere(connection: Connection, numbers: Collection[int]) -> bool:
    return read_ended(connection).issuperset(numbers) and standing(connection).is_in_force
