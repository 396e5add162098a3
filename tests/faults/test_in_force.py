"""What staff set while something is broken: nobody is put through to a desk that they closed, or they are told."""

from __future__ import annotations

import os
import signal
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer

import pytest
import requests
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from ivr.config import read_database_url
from ivr.content.hours import Override
from ivr.database.connection import engine
from ivr.database.desk_overrides import DeskOverride, add_override
from ivr.database.in_force import Standing, next_edition, standing, until_in_force
from ivr.errors import HelplineError
from tests.cast import FRESC
from tests.database.conftest import postgres
from tests.database.line import connected, sqlite_url
from tests.faults.caller import CODE
from tests.faults.server import Server, until
from tests.faults.test_database import read, signed_in
from tests.faults.wire import Wire
from tests.served import PATIENCE
from tests.staff import token

__all__ = ["postgres"]


def say(url: str, *, is_open: bool) -> None:
    with connected(url) as connection:
        add_override(connection, DeskOverride("fresc", Override(is_open, datetime.now(UTC)), "other"))
        next_edition(connection)


def stands(url: str) -> Standing:
    with connected(url) as connection:
        return standing(connection)


def in_force(url: str) -> bool:
    return stands(url).is_in_force and stands(url).workers == 2


def dialled(server: Server) -> bool:
    made = server.call(f"{CODE} 0 1")
    return made.ringing == (FRESC,)


def close(server: Server, staff: requests.Session) -> requests.Response:
    where = f"{server.at}/console/desks/fresc/change/check?state=close&span=notice"
    return staff.post(where, {"csrf_token": token(staff.get(where)), "reason": "emergency"})


@pytest.fixture
def served(tmp_path):
    """Staff have opened a desk, whatever the time."""
    url = sqlite_url(tmp_path)
    say(url, is_open=True)
    with Server(tmp_path) as server:
        server.until_ready()
        until(lambda: in_force(url))
        yield server, url


def test_the_page_says_in_force_when_both_workers_have_read_it(served):
    server, url = served
    assert dialled(server)
    staff = signed_in(server)
    assert "In force:" not in close(server, staff).text
    until(lambda: "In force: calls follow what staff set." in read(staff, server, "desks")[1])
    assert stands(url).edition == 2
    assert not any(dialled(server) for _ in range(6))


def test_a_file_that_is_replaced_by_a_copy_is_opened_again(served, tmp_path):
    server, url = served
    file, copy = tmp_path / "ivr.db", tmp_path / "copy.db"
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    for each in tmp_path.glob("ivr.db-*"):
        each.unlink()
    copy.replace(file)
    say(url, is_open=False)
    assert until_in_force(read_database_url({"DATABASE_URL": url})).is_in_force
    assert not any(dialled(server) for _ in range(6))
    assert len(server.logged("file was replaced")) == 2


def test_while_the_database_is_locked_the_closing_before_is_followed_and_staff_are_told(served, tmp_path):
    server, url = served
    say(url, is_open=False)
    with closing(sqlite3.connect(tmp_path / "ivr.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(HelplineError, match="locked"):
            until_in_force(read_database_url({"DATABASE_URL": url}))
        until(lambda: not any(dialled(server) for _ in range(6)))
        until(lambda: len(server.logged("database is locked. Calls go on")) == 2)
    until(lambda: in_force(url))


def test_a_worker_that_stands_still_is_not_in_force_until_another_has_taken_its_place(served):
    server, url = served
    frozen = server.workers()[0]
    os.kill(frozen, signal.SIGSTOP)
    say(url, is_open=False)
    until(lambda: stands(url).behind == 1)
    assert stands(url).state in ("applying", "not_in_force")
    until(lambda: frozen not in server.workers())
    until(lambda: in_force(url))
    assert not any(dialled(server) for _ in range(6))


def test_workers_that_were_killed_or_stopped_are_forgotten(served):
    server, url = served
    server.kill_workers()
    server.until_ready()
    say(url, is_open=False)
    until(lambda: in_force(url))
    server.kill()
    server.door.close()
    assert stands(url).workers == 2  # nobody has said that they are gone
    with Server(Path(url.removeprefix("sqlite:///")).parent, PORT=str(server.port)) as again:
        again.until_ready()
        until(lambda: in_force(url))
        again.stop()
        assert stands(url).workers == 0


def test_connections_that_go_silent_are_noticed_and_staff_are_told_within_ten_seconds(postgres, tmp_path):
    direct = postgres.new_database()
    name = direct.partition("?")[0].rpartition("/")[2]
    say(direct, is_open=True)
    with Wire(f"{postgres.server.pgdata}/.s.PGSQL.5432") as wire:
        url = f"postgres://postgres@127.0.0.1:{wire.port}/{name}?sslmode=disable&gssencmode=disable"
        with Server(tmp_path, DATABASE_URL=url) as server:
            server.until_ready()
            until(lambda: in_force(direct))
            assert dialled(server)
            staff = signed_in(server)
            wire.open.clear()
            say(direct, is_open=False)
            found = until_in_force(read_database_url({"DATABASE_URL": direct}))
            assert (found.state, found.behind, found.workers) == ("not_in_force", 2, 2)
            assert "Callers may still hear what was set before" in read(staff, server, "desks")[1]
            until(lambda: len(server.logged("Calls go on, counts wait")) == 2)
            assert "database not reachable, last good turn: 1" in requests.get(f"{server.at}/ready", timeout=15).text
            wire.open.set()
            until(lambda: in_force(direct))
            assert not any(dialled(server) for _ in range(6))
            assert len(server.logged("the database is there again")) == 2


def test_a_connection_that_is_silent_is_given_up_and_the_next_one_answers(postgres, monkeypatch):
    monkeypatch.setattr("ivr.database.connection.ANSWER_SECONDS", 0.5)
    with Wire(f"{postgres.server.pgdata}/.s.PGSQL.5432") as wire:
        made = engine(f"postgresql+psycopg://postgres@127.0.0.1:{wire.port}/postgres?sslmode=disable")
        with made.connect() as connection:
            assert connection.scalar(text("SELECT 1")) == 1
            wire.open.clear()
            in_the_end = Timer(PATIENCE, wire.open.set)
            in_the_end.start()
            with pytest.raises(OperationalError, match=r"no answer within 0\.5 s"):
                connection.scalar(text("SELECT 1"))
        in_the_end.cancel()
        wire.open.set()
        with made.connect() as connection:
            assert connection.scalar(text("SELECT 1")) == 1
        made.dispose()


def test_signing_out_ends_the_session_in_every_worker_also_where_its_cookie_was_copied(served):
    server, _url = served
    staff = signed_in(server)
    cookies = staff.cookies.get_dict()
    page = staff.get(f"{server.at}/console/")
    assert "You are signed out." in staff.post(f"{server.at}/console/sign-out", {"csrf_token": token(page)}).text
    for _ in range(12):
        copied = requests.get(f"{server.at}/console/", cookies=cookies, allow_redirects=False, timeout=15)
        assert copied.status_code == 302
