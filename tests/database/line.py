"""A line that counts, and calls to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from ivr.config import read_database_url
from ivr.content.model import Helpline
from ivr.database.connection import database
from ivr.database.count_events import CountEvent
from ivr.database.database_thread import DatabaseThread
from ivr.database.no_database import Database
from ivr.database.tables import counts
from ivr.database.tally import Tally
from ivr.database.vocabulary import vocabulary
from ivr.simulator import Call, WsgiTransport
from tests.cast import BOTH_OPEN, LINE, TOKEN, TOKYO, URL, Quick, app, helpline

CALLER = "+819012345678"
ANOTHER_ACCOUNT = "AC" + "1" * 32  # as if a caller called, and not the project's own telephone


class Memory(Database):
    """Counts that stay where the test sees them."""

    def __init__(self, line: Helpline | None = None) -> None:
        super().__init__()
        self._tally = Tally(vocabulary(line or helpline()))

    def count(self, events: Iterable[CountEvent], token: str = "") -> None:
        self._tally.count(events, token)

    @property
    def amounts(self) -> Mapping[CountEvent, int]:
        return self._tally.waiting(100_000)

    def of(self, kind: str) -> dict[str, int]:
        return {each.name: amount for each, amount in sorted(self.amounts.items()) if each.kind == kind}


def counting(url: str, line=None, **options) -> DatabaseThread:
    return DatabaseThread(line or helpline(), read_database_url({"DATABASE_URL": url}), kept_days=400, **options)


class Relay:
    """What the line is given once, and hands on to the counts of the test at hand."""

    to: Memory | DatabaseThread | None = None

    def overrides(self):
        return self.to.overrides()

    @property
    def is_admitted(self):
        return self.to and self.to.is_admitted

    def count(self, events: Iterable[CountEvent], token: str = "") -> None:
        self.to.count(events, token)


@cache
def _relayed() -> tuple[Flask, Relay]:
    relay = Relay()
    return app(helpline(), counts=relay), relay


def counted_app(counts: Memory | DatabaseThread) -> Flask:
    """The line, counting there."""
    served, relay = _relayed()
    relay.to = counts
    return served


def call(served: Flask, keys: str = "", at: str = BOTH_OPEN, **phone) -> Call:
    """A call in which these are done one after another: keys, `wait`, `busy`, `answer`, `talked`, `gone` ..."""
    moment = datetime.fromisoformat(at).replace(tzinfo=TOKYO)
    phone = {"from_": CALLER, "to": LINE, "portable": True, **phone}
    made = Call(Quick(WsgiTransport(served)), URL, token=TOKEN, at=moment, **phone).start()
    for action in keys.split():
        do(made, action)
    return made


def do(made: Call, action: str) -> None:
    match action:
        case "wait":
            made.wait()
        case "offers":
            while made.state == "waiting" and not made.prompts[-1].endswith("key.back"):
                made.wait()
        case "answer" | "busy" | "no-answer" | "failed" | "leave":
            made.desk(action)
        case "talked":
            made.desk_hangs_up()
        case "gone":
            made.hang_up()
        case _:
            made.press(action)


def connected(url: str):
    """A connection to the database that DATABASE_URL names so, its tables made, for a `with`."""
    return database(read_database_url({"DATABASE_URL": url}))


def stored(url: str) -> dict[CountEvent, int]:
    with connected(url) as connection:
        return {CountEvent(row.period, row.kind, row.name): row.amount for row in connection.execute(select(counts))}


def sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'ivr.db'}"
