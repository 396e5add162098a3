"""The log: one JSON object in each line, and in none of them a caller."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

LONGEST = 2000  # characters of a message


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
    return fields | told(record.exc_info[1]) if record.exc_info and record.exc_info[1] else fields


def told(error: BaseException) -> dict[str, str]:
    """What may be logged of an error: its kind, and the files, lines and functions that it came through.

    Its own words are left out: they may quote what a caller sent, or a setting.
    """
    frames = traceback.extract_tb(error.__traceback__)
    where = " > ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
    return {"error": type(error).__name__, "where": where}


def write_log(lines: logging.Formatter, level: int = logging.INFO) -> None:
    """Send all that is logged from now on to standard error, as `lines` formats it."""
    written = logging.StreamHandler()
    written.setFormatter(lines)
    logging.basicConfig(level=level, handlers=[written], force=True)
