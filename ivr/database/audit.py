"""Who changed what, and when: a row for each change by staff, written in the change's own transaction.

`what` is a word of this list, and the page shows it by the word `did_<what>` of the catalogues.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Literal, TypeAlias

from sqlalchemy import Connection, delete, insert, select

from ivr.database.tables import audit, clock
from ivr.database.vocabulary import MAX_LETTERS, is_storable

What: TypeAlias = Literal[
    "signed-in",
    "invited",
    "joined",
    "new-link",
    "password-changed",
    "role-changed",
    "account-ended",
    "sessions-ended",
    "desk-closed",
    "desk-opened",
    "desk-undone",
    "change-approved",
    "published",
    "line-opened",
    "line-closed",
]
MAX_SHOWN = 300


@dataclass(frozen=True)
class Entry:
    at: datetime
    who: str
    what: str
    about: str


def record(connection: Connection, who: str, what: What, about: str = "") -> None:
    """That somebody changed something; `about` is short, without numbers as long as a telephone's."""
    values = {"who": _storable(who), "what": what, "about": _storable(about)}
    connection.execute(insert(audit).values(at=clock(connection), **values))


def read_audit(connection: Connection) -> tuple[Entry, ...]:
    """The latest, newest first."""
    rows = connection.execute(select(audit).order_by(audit.c.id.desc()).limit(MAX_SHOWN))
    return tuple(Entry(row.at, row.who, row.what, row.about) for row in rows)


def remove_old_audit(connection: Connection, oldest: date) -> None:
    connection.execute(delete(audit).where(audit.c.at < datetime.combine(oldest, time(), UTC)))


def _storable(text: str) -> str:
    short = text[:MAX_LETTERS]
    return short if is_storable(short) else re.sub(r"\d", "", short)
