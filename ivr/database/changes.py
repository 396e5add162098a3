"""What staff said of the content: suggested, approved, published or withdrawn.

A change is a row of `changes`; its keys are joined by slashes there, which no key of a helpline has.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, Row, insert, select, update

from ivr.content.changes import Change
from ivr.database.audit import Entry, record
from ivr.database.tables import MAX_CONTENT, audit, changes, clock
from ivr.errors import HelplineError

State: TypeAlias = Literal["suggested", "approved", "published", "withdrawn"]
WAITING: tuple[State, ...] = ("suggested", "approved")
DECIDED = "somebody decided on one of these changes meanwhile"


class ChangedMeanwhileError(HelplineError):
    """Somebody decided on one of these changes, or made another one for the same place."""


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


def approve(connection: Connection, numbers: Iterable[int], by: str) -> None:
    """All of these suggestions; of several none may have a rival, another change for its place.

    Raises ChangedMeanwhileError, upon which none is approved.
    """
    wanted = frozenset(numbers)
    waiting = read_changes(connection)
    places = {each.change.spot for each in waiting if each.number in wanted}
    rivals = {each.number for each in waiting if each.change.spot in places} - wanted
    decide(connection, wanted, "approved", ("suggested",))
    if len(wanted) > 1 and (rivals or len(places) < len(wanted)):
        raise ChangedMeanwhileError("somebody else changed one of these places, too")
    for number in sorted(wanted):
        record(connection, by, "change-approved", str(number))


def decide(connection: Connection, numbers: Iterable[int], state: State, among: Iterable[State] = WAITING) -> None:
    """All of these changes; raises ChangedMeanwhileError if one of them was in none of the states `among`."""
    wanted = frozenset(numbers)
    if set_state(connection, wanted, state, among) < len(wanted):
        raise ChangedMeanwhileError(DECIDED)


def hold(connection: Connection, numbers: Iterable[int]) -> None:
    """Nobody else decides on these changes until the transaction ends; raises ChangedMeanwhileError if one waits no
    more.
    """
    wanted = frozenset(numbers)
    waiting = changes.c.id.in_(list(wanted)), changes.c.state.in_(WAITING)
    held = connection.execute(update(changes).where(*waiting).values(state=changes.c.state))  # a lock in any database
    if held.rowcount < len(wanted):
        raise ChangedMeanwhileError(DECIDED)


def approvals(connection: Connection, numbers: Iterable[int]) -> Mapping[int, Entry]:
    """Who approved each of these changes last, and when, as far as the list of who changed what still says so."""
    mine = audit.c.what == "change-approved", audit.c.about.in_([*map(str, numbers)])
    rows = connection.execute(select(audit).where(*mine).order_by(audit.c.id))
    return {int(row.about): Entry(row.at, row.who, row.what, row.about) for row in rows}


def read_changes(connection: Connection, states: Iterable[State] = WAITING) -> tuple[StaffChange, ...]:
    """Those in these states, the oldest first."""
    asked = select(changes).where(changes.c.state.in_(list(states))).order_by(changes.c.id)
    return tuple(map(as_change, connection.execute(asked)))


def as_change(row: Row[Any]) -> StaffChange:
    change = Change(row.file, tuple(row.place.split("/")), row.base, json.loads(row.value))
    return StaffChange(row.id, change, row.state, row.who, row.at)
