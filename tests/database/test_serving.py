"""`ivr serve` as it is really run counts, and loses next to nothing however it ends."""

from __future__ import annotations

import time

import pytest

from tests.database.line import ANOTHER_ACCOUNT, sqlite_url, stored
from tests.served import Server, until


@pytest.fixture
def line(tmp_path):
    """Two workers, real settings, the clock of the machine."""
    with Server(TWILIO_AUTH_TOKEN="x", DATABASE_URL=sqlite_url(tmp_path)) as server:
        yield server.until_ready()


@pytest.fixture
def callers(monkeypatch):
    """From now on calls are not the project's own telephone's."""
    monkeypatch.setattr("ivr.simulator.leg.ACCOUNT", ANOTHER_ACCOUNT)


def call(line: Server) -> None:
    line.call("02", idempotency_token=True).hang_up()


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
    until(lambda: calls(tmp_path) == 4)
    assert time.monotonic() - began < 5  # one second, on a machine that has nothing else to do
    line.kill_workers()
    line.until_ready()
    call(line)
    line.stop()
    assert calls(tmp_path) == 5


def test_calls_of_the_projects_own_telephone_are_not_counted(line, tmp_path):
    call(line)
    line.stop()
    assert stored(sqlite_url(tmp_path)) == {}


def test_a_demo_counts_in_the_database_that_it_is_given(tmp_path):
    with Server("--demo", DATABASE_URL=sqlite_url(tmp_path)) as demo:
        demo.until_ready().call().hang_up()
    assert calls(tmp_path) == 1


def test_a_demo_without_one_has_its_own_until_it_ends(tmp_path):
    with Server("--demo", TMPDIR=str(tmp_path)) as demo:
        demo.until_ready().call().hang_up()
        (folder,) = tmp_path.glob("ivr-demo-*")
        assert (folder / "ivr.db").exists()
    assert not folder.exists()
