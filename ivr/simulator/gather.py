"""Gather: what is nested plays, keys are taken, a key stops what plays."""

from dataclasses import dataclass
from urllib.parse import urljoin

from ivr.simulator.carrier import Request
from ivr.simulator.document import Document
from ivr.simulator.leg import Leg, Step, Steps
from ivr.simulator.play import play, prepare
from ivr.simulator.stops import DeskGone, DeskLeft, Keys, Listening
from ivr.simulator.verbs import Gather

KEY_SECONDS = 1.0


def gather(leg: Leg, verb: Gather, document: Document) -> Steps[Step]:
    """Twilio, <Gather>: with input it asks the action; without, it falls through."""
    clips = prepare(leg, verb.prompts, document)
    taking = Taking(leg, verb, leg.ear.clock.now)
    play(leg, clips)
    taking.take_kept()
    while not taking.done:
        event = yield Listening(leg.name, leg.ear.clock.now + verb.timeout, taking.begun)
        if isinstance(event, DeskLeft):
            raise DeskGone
        if not isinstance(event, Keys):
            leg.ear.clock.advance(verb.timeout)
            leg.ear.clock.mark()
            break
        taking.press(event)
    if not (taking.digits or verb.action_on_empty_result or (taking.done and _asks_with_nothing(leg))):
        return None
    return Request(urljoin(document.url, verb.action), verb.method, {"Digits": taking.digits})


def _asks_with_nothing(leg: Leg) -> bool:
    """Twilio doesn't say whether `finishOnKey` before any digit is input."""
    return leg.exchange.readings.finish_key_alone == "asks"


@dataclass
class Taking:
    """The keys that a Gather has taken; `begun` is when its nested verbs began to sound."""

    leg: Leg
    verb: Gather
    begun: float
    digits: str = ""
    done: bool = False

    def take_kept(self) -> None:
        """Kept keys count as typed when the Gather begins: they stop what is nested at once."""
        for key in self.leg.take_kept():
            self.accept(key, self.begun)

    def press(self, event: Keys) -> None:
        first = self._first(event)
        for place, key in enumerate(event.keys):
            moment = first + place * self._gap
            if moment < self.begun:  # during a Play or Say outside the Gather
                self.leg.ear.hear_on(moment)
                self.leg.keep(key)
                self.take_kept()
            else:
                self.accept(key, moment)

    def accept(self, key: str, moment: float) -> None:
        if self.done:
            self.leg.keep(key)
            return
        self.leg.ear.cut(moment)  # barge-in
        self.leg.ear.clock.mark()
        if key == self.verb.finish_on_key:
            self.done = True
        else:
            self.digits += key
            self.done = len(self.digits) == self.verb.num_digits

    @property
    def _gap(self) -> float:
        return min(KEY_SECONDS, self.verb.timeout / 2)

    def _first(self, event: Keys) -> float:
        clock = self.leg.ear.clock
        if event.after is None:
            return clock.now + self._gap
        return clock.turn + event.after
