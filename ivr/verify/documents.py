"""Twilio and compatible carriers accept every document, and every address leads back to its place."""

from collections.abc import Iterator

from ivr.audio.line import Line
from ivr.flow.places import DESKS_SIDE, Place
from ivr.flow.steps import Dial, Gather, Play, Redirect, Step, Steps
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
LIST_ITEM, ANY_CLIP = "language.item", Play("", "")
XML = {"content-type": "text/xml; charset=utf-8"}


class Documents:
    """Looks at each document and each address once.

    Documents that differ in their addresses and clips alone are looked at as one, if each of their clips has been in a
    document that was looked at: the addresses are looked at by themselves.
    """

    def __init__(self, line: Line) -> None:
        self._render, self._sounds = renderer(PUBLIC_URL, AUDIO_URL, line.sounds), line.sounds
        self._steps: set[Steps] = set()
        self._addresses: set[Arrival] = set()
        self._plays: set[Play] = set()
        self._shapes: dict[tuple[Steps, frozenset[str]], str] = {}

    @property
    def count(self) -> int:
        return len(self._steps)

    def objections(self, answer: Answer) -> Iterator[tuple[str, str]]:
        """The rule and what is wrong."""
        reply, allowed = answer.reply, TO_A_DESK if answer.event.kind in DESKS_SIDE else VERBS
        self._steps.add(reply.steps)
        shape = tuple(map(self._shape, reply.steps)), allowed
        if shape not in self._shapes or not self._plays.issuperset(reply.plays):
            self._shapes[shape] = self._objection(reply.steps, allowed)
            self._plays.update(reply.plays)
        if objection := self._shapes[shape]:
            yield "document", f"the document would be refused: {objection}"
        for arrival in reply.arrivals:
            if arrival not in self._addresses:
                self._addresses.add(arrival)
                if _there_and_back(arrival) != arrival:
                    yield "address", f"the address {address(*arrival)} does not lead back to its place"

    def _shape(self, step: Step) -> Step:
        """The step without its address, and any clip in place of its own."""
        if isinstance(step, Play):
            return self._any_clip(step)
        if isinstance(step, Gather):
            return step._replace(place=Place(), plays=tuple(map(self._any_clip, step.plays)))
        return step._replace(place=Place()) if isinstance(step, Redirect | Dial) else step

    def _any_clip(self, play: Play) -> Play:
        """The clips of the language list stay as they are: they are joined."""
        return ANY_CLIP if play.prompt != LIST_ITEM and self._sounds.find(play.name) else play

    def _objection(self, steps: Steps, allowed: frozenset[str]) -> str:
        try:
            body = self._render(steps).encode()
            understand(PUBLIC_URL, Response(200, XML, body), portable=True, allowed=allowed)
        except Refused as refused:
            return str(refused)
        except LookupError:  # a prompt that nothing speaks: the check `unheard` names it
            return ""
        return ""


def _there_and_back(arrival: Arrival) -> Arrival:
    path, _, query = address(*arrival).partition("?")
    return parse(path, query)
