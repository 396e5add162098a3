"""Questions of pages to the database: whatever it is doing, a page waits two seconds for it and no longer."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import BoundedSemaphore, Thread
from typing import TypeVar

from sqlalchemy import Connection

from ivr.database.connection import database
from ivr.errors import HelplineError

SECONDS = 2.0
# In each process. What hangs in a name server or in a connection gone silent keeps its thread until that ends.
MAX_ASKED = 2
SILENT = f"The database can't be used: it has not answered within {SECONDS:.0f} s"

_free = BoundedSemaphore(MAX_ASKED)

T = TypeVar("T")


def ask(url: str, question: Callable[[Connection], T], helpline: str = "") -> T:
    """What `question` returns, in a transaction; HelplineError if there is no answer in time, or if the database is
    another helpline's than the one named.

    What it writes is then taken back when it comes through after all, unless only the commit took so long.
    """
    if not url:
        raise HelplineError("there is no database: set DATABASE_URL")
    if not _free.acquire(blocking=False):
        raise HelplineError(SILENT)
    answer: Future[T] = Future()
    Thread(
        target=_answer, args=(url, helpline, question, time.monotonic() + SECONDS, answer), name="ask", daemon=True
    ).start()
    try:
        return answer.result(SECONDS)
    except TimeoutError:
        raise HelplineError(SILENT) from None


def _answer(url: str, helpline: str, question: Callable[[Connection], T], deadline: float, answer: Future[T]) -> None:
    try:
        with database(url, helpline) as connection:
            found = question(connection)
            if time.monotonic() >= deadline:
                raise HelplineError(SILENT)
        answer.set_result(found)
    except BaseException as error:  # noqa: BLE001 - it is raised where the answer is waited for
        answer.set_exception(error)
    finally:
        _free.release()
