"""Twilio and compatible carriers accept every document, and every address leads back to its place."""

from collections.abc import Iterator
from itertools import chain

from ivr.audio.line import Line
from ivr.content.model import Helpline
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
LIST_ITEM, ANY_PLAY = "language.item", Play("", "")
# So many plays of so many characters at most are far from too large for a document.
MANY, LONG = 20, 500
XML = {"content-type": "text/xml; charset=utf-8"}


class Documents:
    """Looks at each document and each address once.

    All plays are looked at first, and addresses by themselves, so that documents that differ in these alone can be
    looked at as one. Each document with a play that is refused is looked at as a whole, and so is one of many plays.
    """

    def __init__(self, line: Line) -> None:
        self._render = renderer(PUBLIC_URL, AUDIO_URL, line.sounds)
        self._steps: set[Steps] = set()
        self._addresses: set[Arrival] = set()
        self._shapes: dict[tuple[Steps, frozenset[str]], str] = {}
        spoken = [play for play in _short(line.helpline) if line.sounds.speaks(play)]
        parts = [tuple(spoken[start : start + MANY]) for start in range(0, len(spoken), MANY)]
        self._plays = {play for part in parts if not self._objection(part, VERBS) for play in part}

    @property
    def count(self) -> int:
        return len(self._steps)

    def objections(self, answer: Answer) -> Iterator[tuple[str, str]]:
        """The rule and what is wrong."""
        reply, allowed = answer.reply, TO_A_DESK if answer.event.kind in DESKS_SIDE else VERBS
        self._steps.add(reply.steps)
        alike = tuple(map(self._alike, reply.steps)) if len(reply.plays) <= MANY else reply.steps
        shape = alike, allowed
        if shape not in self._shapes:
            self._shapes[shape] = self._objection(reply.steps, allowed)
        if objection := self._shapes[shape]:
            yield "document", f"the document would be refused: {objection}"
        for arrival in reply.arrivals:
            if arrival not in self._addresses:
                self._addresses.add(arrival)
                if _there_and_back(arrival) != arrival:
                    yield "address", f"the address {address(*arrival)} does not lead back to its place"

    def _alike(self, step: Step) -> Step:
        """The step without its address, and any play in place of its own."""
        if isinstance(step, Play):
            return self._any_play(step)
        if isinstance(step, Gather):
            return step._replace(place=Place(), plays=tuple(map(self._any_play, step.plays)))
        return step._replace(place=Place()) if isinstance(step, Redirect | Dial) else step

    def _any_play(self, play: Play) -> Play:
        """Those of the language list stay as they are: they are joined."""
        return ANY_PLAY if play in self._plays and play.prompt != LIST_ITEM else play

    def _objection(self, steps: Steps, allowed: frozenset[str]) -> str:
        try:
            body = self._render(steps).encode()
            understand(PUBLIC_URL, Response(200, XML, body), portable=True, allowed=allowed)
        except Refused as refused:
            return str(refused)
        except LookupError:  # a prompt that nothing speaks: the check `unheard` names it
            return ""
        return ""


def _short(helpline: Helpline) -> Iterator[Play]:
    for clip_text in chain.from_iterable(each.values() for each in helpline.clip_texts.values()):
        if len(clip_text.text) <= LONG:
            yield Play(clip_text.language, clip_text.prompt)


def _there_and_back(arrival: Arrival) -> Arrival:
    path, _, query = address(*arrival).partition("?")
    return parse(path, query)
