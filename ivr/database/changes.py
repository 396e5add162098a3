"""What staff said of the content: suggested, approved, published or withdrawn.

A change is a row of `changes`; its keys are joined by slashes there, which no key of a helpline has.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, Row, insert, select, update

from ivr.content.changes import Change
from ivr.database.tables import MAX_CONTENT, changes, clock
from ivr.errors import HelplineError

State: TypeAlias = Literal["suggested", "approved", "published", "withdrawn"]
WAITING: tuple[State, ...] = ("suggested", "approved")


@dataclass(frozen=True)
class StaffChange:
    """A change with its `number`, by whom it was said and when, and what became of it."""

    number: int
    change: Change
    state: State
    by: str
    at: datetime


def add_change(connection: Connection, change: Change, by: str, *, approved: bool) -> int:
    """Its number; HelplineError for a value that is too long. What the same person said before of this place, and what
    still waits, is withdrawn.
    """
    value = json.dumps(change.value, ensure_ascii=False)
    if len(value) > MAX_CONTENT:
        raise HelplineError(f"that is too long: {len(value):,} characters; right is at most {MAX_CONTENT:,}")
    row = {"file": change.file, "place": "/".join(change.where), "base": change.base, "value": value}
    said = {"state": "approved" if approved else "suggested", "who": by, "at": clock(connection)}
    earlier = changes.c.file == row["file"], changes.c.place == row["place"], changes.c.who == by
    connection.execute(update(changes).where(*earlier, changes.c.state.in_(WAITING)).values(state="withdrawn"))
    number: int = connection.execute(insert(changes).values(**row, **said).returning(changes.c.id)).scalar_one()
    return number


def set_state(connection: Connection, numbers: Iterable[int], state: State, among: Iterable[State] = WAITING) -> int:
    """How many of these changes, if they were in one of the states `among`, are now in this one."""
    chosen = changes.c.id.in_(list(numbers)), changes.c.state.in_(list(among))
    return connection.execute(update(changes).where(*chosen).values(state=state)).rowcount


def read_changes(connection: Connection, states: Iterable[State] = WAITING) -> tuple[StaffChange, ...]:
    """Those in these states, the oldest first."""
    asked = select(changes).where(changes.c.state.in_(list(states))).order_by(changes.c.id)
    return tuple(map(as_change, connection.execute(asked)))


def as_change(row: Row[Any]) -> StaffChange:
    change = Change(row.file, tuple(row.place.split("/")), row.base, json.loads(row.value))
    return StaffChange(row.id, change, row.state, row.who, row.at)
