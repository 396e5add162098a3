"""The state of a Dial, and how long things take in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ivr.simulator.document import Document
from ivr.simulator.gather import KEY_SECONDS
from ivr.simulator.leg import Leg
from ivr.simulator.stops import CallerGone, Keys, Outcome, PickedUp
from ivr.simulator.verbs import Dial, Number

RING_SECONDS: dict[Outcome, float] = {"answer": 5.0, "leave": 5.0, "busy": 2.0, "failed": 1.0}
LATE_SECONDS = 5.0  # Twilio, <Dial>: about five seconds are added to the timeout
TALK_SECONDS = 60.0
# Twilio, <Number> sendDigits: w waits half a second, W a whole one. How long a key sounds is not written.
WAITS = {"w": 0.5, "W": 1.0}
TONE_SECONDS = 0.25


def seconds_of_digits(digits: str) -> float:
    return sum(WAITS.get(sign, TONE_SECONDS) for sign in digits)


@dataclass
class Attempt:
    """`status` is Twilio's DialCallStatus; `ends_at` the end of the ringing, then of the talk."""

    leg: Leg
    verb: Dial
    document: Document
    caller_id: str
    status: str = "no-answer"
    bridged: bool = False
    ends_at: float = 0.0
    answered_at: float | None = None
    ringing: list[tuple[Number, Leg]] = field(default_factory=list)
    answered: tuple[Number, Leg] | None = None
    last: Leg | None = None

    def report(self) -> dict[str, str]:
        seconds = 0.0 if self.answered_at is None else self.leg.ear.clock.now - self.answered_at
        told = {"DialCallStatus": self.status}
        if self.answered_at is not None or self.leg.exchange.readings.unanswered_duration:
            told["DialCallDuration"] = str(round(seconds))
        told["DialBridged"] = "true" if self.bridged else "false"
        if self.last is not None:
            told["DialCallSid"] = self.last.sid
        return told

    @property
    def left(self) -> float:
        """Seconds until the ringing or the talk is over; less than a thousandth is a rounding error."""
        left = self.ends_at - self.leg.ear.clock.now
        return left if left > 0.001 else 0.0

    def begin(self, seconds: float) -> None:
        """Starts the ringing or the talk, which may last that long."""
        self.ends_at = self.leg.ear.clock.now + seconds

    def rings_for(self, event: PickedUp) -> float:
        if event.after is not None:
            return event.after
        usual = RING_SECONDS.get(event.outcome)
        return self.left if usual is None else min(usual, self.left / 2)

    def stays_for(self, gone: CallerGone) -> float:
        """How long a caller who hangs up has still waited or talked."""
        usual = TALK_SECONDS if self.bridged else RING_SECONDS["answer"]
        return min(usual, self.left) if gone.after is None else gone.after

    def typed(self, event: Keys) -> Iterator[str]:
        """Each key at its moment: a second apart, or half of what is left where that is shorter."""
        for place, key in enumerate(event.keys):
            gap = min(KEY_SECONDS, self.left / 2)
            self.leg.ear.clock.advance(event.after if place == 0 and event.after is not None else gap)
            yield key
