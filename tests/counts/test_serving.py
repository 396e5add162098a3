"""`ivr serve` as it is really run counts, and loses next to nothing however it ends."""

from __future__ import annotations

import os
import signal
import time

import pytest

from ivr.phone import Call, HttpTransport
from tests.cast import LINE
from tests.counts.line import ANOTHER_ACCOUNT, sqlite_url, stored
from tests.test_serve import PATIENCE, Server, free_port


@pytest.fixture
def line(tmp_path):
    """Two workers, real settings, the clock of the machine."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {"TWILIO_AUTH_TOKEN": "x", "PUBLIC_URL": url, "DATABASE_URL": sqlite_url(tmp_path)}
    server = Server(PORT=str(port), **settings)
    try:
        server.until_ready()
        yield server
    finally:
        if server.process.poll() is None:
            server.stop()


@pytest.fixture
def callers(monkeypatch):
    """From now on calls are not the project's own telephone's."""
    monkeypatch.setattr("ivr.phone.leg.ACCOUNT", ANOTHER_ACCOUNT)


def call(line: Server) -> None:
    made = Call(HttpTransport(), f"{line.url}/voice", token="x", to=LINE, portable=True, idempotency_token=True)
    made.start().press("02").hang_up()


def calls(folder) -> int:
    return sum(amount for each, amount in stored(sqlite_url(folder)).items() if each.kind == "call")


def test_a_server_that_is_told_to_stop_writes_what_it_counted(line, callers, tmp_path):
    for _ in range(8):
        call(line)
    line.stop()
    assert line.process.returncode == 0
    assert calls(tmp_path) == 8


def test_a_worker_that_is_killed_loses_the_last_second_at_most(line, callers, tmp_path):
    for _ in range(4):
        call(line)
    began = time.monotonic()
    while calls(tmp_path) < 4:
        assert time.monotonic() - began < PATIENCE
        time.sleep(0.1)
    assert time.monotonic() - began < 5  # one second, on a machine that has nothing else to do
    for worker in line.workers():
        os.kill(worker, signal.SIGKILL)
    line.until_ready()
    call(line)
    line.stop()
    assert calls(tmp_path) == 5


def test_calls_of_the_projects_own_telephone_are_not_counted(line, tmp_path):
    call(line)
    line.stop()
    assert stored(sqlite_url(tmp_path)) == {}


def test_a_demo_counts_in_the_database_that_it_is_given(tmp_path):
    demo = Server("--demo", DATABASE_URL=sqlite_url(tmp_path))
    demo.until_ready()
    demo.call().start().hang_up()
    demo.stop()
    assert calls(tmp_path) == 1


def test_a_demo_without_one_has_its_own_until_it_ends(tmp_path):
    demo = Server("--demo", TMPDIR=str(tmp_path))
    demo.until_ready()
    demo.call().start().hang_up()
    (folder,) = tmp_path.glob("ivr-demo-*")
    assert (folder / "ivr.db").exists()
    demo.stop()
    assert not folder.exists()
