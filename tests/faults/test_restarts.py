"""A server that is stopped and started again in mid-call, its socket held meanwhile as deploy/ivr.socket holds it."""

from __future__ import annotations

from threading import Thread

from tests.faults.caller import CODE, goes_on, says_goodbye
from tests.faults.network import Network, halfway
from tests.faults.server import Server, until


def test_a_restart_loses_neither_the_request_under_way_nor_those_that_come_meanwhile(line: Server):
    network = Network()
    under_way, meanwhile = line.call(f"{CODE} 1", network), line.call(f"{CODE} 1")
    pressing = [Thread(target=made.press, args=["2"]) for made in (under_way, meanwhile)]

    def stop(port: int) -> None:
        until(lambda: line.has_taken(port))
        line.process.terminate()
        until(lambda: not line.accepts())
        pressing[1].start()

    network.befalls = [halfway(then=stop)]
    pressing[0].start()
    until(lambda: line.process.poll() is not None)
    line.start()
    for each in pressing:
        each.join()
    for made in (under_way, meanwhile):
        assert made.problems == []
        assert made.prompts[0] == "ne/answer.group_b"
        assert goes_on(made)
        assert says_goodbye(made)
