"""The way to the database: PostgreSQL, or a file of SQLite's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from ivr.database.creating import create
from ivr.errors import HelplineError

if TYPE_CHECKING:
    import psycopg
    from psycopg.abc import RV, PQGen

WRITABLE = "right would be a file that you may write, in a folder that is there"
BUSY_SECONDS = 5  # how long to wait for another worker's write
ANSWER_SECONDS = 4.0  # for which a connection may be silent; PostgreSQL itself gives up a statement before
OPTIONS: dict[str, dict[str, Any]] = {
    "sqlite": {"timeout": BUSY_SECONDS, "check_same_thread": False},
    # Seconds to connect, milliseconds without an answer. Nothing is prepared, so that a pooler may stand between.
    "postgresql": {
        "connect_timeout": 3,
        "tcp_user_timeout": 10_000,
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 2,
        "prepare_threshold": None,
    },
}
# For each transaction, since a pooler may give the next one to another connection. A worker that stands still in the
# middle of one must not keep its locks.
LIMITS = (
    "SELECT set_config('statement_timeout', '3000', true),"
    " set_config('idle_in_transaction_session_timeout', '10000', true)"
)


def engine(url: str) -> Engine:
    """Of a `Settings.database_url`. It connects when it is first used; make it after the fork."""
    try:
        options = OPTIONS[url.partition(":")[0].partition("+")[0]]
        made = create_engine(url, pool_size=1, max_overflow=4, pool_pre_ping=True, connect_args=options)
    except (ArgumentError, KeyError, ValueError):  # KeyError: there is none, or of another kind
        message = "DATABASE_URL can't be read; right would be postgres://user:password@host/name, or sqlite:///FILE"
        raise HelplineError(message) from None
    if made.dialect.name == "sqlite":
        event.listen(made, "do_connect", lambda *_asked: _keep_to_its_owner(made.url.database))
        event.listen(made, "connect", _prepare_file)
    else:
        event.listen(made, "do_connect", _connect_impatiently)
        event.listen(made, "begin", lambda connection: connection.exec_driver_sql(LIMITS))
    return made


@contextmanager
def database(url: str, helpline: str = "") -> Iterator[Connection]:
    """For one command: a connection in a transaction, the tables made; HelplineError if there is none, or if it is
    another helpline's than the one named.
    """
    made = engine(url)
    try:
        with made.begin() as connection:
            create(connection, helpline)
        with made.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        hint = f"; DATABASE_URL names it: {WRITABLE}" if made.dialect.name == "sqlite" else ""
        raise HelplineError(f"The database can't be used: {reason(error)}{hint}") from None
    finally:
        made.dispose()


def file_identity(made: Engine) -> tuple[int, int] | None:
    """Which file SQLite's database is at this moment, whatever file is open; None if there is none."""
    if made.dialect.name != "sqlite":
        return None
    try:
        found = Path(str(made.url.database)).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def reason(error: Exception) -> str:
    """What the database said, in a line, without the statement."""
    said = str(getattr(error, "orig", None) or error).strip()
    return said.splitlines()[0] if said else type(error).__name__


def _connect_impatiently(_dialect: object, _record: object, arguments: list[Any], options: dict[str, Any]) -> object:
    """A connection that is closed when it is silent: a network that answers nothing may never report an error."""
    return _impatient().connect(*arguments, **options)


@cache
def _impatient() -> type[psycopg.Connection]:
    import psycopg  # only for those who use it

    class Impatient(psycopg.Connection):
        def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
            try:
                return super().wait(gen, interval, timeout or ANSWER_SECONDS)
            except psycopg.OperationalError as error:
                if self.pgconn.transaction_status != psycopg.pq.TransactionStatus.ACTIVE:
                    raise  # PostgreSQL said so itself
                self.pgconn.finish()
                raise psycopg.OperationalError(f"no answer within {ANSWER_SECONDS:g} s") from error

    return Impatient


def _keep_to_its_owner(file: str | None) -> None:
    """A new file is readable by its owner only, and SQLite gives those beside it (-wal, -shm) the same rights."""
    if file and file != ":memory:":
        with suppress(OSError):  # it is there, or SQLite says what is wrong
            Path(file).touch(0o600, exist_ok=False)


def _prepare_file(connection: SqliteConnection, _record: object) -> None:
    """Readers don't wait for writers: a property of the file, which another worker may be giving it this moment."""
    with suppress(OperationalError):  # "database is locked", at once and whatever the time-out
        connection.execute("PRAGMA journal_mode=WAL")
