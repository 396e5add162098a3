"""What can be seen of a call, by tests and in a terminal."""

from datetime import datetime
from typing import Literal

from ivr.simulator.carrier import Exchange, Page
from ivr.simulator.clock import Clock
from ivr.simulator.ear import Ear, Heard
from ivr.simulator.leg import Dialled, Ending, Leg
from ivr.simulator.problems import Problem
from ivr.simulator.stops import Listening, Ringing, Stop, Talking

State = Literal["idle", "waiting", "whispering", "ringing", "talking", "ended"]


class Seen:
    """The side of a Call that changes nothing."""

    _clock: Clock
    _ear: Ear
    _exchange: Exchange
    _leg: Leg
    _stop: Stop | None
    ended_by: Ending | None

    @property
    def state(self) -> State:
        match self._stop:
            case Listening(leg="caller"):
                return "waiting"
            case Listening():
                return "whispering"
            case Ringing():
                return "ringing"
            case Talking():
                return "talking"
        return "idle" if self.ended_by is None else "ended"

    @property
    def ringing(self) -> tuple[str, ...]:
        """The numbers that ring at this moment."""
        return self._stop.numbers if isinstance(self._stop, Ringing) else ()

    @property
    def heard(self) -> list[Heard]:
        """Everything that sounded so far on either leg, in order."""
        return list(self._ear.heard)

    @property
    def just_heard(self) -> list[Heard]:
        """What sounded in this turn, since the last action."""
        return [sound for sound in self._ear.heard if sound.turn == self._ear.turn]

    @property
    def prompts(self) -> list[str]:
        """The prompts of this turn on the caller's leg by name; a Say counts by its text."""
        return [sound.prompt or sound.text for sound in self.just_heard if sound.leg == "caller"]

    @property
    def dialled(self) -> list[Dialled]:
        return list(self._leg.dialled)

    @property
    def documents(self) -> list[Page]:
        """Every webhook of this call and its answer, refused ones and callbacks included."""
        return list(self._exchange.pages)

    @property
    def just_documents(self) -> list[Page]:
        """The webhooks of this turn."""
        return list(self._exchange.pages[self._exchange.turn_began :])

    @property
    def problems(self) -> list[Problem]:
        return list(self._exchange.problems)

    @property
    def seconds(self) -> float:
        """How long the call has lasted, by its own clock."""
        return self._clock.now

    @property
    def moment(self) -> datetime | None:
        """The simulated moment, if the call has an `at`."""
        return self._clock.moment

    @property
    def turn_began(self) -> float:
        """The second of the call from which `after` counts."""
        return self._clock.turn

    @property
    def waits_until(self) -> float | None:
        """The second of the call at which this wait is over; None if nobody waits."""
        return None if self._stop is None else self._stop.ends_at

    @property
    def keys_from(self) -> float | None:
        """The second of the call from which keys count; None if nothing takes them."""
        return self._stop.since if isinstance(self._stop, Listening) else None

    @property
    def turn(self) -> int:
        return self._ear.turn

    @property
    def leg(self) -> Leg:
        """The caller's own leg: who calls whom, and its CallSid."""
        return self._leg

    def sound_body(self, url: str) -> bytes:
        """The bytes of a sound that was fetched in this call."""
        return self._exchange.sounds[url].body
