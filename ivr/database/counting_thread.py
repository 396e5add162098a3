"""The thread of a worker that carries counts to the database and overrides back. No call ever waits for it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from threading import Event, Thread

from sqlalchemy import Engine

from ivr.content.hours import Override
from ivr.content.model import Helpline
from ivr.database.connection import engine, reason
from ivr.database.count_events import Passage
from ivr.database.desk_overrides import by_desk, read_overrides
from ivr.database.retention import clean
from ivr.database.tables import create
from ivr.database.tally import Tally
from ivr.database.vocabulary import vocabulary
from ivr.database.writing import Flushes

log = logging.getLogger(__name__)

TURN_SECONDS = 1.0
OVERRIDES_SECONDS = 3.0
FIRST_TURN_SECONDS = 3.0  # how long a worker waits for its first word from the database before it answers calls
WELL_SECONDS = 10.0  # how long the last good turn speaks for the database
LAST_TURN_SECONDS = 8.0  # less than gunicorn's graceful_timeout


class Counts:
    """`count` and `overrides` answer from memory at once; `start` begins the thread, after the fork."""

    def __init__(
        self,
        helpline: Helpline,
        url: str,
        kept_days: int,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Raises HelplineError for an address that can't be read; it is not tried yet."""
        engine(url).dispose()
        self._helpline, self._url, self._kept_days, self._now = helpline, url, kept_days, now
        self._tally = Tally(vocabulary(helpline))
        self._flushes = Flushes(self._tally)
        self._overrides: Mapping[str, tuple[Override, ...]] = {}
        self._overrides_read = self._well_at = float("-inf")
        self._cleaned: date | None = None
        self._is_created = self._is_down = False
        self._stopping, self._begun = Event(), Event()
        self._thread: Thread | None = None

    def count(self, passages: Iterable[Passage], token: str = "") -> None:
        """Adds one to each, unless the request with this idempotency token was counted before."""
        self._tally.count(passages, token)

    def overrides(self) -> Mapping[str, tuple[Override, ...]]:
        """The last ones read, for each desk the newest first: also while the database is down."""
        return self._overrides

    @property
    def is_reachable(self) -> bool:
        """Whether the database answered when it was last asked, a moment ago."""
        return not self._is_down and time.monotonic() - self._well_at < WELL_SECONDS

    def start(self) -> None:
        """Once in each worker. Waits a moment for the overrides, so that the first call meets them."""
        self._thread = Thread(target=self._run, name="counts", daemon=True)
        self._thread.start()
        self._begun.wait(FIRST_TURN_SECONDS)

    def stop(self) -> None:
        """Writes what is left, as far as the database lets it."""
        if self._thread is None:
            return
        self._stopping.set()
        self._thread.join(LAST_TURN_SECONDS)
        if self._flushes.waiting:
            log.error("%d counters are lost: the database did not take them", self._flushes.waiting)

    def _run(self) -> None:
        made = engine(self._url)
        while not self._stopping.is_set():
            self._turn(made)
            self._begun.set()
            self._stopping.wait(TURN_SECONDS)
        while self._turn(made) and self._flushes.waiting:
            pass
        made.dispose()

    def _turn(self, made: Engine) -> bool:
        """Whether all went well; what did not is tried again in the next turn."""
        try:
            self._exchange(made)
        except Exception as error:  # noqa: BLE001 - nothing may end the thread
            if not self._is_down:
                log.error("database: %s. Calls go on, counts wait, overrides stay as they are", reason(error))
            self._is_down, self._is_created = True, False  # it may be another database that comes back
            return False
        if self._is_down:
            log.warning("the database is there again")
        self._is_down, self._well_at = False, time.monotonic()
        return True

    def _exchange(self, made: Engine) -> None:
        today = self._now().astimezone(self._helpline.about.time_zone).date()
        if not self._is_created:
            with made.begin() as connection:
                create(connection)
            self._is_created = True
        if time.monotonic() - self._overrides_read >= OVERRIDES_SECONDS:
            with made.begin() as connection:
                self._overrides = by_desk(read_overrides(connection, self._now()))
            self._overrides_read = time.monotonic()
        self._flushes.flush(made, today)
        if self._cleaned != today:
            self._clean(made, today)
            self._cleaned = today

    def _clean(self, made: Engine, today: date) -> None:
        """A clock set forward by years would make everything too old, so a day that does not follow is doubted."""
        if self._cleaned and abs(today - self._cleaned) > timedelta(days=1):
            log.error("the clock jumped from %s to %s: nothing is removed today", self._cleaned, today)
            return
        with made.begin() as connection:
            clean(connection, today - timedelta(days=self._kept_days))
