"""A worker that dies or hangs in mid-call."""

from __future__ import annotations

import os
import signal

import pytest

from tests.faults.caller import CODE, apologised, goes_on, says_goodbye
from tests.faults.network import Network, halfway
from tests.faults.server import Server, until


def test_workers_killed_between_two_answers_are_not_noticed_by_the_caller(line: Server):
    made = line.call(f"{CODE} 1")
    line.kill_workers()
    made.press("2")
    assert made.problems == []
    assert made.prompts[0] == "ne/answer.group_b"
    assert goes_on(made)
    assert says_goodbye(made)


def test_a_worker_killed_while_it_answers_costs_an_apology_in_the_callers_language(line: Server):
    """Twilio asks the fallback, and the worker that follows answers."""

    def kill(port: int) -> None:
        until(lambda: line.has_taken(port))
        line.kill_workers()

    network = Network()
    made = line.call(f"{CODE} 1", network)
    network.befalls = [halfway(then=kill)]
    made.press("2")
    assert [problem.code for problem in made.problems] == [11200]
    assert apologised(made)
    assert goes_on(made.press("1"))
    assert says_goodbye(made)


@pytest.fixture
def hanging(line: Server):
    worker = line.workers()[0]
    os.kill(worker, signal.SIGSTOP)
    yield
    os.kill(worker, signal.SIGCONT)


def test_a_worker_that_hangs_leaves_its_callers_to_the_other(line: Server, hanging):
    made = line.call(f"{CODE} 1 2")
    assert made.problems == []
    assert made.prompts[0] == "ne/answer.group_b"
