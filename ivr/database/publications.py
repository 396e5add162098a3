"""Editions of the content: the changes that are in force together.

An edition is asked for, checked in the background (`ivr changes publish`), then published or refused, in one
transaction each. The newest published one is in force; every worker loads it and acknowledges that (in_force.py).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, Row, func, insert, select, update

from ivr.content.changes import Change
from ivr.database.admission import admit
from ivr.database.audit import record
from ivr.database.changes import StaffChange, as_change, decide, set_state
from ivr.database.in_force import next_edition
from ivr.database.tables import MAX_CONTENT, changes, clock, publications, published
from ivr.errors import HelplineError

PublicationState: TypeAlias = Literal["checking", "interrupted", "published", "refused"]
SILENT_FOR = timedelta(seconds=60)  # after which a check that says nothing has died
OVERTAKEN = {"rule": "overtaken", "message": "another version was published meanwhile"}


class BeingCheckedError(HelplineError):
    """Only one edition at a time is checked."""


@dataclass(frozen=True)
class Edition:
    """What a line is loaded with; number 0 is the files alone."""

    number: int = 0
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Publication:
    """One that was asked for; `progress` is how many answers were looked at, `findings` say why it was refused.

    `back_to` is the edition to which it goes back, 0 being the files alone; None if it brings changes.
    """

    number: int
    base: int
    state: PublicationState
    opens: bool
    progress: int
    findings: list[dict[str, str]]
    by: str
    at: datetime
    back_to: int | None


def edition_number(connection: Connection) -> int:
    """Of the edition in force."""
    found: int | None = connection.scalar(select(func.max(publications.c.id)).where(_is_published))
    return found or 0


def read_edition_of(connection: Connection, number: int) -> tuple[StaffChange, ...]:
    """The changes of one edition, the oldest first."""
    return read_editions(connection, [number])[number]


def read_editions(connection: Connection, numbers: Iterable[int]) -> Mapping[int, tuple[StaffChange, ...]]:
    """The changes of each of these editions, the oldest first."""
    found: dict[int, list[StaffChange]] = {number: [] for number in numbers}
    chosen = select(changes, published.c.publication).join(published, published.c.change == changes.c.id)
    for row in connection.execute(chosen.where(published.c.publication.in_(list(found))).order_by(changes.c.id)):
        found[row.publication].append(as_change(row))
    return {number: tuple(each) for number, each in found.items()}


def edition_in_force(connection: Connection) -> Edition:
    number = edition_number(connection)
    return Edition(number, tuple(each.change for each in read_edition_of(connection, number)))


def begin_publication(
    connection: Connection, added: Iterable[int], by: str, *, opens: bool = False, dropped: Iterable[int] = ()
) -> int:
    """The number of a new edition, to be checked: that in force with these changes, of which the newest holds for each
    place, and without those `dropped`.
    """
    base, gone = edition_number(connection), frozenset(dropped)
    rows = connection.execute(select(changes).where(changes.c.id.in_(list(added))).order_by(changes.c.id))
    kept = (each for each in read_edition_of(connection, base) if each.number not in gone)
    together = {each.change.spot: each.number for each in (*kept, *map(as_change, rows))}
    return _begin(connection, base, together.values(), by, opens=opens)


def begin_again(connection: Connection, number: int, by: str) -> int:
    """The number of a new edition, to be checked, which does to that in force what this one was to do to the one that
    was in force when it was asked for.
    """
    asked = read_publication(connection, number)
    if asked is None:
        raise HelplineError(f"nobody asked for a version {number}")
    before, wanted = _numbers(connection, asked.base, number)
    return begin_publication(connection, wanted - before, by, opens=asked.opens, dropped=before - wanted)


def begin_going_back(connection: Connection, number: int, by: str) -> int:
    """The number of a new edition with the changes of an older one, to be checked; 0 is the files alone."""
    (numbers,) = _numbers(connection, number)
    return _begin(connection, edition_number(connection), numbers, by, back_to=number)


def withdraw(connection: Connection, numbers: Iterable[int]) -> None:
    """All of these changes, or none: raises ChangedMeanwhileError if one waits no more, and BeingCheckedError if one is
    being checked.
    """
    wanted = frozenset(numbers)
    decide(connection, wanted, "withdrawn")  # first, so that it waits for whoever has them checked
    checked = (each.number for each in read_publications(connection, 5) if each.state == "checking")
    if any(wanted & each for each in _numbers(connection, *checked)):
        raise BeingCheckedError("one of these changes is being checked at this moment; try again in a few seconds")


def _begin(
    connection: Connection,
    base: int,
    numbers: Iterable[int],
    by: str,
    *,
    opens: bool = False,
    back_to: int | None = None,
) -> int:
    if any(each.state == "checking" for each in read_publications(connection, 5)):
        raise BeingCheckedError("another version is being checked at this moment; try again in a few seconds")
    row = {"base": base, "state": "checking", "opens": opens, "progress": 0, "findings": "[]", "who": by}
    asked = insert(publications).values(**row, back_to=back_to, at=clock(connection)).returning(publications.c.id)
    number: int = connection.execute(asked).scalar_one()
    for change in numbers:
        connection.execute(insert(published).values(publication=number, change=change))
    return number


def _numbers(connection: Connection, *editions: int) -> tuple[frozenset[int], ...]:
    """Those of the changes of each of these editions."""
    found = read_editions(connection, editions)
    return tuple(frozenset(each.number for each in found[edition]) for edition in editions)


def report_progress(connection: Connection, number: int, answers: int) -> None:
    _set(connection, number, progress=answers)


def publish(connection: Connection, number: int) -> bool:
    """Puts an edition in force if none was published since it was asked for; whether it is in force now.

    Changes of the edition before that are not in it are withdrawn. Who asked for it approves what was only suggested.
    """
    next_edition(connection)  # first, so that two who publish wait for each other here
    asked = read_publication(connection, number)
    if asked is None or asked.state not in ("checking", "interrupted"):
        return False
    if edition_number(connection) != asked.base:
        refuse(connection, number, [OVERTAKEN])
        return False
    for each in read_edition_of(connection, number):
        if each.state == "suggested":
            record(connection, asked.by, "change-approved", str(each.number))
    before, now = _numbers(connection, asked.base, number)
    set_state(connection, before - now, "withdrawn", ("published",))
    set_state(connection, now, "published", ("suggested", "approved", "withdrawn"))
    _set(connection, number, state="published")
    record(connection, asked.by, "published", str(number))
    if asked.opens:
        admit(connection, asked.by, is_open=True)
        record(connection, asked.by, "line-opened")
    return True


def refuse(connection: Connection, number: int, findings: list[dict[str, str]]) -> None:
    """With as many of the findings as there is room for."""
    while len(told := json.dumps(findings, ensure_ascii=False)) > MAX_CONTENT:
        findings = findings[:-1]
    _set(connection, number, state="refused", findings=told)


def read_publication(connection: Connection, number: int) -> Publication | None:
    row = connection.execute(select(publications).where(publications.c.id == number)).first()
    return _publication(row, clock(connection)) if row else None


def read_publications(connection: Connection, most: int) -> tuple[Publication, ...]:
    """The newest first."""
    now, asked = clock(connection), select(publications).order_by(publications.c.id.desc()).limit(most)
    return tuple(_publication(row, now) for row in connection.execute(asked))


def _publication(row: Row[Any], now: datetime) -> Publication:
    is_silent = row.state == "checking" and now - row.at > SILENT_FOR
    state: PublicationState = "interrupted" if is_silent else row.state
    findings = json.loads(row.findings)
    return Publication(row.id, row.base, state, row.opens, row.progress, findings, row.who, row.at, row.back_to)


def _set(connection: Connection, number: int, **values: Any) -> None:  # noqa: ANN401 - columns of the table
    changed = update(publications).where(publications.c.id == number, publications.c.state == "checking")
    connection.execute(changed.values(**values, at=clock(connection)))


_is_published = publications.c.state == "published"
