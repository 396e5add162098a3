"""Requests and answers that are lost or late on the way."""

from __future__ import annotations

import os
import signal

from ivr.simulator import Call, HttpTransport, Response, WsgiTransport
from ivr.simulator.transport import NO_ANSWER, NO_CONNECTION
from tests.cast import LINE, TOKEN, URL
from tests.database.line import Memory, counted_app
from tests.faults.caller import CODE, apologised, goes_on, says_goodbye
from tests.faults.network import Network, Send, lost
from tests.faults.server import Server

TOKEN_HEADER = "I-Twilio-Idempotency-Token"


def test_a_lost_answer_that_twilio_asks_for_again_is_not_noticed_by_the_caller(line: Server):
    network = Network()
    made = line.call(f"{CODE} 1", network)
    network.befalls = [lost(NO_CONNECTION)]
    made.press("2")
    assert [problem.level for problem in made.problems] == ["warning"]
    assert made.prompts[0] == "ne/answer.group_b"
    assert goes_on(made)
    assert network.headers[-1][TOKEN_HEADER]


def test_a_request_that_twilio_sends_again_is_counted_once(counted):
    """By the worker that answers both. Of two workers each would count it, as docs/faults.md says."""
    memory = Memory()
    network = Network()
    network.through = WsgiTransport(counted_app(memory))
    made = Call(network, URL, token=TOKEN, to=LINE, strict=False, idempotency_token=True).start()
    network.befalls = [lost(NO_CONNECTION)]
    made.press(CODE)
    assert [headers[TOKEN_HEADER] == network.headers[-1][TOKEN_HEADER] for headers in network.headers] == [
        False,
        True,
        True,
    ]
    assert memory.of("language") == {"ne": 1}
    assert goes_on(made)


def test_a_lost_answer_that_twilio_does_not_ask_for_again_is_an_apology(line: Server):
    network = Network()
    made = line.call(f"{CODE} 1", network)
    network.befalls = [lost(NO_ANSWER)]
    made.press("2")
    assert apologised(made)
    assert goes_on(made.press("1"))
    assert says_goodbye(made)


def test_an_answer_that_is_too_late_is_an_apology(line: Server):
    """Twilio waits 15 s; here it waits a third of a second for a server that stands still."""
    network = Network()
    made = line.call(f"{CODE} 1", network)

    def befall(_send: Send, url: str, headers, body: bytes) -> Response:
        workers = line.workers()
        try:
            for worker in workers:
                os.kill(worker, signal.SIGSTOP)
            return HttpTransport(answer_seconds=0.3).send("POST", url, headers, body)
        finally:
            for worker in workers:
                os.kill(worker, signal.SIGCONT)

    network.befalls = [befall]
    made.press("2")
    assert made.problems[0].message == "no whole answer within 0.3 s"
    assert apologised(made)
    assert says_goodbye(made.press("1"))


def test_a_second_fault_in_the_same_call_is_the_facts_the_desks_hours_and_a_goodbye(line: Server):
    network = Network()
    made = line.call(CODE, network)
    network.befalls = [lost(NO_ANSWER)]
    assert apologised(made.press("1"))
    network.befalls = [lost(NO_ANSWER)]
    made.press("1")
    assert made.prompts[0] == "ne/apology.last"
    assert {"ne/fresc.hours", "ne/cinga.hours", "ne/free", "ne/coupon"} < {*made.prompts}
    assert (made.prompts[-1], made.ended_by) == ("ne/goodbye", "hangup")
