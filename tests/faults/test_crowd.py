"""A hundred clients ask for the dearest pages, signed in and not, while callers call; whatever the database does."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
from collections import Counter
from contextlib import contextmanager, suppress
from threading import Event

import pytest

from tests.faults.caller import CODE, goes_on
from tests.faults.server import Server, hammering
from tests.faults.test_database import signed_in

PAGES = ("/cards?size=wallet", "/console/prompts", "/console/desks", "/console/figures")
CLIENTS, CALLS = 100, 10


class Crowd:
    """Each asks for one page after another, with the session of somebody who works for the line."""

    def __init__(self, line: Server) -> None:
        staff = signed_in(line)
        cookies = "; ".join(f"{each.name}={each.value}" for each in staff.cookies)
        self.port, self.cookies, self.stopped = line.port, cookies, Event()
        self.answers: Counter[tuple[str, int]] = Counter()

    async def _ask(self, path: str) -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            head = f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: {self.cookies}\r\n\r\n"
            writer.write(head.encode())
            status = int((await reader.readuntil(b"\r\n")).split()[1])
            while await reader.read(65536):
                pass
            return status
        finally:
            writer.close()

    async def _hammer(self, path: str) -> None:
        while not self.stopped.is_set():
            with suppress(OSError, asyncio.IncompleteReadError):
                self.answers[path, await self._ask(path)] += 1
            await asyncio.sleep(0.01)

    async def _all(self) -> None:
        await asyncio.gather(*(self._hammer(PAGES[each % len(PAGES)]) for each in range(CLIENTS)))

    def run(self) -> None:
        asyncio.run(self._all())


@contextmanager
def locked(folder):
    """Somebody else writes to the file, and doesn't end."""
    with sqlite3.connect(folder / "ivr.db", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


def meets_a_crowd(line: Server) -> None:
    with hammering(Crowd(line), CLIENTS) as found:
        for _ in range(CALLS):
            made = line.call(CODE)
            assert goes_on(made.press("1"))
            assert made.problems == []
    assert {status for _, status in found.answers} <= {200, 503}
    assert all(
        found.answers[path, 503] for path in PAGES
    )  # too many; and where the database is asked, perhaps no answer
    assert found.answers[PAGES[0], 200]


def test_calls_are_answered_while_a_hundred_ask_for_pages(tmp_path):
    with Server(tmp_path, LINE_NUMBER="+815012345678") as line:
        meets_a_crowd(line.until_ready())


def test_calls_are_answered_while_a_hundred_ask_for_pages_and_the_database_is_locked(tmp_path):
    with Server(tmp_path, LINE_NUMBER="+815012345678") as line:
        line.until_ready()
        with locked(tmp_path):
            meets_a_crowd(line)


@pytest.fixture
def silent():
    """PostgreSQL's port, where connections are taken and nothing is ever said."""
    with socket.create_server(("127.0.0.1", 0), backlog=1000) as listening:
        yield f"postgresql://staff:secret@127.0.0.1:{listening.getsockname()[1]}/line"


def test_calls_are_answered_while_a_hundred_ask_for_pages_and_the_database_is_silent(tmp_path, silent):
    with Server(tmp_path, LINE_NUMBER="+815012345678", DATABASE_URL=silent) as line:
        meets_a_crowd(line.until_ready())
