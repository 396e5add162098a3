"""The thread of a worker that talks to the database, so that no call ever waits for it.

About once a second it reads which desks staff closed or opened and writes what was counted, and once a day it removes
what is old. Calls leave their counts in memory and find the last overrides there. A second thread watches this one.
"""

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from threading import Event, Thread

from sqlalchemy import Engine

from ivr.content.hours import Override
from ivr.content.model import Helpline
from ivr.database.admission import is_admitted
from ivr.database.audit import remove_old_audit
from ivr.database.connection import engine, file_identity, reason
from ivr.database.count_events import CountEvent
from ivr.database.creating import create
from ivr.database.desk_overrides import by_desk, read_overrides, remove_old_overrides
from ivr.database.fact_answers import remove_old_answers
from ivr.database.in_force import (
    Worker,
    forget_predecessors,
    forget_silent_workers,
    forget_worker,
    read_edition,
    write_down,
)
from ivr.database.no_database import Database
from ivr.database.publications import Edition, edition_in_force, edition_number
from ivr.database.sessions import read_ended, remove_old_sessions, write_ended
from ivr.database.stored_counts import add_counts, remove_old_counts
from ivr.database.tally import Tally
from ivr.database.vocabulary import vocabulary
from ivr.errors import HelplineError

log = logging.getLogger(__name__)

TURN_SECONDS = 1.0
MAX_ROWS = 1000  # written in one turn
FIRST_TURN_SECONDS = 3.0  # how long a worker waits for its first word from the database before it answers calls
WELL_SECONDS = 10.0  # how long the last good turn speaks for the database
LOAD_AGAIN_SECONDS = 60.0  # after an edition could not be loaded
LAST_TURN_SECONDS = 8.0  # less than gunicorn's graceful_timeout
UTC_NOW = partial(datetime.now, UTC)
MEANWHILE = "Calls go on, counts wait, overrides stay as they are"


class DatabaseThread(Database):
    """The database of a running line. `count` and `overrides` answer from memory; `start` it after the fork."""

    def __init__(
        self,
        helpline: Helpline,
        url: str,
        kept_days: int,
        now: Callable[[], datetime] = UTC_NOW,
        worker: Worker | None = None,
    ) -> None:
        """Raises HelplineError for an address that can't be read; it is not tried yet."""
        super().__init__()
        engine(url).dispose()
        self._helpline, self._url, self._kept_days, self._now = helpline, url, kept_days, now
        self._worker = worker or Worker()
        self._tally = Tally(vocabulary(helpline))
        self._overrides: Mapping[str, tuple[Override, ...]] = {}
        self._is_admitted: bool | None = None
        self._load: Callable[[Edition], None] | None = None
        self._loaded, self._unloadable, self._load_again = 0, -1, float("-inf")
        self._ended: frozenset[int] = frozenset()
        self._begun_at, self._well_at = time.monotonic(), float("-inf")
        self._file: tuple[int, int] | None = None
        self._cleaned: date | None = None
        self._is_created = self._is_down = False
        self._stopping, self._begun = Event(), Event()
        self._thread: Thread | None = None

    def count(self, events: Iterable[CountEvent], token: str = "") -> None:
        self._tally.count(events, token)

    def overrides(self) -> Mapping[str, tuple[Override, ...]]:
        return self._overrides

    @property
    def is_admitted(self) -> bool | None:
        return self._is_admitted

    def is_ended(self, session: int) -> bool:
        return session in self._ended or super().is_ended(session)

    @property
    def is_reachable(self) -> bool:
        return not self._is_down and self.age < WELL_SECONDS

    @property
    def age(self) -> float:
        return time.monotonic() - self._well_at

    def identify(self, number: int, siblings: Iterable[int]) -> None:
        """Says which worker of its run this process is, for what it writes down."""
        self._worker = replace(self._worker, number=number, siblings=frozenset(siblings))

    def load_editions(self, load: Callable[[Edition], None], loaded: int) -> None:
        """From now on `load` is given each edition that staff publish after the one with the number `loaded`; it is
        acknowledged when `load` returns. While `load` fails, nothing is.
        """
        self._load, self._loaded = load, loaded

    def start(self) -> None:
        """Once in each worker. Waits a moment for the overrides, so that the first call meets them."""
        self._begun_at = time.monotonic()
        self._thread = Thread(target=self._run, name="counts", daemon=True)
        self._thread.start()
        Thread(target=self._watch, name="watch", daemon=True).start()
        self._begun.wait(FIRST_TURN_SECONDS)

    def stop(self) -> None:
        """Writes what is left, as far as the database lets it."""
        if self._thread is None:
            return
        self._stopping.set()
        self._thread.join(LAST_TURN_SECONDS)
        if self._tally:
            log.error("%d counters are lost: the database did not take them", len(self._tally))

    def _run(self) -> None:
        made = engine(self._url)
        while not self._stopping.is_set():
            self._turn(made)
            self._begun.set()
            self._stopping.wait(TURN_SECONDS)
        while self._turn(made) and self._tally:
            pass
        with suppress(Exception), made.begin() as connection:
            forget_worker(connection, self._worker)
        made.dispose()

    def _watch(self) -> None:
        """Looks at progress, not at errors, so that a turn that hangs is noticed as well."""
        while not self._stopping.wait(TURN_SECONDS):
            seconds = time.monotonic() - max(self._well_at, self._begun_at)
            if seconds > WELL_SECONDS and not self._is_down:
                self._is_down = True
                log.error("database: no answer for %d s. %s", seconds, MEANWHILE)

    def _turn(self, made: Engine) -> bool:
        """Whether all went well; whatever didn't is tried again in the next turn."""
        try:
            self._exchange(made)
        except Exception as error:  # noqa: BLE001 - nothing may end the thread
            if not self._is_down:
                log.error("database: %s. %s", reason(error), MEANWHILE)
            self._is_down, self._is_created = True, False  # it may be another database that comes back
            return False
        self._well_at = time.monotonic()
        if self._is_down:
            log.warning("the database is there again")
        self._is_down = False
        return True

    def _exchange(self, made: Engine) -> None:
        today = self._now().astimezone(self._helpline.about.time_zone).date()
        self._look_at_file(made)
        if not self._is_created:
            with made.begin() as connection:
                create(connection, self._helpline.about.name)
                forget_predecessors(connection, self._worker)
            self._is_created, self._file = True, self._file or file_identity(made)
        self._follow(made)
        self._write(made)
        if self._cleaned != today:
            self._clean(made, today)
            self._cleaned = today

    def _look_at_file(self, made: Engine) -> None:
        """SQLite goes on with the file that it opened, also where another one has taken its place since."""
        found = file_identity(made)
        if found == self._file:
            return
        if self._file:
            if found is None:
                raise HelplineError("its file is gone")
            log.warning("the database's file was replaced: the new one is opened")
        made.dispose()
        self._file, self._is_created = found, False

    def _follow(self, made: Engine) -> None:
        """What staff set is read after its edition, and acknowledged when it holds here."""
        ending = tuple(self._ending)
        if ending:
            with made.begin() as connection:
                write_ended(connection, ending)
        with made.connect() as connection:
            with connection.begin():
                followed = read_edition(connection)
                self._overrides = by_desk(read_overrides(connection, self._now()))
                self._ended = read_ended(connection)
                self._is_admitted = is_admitted(connection)
                is_new = self._load and edition_number(connection) != self._loaded
                edition = edition_in_force(connection) if is_new else None
            self._ending.difference_update(ending)
            if edition and not self._is_loaded(edition):
                return  # what isn't in force here isn't acknowledged
            with connection.begin():
                write_down(connection, self._worker, followed)

    def _is_loaded(self, edition: Edition) -> bool:
        """Whether it is now; what can't be loaded is tried again after a while."""
        failed_before = edition.number == self._unloadable
        if self._load is None or (failed_before and time.monotonic() < self._load_again):
            return False
        try:
            self._load(edition)
        except Exception as error:  # noqa: BLE001 - callers go on hearing the edition before
            self._unloadable, self._load_again = edition.number, time.monotonic() + LOAD_AGAIN_SECONDS
            if not failed_before:
                log.error("the edition %d can't be loaded, so it is not in force here: %s", edition.number, error)
            return False
        self._loaded = edition.number
        return True

    def _write(self, made: Engine) -> None:
        """If the connection breaks during the commit, nobody can tell whether that came through: what this turn wrote
        may then be counted twice, and is never lost.
        """
        waiting = self._tally.waiting(MAX_ROWS)
        if waiting:
            with made.begin() as connection:
                add_counts(connection, waiting)
            self._tally.remove(waiting)

    def _clean(self, made: Engine, today: date) -> None:
        """Only on the day after the last time: a clock set forward by years would make everything too old."""
        if self._cleaned and abs(today - self._cleaned) > timedelta(days=1):
            log.error("the clock jumped from %s to %s: nothing is removed today", self._cleaned, today)
            return
        with made.begin() as connection:
            oldest = today - timedelta(days=self._kept_days)
            remove_old_counts(connection, oldest)
            remove_old_overrides(connection, oldest)
            remove_old_answers(connection, oldest)
            remove_old_audit(connection, oldest)
            remove_old_sessions(connection)
            forget_silent_workers(connection)
