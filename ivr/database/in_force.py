"""Whether what staff set is in force: each worker writes down the number of the last change that it follows.

A change gives `edition` its next number, in its own transaction. A worker reads that number before it reads what staff
set, and writes it down afterwards, over the same connection. So a row never claims more than its worker knows, and the
row of a worker that reads another file, or nothing any more, stays behind. Numbers are compared, never the clocks of
several machines.
"""

import time
from dataclasses import dataclass, field
from datetime import timedelta
from secrets import randbelow
from typing import Literal
from zlib import crc32

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, update

from ivr.database.connection import database
from ivr.database.tables import MOST, clock, edition, workers

APPLYING_SECONDS = 10.0  # after which a change that is not in force is an alarm
WRITTEN_AGAIN = timedelta(hours=1)
FORGOTTEN = timedelta(days=1)  # a worker that was not heard of for so long: its machine is gone, we take it


@dataclass(frozen=True)
class Worker:
    """A process that answers calls: which one of its `run` of `ivr serve`, on which `server`.

    `siblings` are the numbers of the run's workers that lived when this one began.
    """

    server: int = field(default_factory=lambda: randbelow(MOST))
    run: int = field(default_factory=lambda: randbelow(MOST))
    number: int = 0
    siblings: frozenset[int] = frozenset()


def worker_at(place: str) -> Worker:
    """Of a new run at a place, whose name is the same after a restart."""
    return Worker(server=crc32(place.encode()) % MOST)


@dataclass(frozen=True)
class Standing:
    """Of the last change: how many `workers` serve, how many of them are `behind`, whether it `is_new`."""

    edition: int
    workers: int
    behind: int
    is_new: bool

    @property
    def is_in_force(self) -> bool:
        return self.workers > 0 and self.behind == 0

    @property
    def state(self) -> Literal["in_force", "applying", "not_in_force"]:
        if self.is_in_force:
            return "in_force"
        return "applying" if self.is_new else "not_in_force"


def next_edition(connection: Connection) -> None:
    """For a change that staff make: in the same transaction."""
    connection.execute(update(edition).values(number=edition.c.number + 1, at=clock(connection)))


def read_edition(connection: Connection) -> int:
    number: int = connection.execute(select(edition.c.number)).scalar_one()
    return number


def standing(connection: Connection) -> Standing:
    last = connection.execute(select(edition)).one()
    followed = connection.scalars(select(workers.c.edition)).all()
    age = (clock(connection) - last.at).total_seconds()
    behind = sum(each < last.number for each in followed)
    return Standing(last.number, len(followed), behind, 0 <= age < APPLYING_SECONDS)


def until_in_force(url: str) -> Standing:
    """Waits until every worker follows the last change, for ten seconds at most; HelplineError without a database."""
    deadline = time.monotonic() + APPLYING_SECONDS
    while True:
        with database(url) as connection:
            found = standing(connection)
        if found.is_in_force or time.monotonic() > deadline:
            return found
        time.sleep(0.2)


def write_down(connection: Connection, worker: Worker, followed: int) -> None:
    """That this worker follows this edition; nothing is written where that stands there, to spare the disk."""
    now, mine = clock(connection), _is(worker)
    row = connection.execute(select(workers.c.edition, workers.c.at).where(mine)).first()
    if row and row.edition == followed and abs(now - row.at) < WRITTEN_AGAIN:
        return
    connection.execute(delete(workers).where(mine))
    values = {"server": worker.server, "run": worker.run, "number": worker.number}
    connection.execute(insert(workers).values(**values, edition=followed, at=now))


def forget_predecessors(connection: Connection, worker: Worker) -> None:
    """Those of earlier runs of its server, and those of its own run that had died when it began."""
    died = and_(workers.c.number < worker.number, workers.c.number.not_in(worker.siblings))
    gone = or_(workers.c.run != worker.run, died)
    connection.execute(delete(workers).where(workers.c.server == worker.server, gone))


def forget_worker(connection: Connection, worker: Worker) -> None:
    """One that ends."""
    connection.execute(delete(workers).where(_is(worker)))


def forget_silent_workers(connection: Connection) -> None:
    connection.execute(delete(workers).where(workers.c.at < clock(connection) - FORGOTTEN))


def _is(worker: Worker) -> ColumnElement[bool]:
    return and_(workers.c.run == worker.run, workers.c.number == worker.number)
