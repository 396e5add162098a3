"""The chain that Twilio meets, with a real nginx in it: a caller is answered long before Twilio gives up."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from ivr.simulator import HttpTransport, Response
from tests.faults.caller import CODE, goes_on
from tests.faults.conftest import Fronted
from tests.faults.nginx import TRUSTED, Nginx
from tests.faults.server import Server, until
from tests.faults.upstream import ANSWER, Upstream

PRESSED = "/voice/ne/papers/keys?tries=1"
DIGITS = b"Digits=2"
SILENCE, THE_END = None, b""


def asked(folder, method: str, path: str, *does: bytes | None) -> tuple[Response, list[bytes]]:
    """What the caller gets while workers do this in turn, and the requests that they got."""
    with Upstream(*does) as upstream, Nginx(folder, upstream.port) as nginx:
        return nginx.ask(method, path, DIGITS if method == "POST" else b""), upstream.requests


@pytest.mark.parametrize(("method", "path"), [("POST", PRESSED), ("GET", "/audio/ne/answer.group_b.wav")])
@pytest.mark.parametrize("fault", [SILENCE, THE_END], ids=["frozen", "dead"])
def test_what_a_worker_leaves_without_an_answer_is_asked_once_more_and_whole(tmp_path, fault, method, path):
    answer, (first, second) = asked(tmp_path, method, path, fault, ANSWER)
    assert (answer.status, answer.body) == (200, b"said")
    assert first == second
    assert first.startswith(f"{method} {path} ".encode())
    assert first.endswith(DIGITS) == (method == "POST")


def test_when_no_worker_answers_twilio_is_told_in_time_to_ask_the_fallback(tmp_path, monkeypatch):
    with Upstream(SILENCE, SILENCE) as upstream, Nginx(tmp_path, upstream.port) as nginx:
        monkeypatch.setattr(TRUSTED, nginx.trusting)
        answer = HttpTransport(answer_seconds=13).send("POST", f"{nginx.url}{PRESSED}", {}, DIGITS)
        assert (answer.status, len(upstream.requests)) == (504, 2)


def test_what_staff_send_is_never_sent_twice(tmp_path):
    answer, requests = asked(tmp_path, "POST", "/console/desks", THE_END, ANSWER)
    assert (answer.status, len(requests)) == (502, 1)


@pytest.fixture
def line(fronted: Fronted) -> Server:
    return fronted.line.until_ready()


class Callers:
    """Eight, each of whom places one call after another while something befalls the line."""

    def __init__(self, line: Server) -> None:
        self.line, self.made, self.stopped = line, [], Event()

    def _place(self) -> None:
        while not self.stopped.is_set():
            self.made.append(self.line.call(f"{CODE} 1 2"))

    def __enter__(self) -> Callers:
        self.pool = ThreadPoolExecutor(8)
        self.placing = [self.pool.submit(self._place) for _ in range(8)]
        until(lambda: len(self.made) >= 8)
        return self

    def __exit__(self, *_raised: object) -> None:
        self.stopped.set()
        self.pool.shutdown()
        for each in self.placing:
            each.result()

    def until_more(self, calls: int = 8) -> None:
        placed = len(self.made)
        until(lambda: len(self.made) >= placed + calls)


def all_answered(made) -> bool:
    """In time, and rightly."""
    return [call.problems for call in made if call.problems] == [] and all(goes_on(call) for call in made)


def test_with_one_of_two_workers_frozen_two_hundred_calls_one_after_another_are_answered(line: Server):
    made = []
    for _ in range(200):
        freeze_one(line)
        made.append(line.call(CODE))
    assert all_answered(made)


def freeze_one(line: Server) -> None:
    """Unless one of them is: gunicorn replaces each after ten seconds."""
    if len(line.workers()) == 2 and not any(map(is_frozen, line.workers())):
        os.kill(line.workers()[0], signal.SIGSTOP)


def is_frozen(worker: int) -> bool:
    return Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def test_callers_whose_worker_freezes_while_it_answers_are_answered_by_the_other(line: Server):
    with Callers(line) as callers:
        os.kill(line.workers()[0], signal.SIGSTOP)
        callers.until_more()
    assert all_answered(callers.made)


def test_a_frozen_worker_is_replaced(line: Server):
    frozen = line.workers()[0]
    os.kill(frozen, signal.SIGSTOP)
    until(lambda: frozen not in line.workers() and len(line.workers()) == 2)
    assert line.logged("WORKER TIMEOUT")


def test_workers_that_are_killed_while_they_answer_cost_no_caller_the_answer(line: Server):
    with Callers(line) as callers:
        for _ in range(5):
            os.kill(line.workers()[0], signal.SIGKILL)
            callers.until_more(16)  # so that no request meets two such ends: it is asked once more, not twice
    assert all_answered(callers.made)
