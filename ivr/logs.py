"""The log: one JSON object in each line, and in none of them a caller."""

import json
import logging
import os
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from queue import SimpleQueue
from threading import Event, RLock, Thread
from typing import Any

LONGEST = 2000  # characters of a message
MAX_WAITING = 2000  # lines
RETRY_SECONDS = 0.5
LAST_SECONDS = 1.0  # for what still waits when the process ends
LINES, SECONDS = 5, 60.0
EACH = {"each": True}  # as `extra`: no stranger can cause this line, or only once


class JsonLines(logging.Formatter):
    """One JSON object: `time` (UTC, in whole seconds), `level`, `from`, `worker`, `message`, and what `facts` gives."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "worker": record.process,
            "message": record.getMessage()[:LONGEST],
        }
        return json.dumps(line | facts(record))


class PlainLines(logging.Formatter):
    """One line of words, for people who try a demo at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        more = (f"{name}: {value}" for name, value in facts(record).items())
        return "; ".join([f"{record.levelname} {record.getMessage()[:LONGEST]}", *more])


def facts(record: logging.LogRecord) -> dict[str, Any]:
    """The fields that were logged with a message, and what may be logged of its error."""
    fields = getattr(record, "fields", {})
    if kept_back := getattr(record, "kept_back", 0):
        fields = {**fields, "kept_back": kept_back}
    return fields | told(record.exc_info[1]) if record.exc_info and record.exc_info[1] else fields


def told(error: BaseException) -> dict[str, str]:
    """What may be logged of an error: its kind, and the files, lines and functions that it came through.

    Its own words are left out: they may quote what a caller sent, or a setting.
    """
    frames = traceback.extract_tb(error.__traceback__)
    where = " > ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
    return {"error": type(error).__name__, "where": where}


class Limiter(logging.Filter):
    """A few lines a minute from each place in the code, libraries' too: a stranger who makes the line speak can't fill
    a disk. The next line from there says in `kept_back` how many there were. Lines with EACH have no limit.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock, self._lock = clock, RLock()
        self._since: dict[tuple[str, int], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "each", False):
            return True
        with self._lock:
            place, now = (record.pathname, record.lineno), self._clock()
            began, count = self._since.get(place, (now, 0))
            if now - began >= SECONDS:
                began, count, record.kept_back = now, 0, max(0, count - LINES)
            self._since[place] = began, count + 1
            return count < LINES


class WaitingLines(logging.Handler):
    """Writes from a thread of its own, one in each process, so that whoever logs never waits for whoever reads.

    What finds no room is lost, and counted in a line of its own once there is room again.
    """

    def __init__(self, out: int = 2) -> None:
        super().__init__()
        self._out = out
        self._begin()
        os.register_at_fork(after_in_child=self._begin)  # the parent's lines are the parent's

    def _begin(self) -> None:
        self._waiting: SimpleQueue[str | Event] = SimpleQueue()
        self._lost = self._told = 0
        self._thread: Thread | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._waiting.qsize() >= MAX_WAITING:
            self._lost += 1
            return
        self._waiting.put(f"{self.format(record)}\n")
        if self._thread is None:
            self._thread = Thread(target=self._write, name="log", daemon=True)
            self._thread.start()

    def flush(self) -> None:
        """At the end of the process: waits a moment until all is written."""
        if self._thread is not None:
            written = Event()
            self._waiting.put(written)
            written.wait(LAST_SECONDS)

    def _write(self) -> None:
        while True:
            line = self._waiting.get()
            if isinstance(line, Event):
                line.set()
                continue
            self._put(line)
            if lost := self._lost - self._told:
                self._told += lost
                self._put(f"{self.format(_lost(lost))}\n")

    def _put(self, line: str) -> None:
        """Past `sys.stderr`, whose lock would hold up the end of the process; on a full disk, until there is room."""
        rest = line.encode()
        while rest:
            try:
                rest = rest[os.write(self._out, rest) :]
            except OSError:
                time.sleep(RETRY_SECONDS)


def _lost(lines: int) -> logging.LogRecord:
    told = "%d lines of the log are lost: whoever reads it was too slow"
    return logging.LogRecord(__name__, logging.ERROR, __file__, 0, told, (lines,), None)


def write_log(lines: logging.Formatter, level: int = logging.INFO) -> None:
    """Send all that is logged from now on, and Python's warnings, to standard error, as `lines` formats it."""
    written = WaitingLines()
    written.setFormatter(lines)
    written.addFilter(Limiter())
    logging.basicConfig(level=level, handlers=[written], force=True)
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # else a line that can't be formatted is written past all of this, with its words
