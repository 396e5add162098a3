"""The telephone itself: a caller dials, hears, presses keys, hangs up; a desk rings and answers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from ivr.simulator.carrier import Exchange, Request
from ivr.simulator.clock import Clock, steady
from ivr.simulator.dial import dial
from ivr.simulator.dial_attempt import TALK_SECONDS
from ivr.simulator.ear import Ear
from ivr.simulator.gather import gather
from ivr.simulator.leg import Act, Ending, Leg, Steps
from ivr.simulator.observe import Seen, State
from ivr.simulator.play import sound
from ivr.simulator.problems import OutOfTurn, TelephoneError
from ivr.simulator.readings import FIRST, Readings
from ivr.simulator.record import record
from ivr.simulator.redirect import hangup, redirect, reject
from ivr.simulator.stops import OUTCOMES, CallerGone, DeskLeft, Event, Keys, Listening, Outcome, PickedUp, Silence, Stop
from ivr.simulator.transport import Transport
from ivr.simulator.verbs import Dial, Gather, Hangup, Pause, Play, Record, Redirect, Reject, Say

ACTS: Mapping[type[object], Act] = {
    Say: sound,
    Play: sound,
    Pause: sound,
    Gather: gather,
    Dial: dial,
    Redirect: redirect,
    Hangup: hangup,
    Reject: reject,
    Record: record,
}


GOING_ON: tuple[State, ...] = ("waiting", "ringing", "talking", "whispering")


@dataclass(frozen=True)
class Action:
    """What somebody did to begin turn number `turn`, in the words of a script."""

    words: str
    turn: int


class Call(Seen):
    """One call to the app at `url`. It runs by itself until somebody has to decide: see `state`.

    At each stop everything up to it has been heard to its end. `after` moves a key or a hang-up
    back into what was playing: it counts seconds from the beginning of the turn, that is from the
    end of the last action.
    """

    def __init__(
        self,
        transport: Transport,
        url: str,
        *,
        token: str = "",
        from_: str = "anonymous",
        to: str = "+99900000000",
        fallback_url: str = "",
        status_url: str = "",
        portable: bool = False,
        strict: bool = True,
        at: datetime | None = None,
        type_ahead: Literal["dropped", "kept"] = "dropped",
        readings: Readings = FIRST,
        owned: frozenset[str] = frozenset(),
        idempotency_token: bool = False,
        sid: str = "",
    ) -> None:
        self.url, self.status_url, self.at = url, status_url, at and steady(at)
        self._clock = Clock(self.at)
        self._exchange = Exchange(
            transport, self._clock, token, fallback_url, portable, strict, idempotency_token, readings
        )
        self._ear = Ear(self._clock)
        self._leg = Leg(self._exchange, self._ear, ACTS, from_, to, type_ahead=type_ahead, owned=owned)
        self._leg.sid = sid or self._leg.sid
        self._steps: Steps[Ending] = self._leg.run(Request(url))
        self._stop: Stop | None = None
        self.actions: list[Action] = []
        self.ended_by: Ending | None = None

    # What the caller, and then the desk, can do.

    def start(self) -> Call:
        """Dials, and runs to the first stop."""
        self._must_be("start()", "idle")
        self._advance(None)
        return self

    def press(self, keys: str, after: float | None = None) -> Call:
        """Keys one after another, once all is heard, or from `after` seconds of this turn on."""
        self._must_be("press()", "waiting", "ringing", "talking")
        return self._act(Keys(_keys(keys), after), f"press {keys}", after)

    def wait(self) -> Call:
        """Silence until the Gather's timeout, the end of the ringing, or the time limit."""
        self._must_be("wait()", "waiting", "ringing", "talking", "whispering")
        return self._act(Silence(), "wait")

    def hang_up(self, after: float | None = None) -> Call:
        """The caller hangs up: `after` seconds of this turn, the ringing or the talk."""
        self._must_be("hang_up()", *GOING_ON)
        gone = CallerGone(self._left_at(after))
        self._begin_turn(f"hang-up{_after(after)}")
        self._run(lambda: self._steps.throw(gone))
        return self

    def clock_at(self, moment: datetime) -> Call:
        """Moves the simulated clock forward to `moment`, in the offset of `at`; nothing is heard meanwhile.

        As if the call had begun later: its seconds and its waits don't change.
        """
        self._must_be("clock_at()", *GOING_ON)
        moment = self._clock.move_on_to(moment)
        self._clock.mark()
        self._begin_turn(f"clock {moment.replace(tzinfo=None)}")
        return self

    def desk(self, outcome: Outcome, number: str | None = None, after: float | None = None) -> Call:
        """The ringing's outcome, of `number` or of all; "leave" hangs up in the whisper."""
        self._must_be("desk()", "ringing")
        if outcome not in OUTCOMES:
            raise ValueError(f"desk({outcome!r}): must be one of {', '.join(OUTCOMES)}")
        if number is not None and number not in self.ringing:
            raise OutOfTurn(f"{number} is not ringing: {', '.join(self.ringing)} is")
        which = f" {number}" if number else ""
        return self._act(PickedUp(outcome, number, after), f"desk {outcome}{which}", after)

    def desk_press(self, keys: str, after: float | None = None) -> Call:
        """Keys on the desk's telephone, where its whisper has a Gather."""
        self._must_be("desk_press()", "whispering")
        return self._act(Keys(_keys(keys), after), f"desk press {keys}", after)

    def desk_hangs_up(self, after: float | None = None) -> Call:
        """The desk hangs up after so many seconds of talk (60), or at its whisper's Gather."""
        self._must_be("desk_hangs_up()", "talking", "whispering")
        seconds = self._left_at(after) if self.state == "whispering" else _forward(after)
        return self._act(DeskLeft(TALK_SECONDS if seconds is None else seconds), f"desk hang-up{_after(after)}")

    # How it runs.

    def _must_be(self, what: str, *states: State) -> None:
        if self.state not in states:
            over = f" ({self.ended_by})" if self.ended_by else ""
            raise OutOfTurn(f"{what} needs a call that is {' or '.join(states)}; it is {self.state}{over}")

    def _act(self, event: Event, words: str, after: float | None = None) -> Call:
        self._check_time(after)
        self._begin_turn(words + _after(after))
        self._advance(event)
        return self

    def _begin_turn(self, words: str) -> None:
        self._ear.turn += 1
        self._exchange.turn_began = len(self._exchange.pages)
        self.actions.append(Action(words, self._ear.turn))

    def _advance(self, event: Event | None) -> None:
        self._run(lambda: next(self._steps) if event is None else self._steps.send(event))

    def _run(self, resume: Callable[[], Stop]) -> None:
        try:
            self._stop = resume()
        except StopIteration as finished:
            self._end(finished.value)
        except CallerGone:
            self._end("caller")
        except TelephoneError:
            self._stop, self.ended_by = None, "telephone error"
            raise

    def _check_time(self, after: float | None) -> None:
        if after is None or self._stop is None:
            return
        _forward(after)
        ends = self._stop.ends_at - self._clock.turn
        if after >= ends:
            raise OutOfTurn(f"after {after:g} s is too late: this wait ends after {ends:g} s; wait() first")

    def _left_at(self, after: float | None) -> float | None:
        """Callers who hang up while listening leave in the middle of a sound and don't hear the rest."""
        self._check_time(after)
        if not isinstance(self._stop, Listening):
            return after
        if after is not None:
            self._leave_early(after)
        return 0.0

    def _leave_early(self, after: float) -> None:
        moment = self._clock.turn + after
        asked = self._exchange.pages[-1]
        if moment < asked.at:
            raise OutOfTurn(f"after {after:g} s nobody was there when {asked.url} was asked")
        self._ear.cut(moment)

    def _end(self, how: Ending) -> None:
        """Twilio, "Status callback": one request after the end, with the whole call's seconds."""
        self._stop, self.ended_by = None, how
        if how != "reject":
            self._leg.status = "completed"
        if self.status_url:
            told = {"CallDuration": str(round(self._clock.now))}
            self._exchange.tell(Request(self.status_url, "POST", told), self._leg)


def _keys(keys: str) -> str:
    if not keys or set(keys) - set("0123456789*#"):
        raise ValueError(f"{keys!r}: a telephone has the keys 0 to 9, * and #")
    return keys


def _forward(after: float | None) -> float | None:
    if after is not None and not 0 <= after < math.inf:
        raise ValueError(f"after {after:g} s: time only goes forward")
    return after


def _after(after: float | None) -> str:
    """In digits that mean exactly this number, never with an exponent."""
    if after is None:
        return ""
    digits = format(Decimal(repr(float(after))), "f")
    return f" after {digits.rstrip('0').rstrip('.') if '.' in digits else digits}"
