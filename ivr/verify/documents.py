"""Twilio and compatible carriers accept every document, and every address leads back to its place."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from ivr.audio.line import Line
from ivr.flow.places import DESKS_SIDE, Place
from ivr.flow.steps import Dial, Gather, Redirect, Step, Steps
from ivr.simulator.document import understand
from ivr.simulator.problems import Refused
from ivr.simulator.transport import Response
from ivr.simulator.validate import VERBS
from ivr.verify.walk import Answer, Arrival
from ivr.webhooks.addresses import address, parse
from ivr.webhooks.twiml import renderer

# Longer than any real one, so that no document of the real line is larger.
PUBLIC_URL = f"https://{'x' * 63}.example/{'y' * 63}"
AUDIO_URL = f"https://{'x' * 63}.example/audio"
# Twilio, <Number>: the document at `url`, which the called side hears before it is joined.
TO_A_DESK = frozenset({"Play", "Say", "Gather", "Hangup"})
XML = {"content-type": "text/xml; charset=utf-8"}


class Documents:
    """Looks at each document and each address once.

    Documents that differ in their addresses alone are looked at as one: the addresses are looked at by themselves.
    """

    def __init__(self, line: Line) -> None:
        self._render = renderer(PUBLIC_URL, AUDIO_URL, line.sounds)
        self._steps: set[Steps] = set()
        self._addresses: set[Arrival] = set()
        self._shapes: dict[tuple[Steps, frozenset[str]], str] = {}

    @property
    def count(self) -> int:
        return len(self._steps)

    def objections(self, answer: Answer) -> Iterator[tuple[str, str]]:
        """The rule and what is wrong."""
        self._steps.add(answer.reply.steps)
        shape = tuple(map(_without_place, answer.reply.steps)), TO_A_DESK if answer.event.kind in DESKS_SIDE else VERBS
        if shape not in self._shapes:
            self._shapes[shape] = self._objection(*shape)
        if objection := self._shapes[shape]:
            yield "document", f"the document would be refused: {objection}"
        for arrival in answer.reply.arrivals:
            if arrival not in self._addresses:
                self._addresses.add(arrival)
                if _there_and_back(arrival) != arrival:
                    yield "address", f"the address {address(*arrival)} does not lead back to its place"

    def _objection(self, steps: Steps, allowed: frozenset[str]) -> str:
        try:
            body = self._render(steps).encode()
            understand(PUBLIC_URL, Response(200, XML, body), portable=True, allowed=allowed)
        except Refused as refused:
            return str(refused)
        except LookupError:  # a prompt that nothing speaks: the check `unheard` names it
            return ""
        return ""


def _without_place(step: Step) -> Step:
    return step._replace(place=Place()) if isinstance(step, Gather | Redirect | Dial) else step


def _there_and_back(arrival: Arrival) -> Arrival:
    parts = urlsplit(address(*arrival))
    return parse(parts.path, parts.query)
