"""The edition that this machine served last, in a file: what a line begins with while its database doesn't answer."""

import json
import logging
import os
from pathlib import Path

from ivr.content.changes import Change
from ivr.content.files import read_file
from ivr.database.publications import Edition

log = logging.getLogger(__name__)

MAX_BYTES = 5_000_000


def edition_file(database_file: Path) -> Path:
    """In the folder that systemd keeps for the line, else beside the file that is its database if it has no other."""
    folder = os.environ.get("STATE_DIRECTORY", "").partition(":")[0]
    file = database_file.with_suffix(".edition.json")
    return Path(folder) / file.name if folder else file


def keep(file: Path, edition: Edition) -> None:
    """In one move, so that no reader meets half of it. A disk that can't be written is told, and no more."""
    rows = [[each.file, each.where, each.base, each.value] for each in edition.changes]
    new = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        new.touch(0o600)
        new.write_text(json.dumps([edition.number, rows], ensure_ascii=False), encoding="utf-8")
        new.replace(file)
    except OSError as error:
        log.warning("%s: %s; after a restart without a database callers hear the files alone", file, error.strerror)


def kept(file: Path) -> Edition:
    """The edition that was kept last, else that of the files alone."""
    try:
        number, rows = json.loads(read_file(file, MAX_BYTES))
        return Edition(int(number), tuple(Change(name, tuple(where), base, value) for name, where, base, value in rows))
    except FileNotFoundError:
        return Edition()
    except (OSError, ValueError, TypeError) as error:
        log.warning("%s can't be read (%s): callers hear the files alone", file, type(error).__name__)
        return Edition()
