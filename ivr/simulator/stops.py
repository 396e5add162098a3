"""Where a call stops for somebody to decide, and what can happen there.

`ends_at` of a stop is the moment in the call when its wait is over: nothing can happen there later.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from ivr.simulator.ear import LegName

Outcome = Literal["answer", "busy", "no-answer", "failed", "leave"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


@dataclass(frozen=True)
class Listening:
    """A Gather (or a Record) on one leg, after everything nested in it has been heard.

    Keys count from `since` on: what sounded before it can't be cut short.
    """

    leg: LegName
    ends_at: float
    since: float = 0.0


@dataclass(frozen=True)
class Ringing:
    """Numbers that ring at this moment, and the caller ID that they see."""

    numbers: tuple[str, ...]
    caller_id: str
    ends_at: float


@dataclass(frozen=True)
class Talking:
    """The caller and a desk are joined."""

    number: str
    ends_at: float


@dataclass(frozen=True)
class Keys:
    """Keys one after another, the first `after` seconds of the turn; None: once all is heard."""

    keys: str
    after: float | None = None


@dataclass(frozen=True)
class Silence:
    """Nobody does anything until the wait is over."""


@dataclass(frozen=True)
class PickedUp:
    """How the ringing ended; without `number`, for all that ring, though only one answers."""

    outcome: Outcome
    number: str | None = None
    after: float | None = None


@dataclass(frozen=True)
class DeskLeft:
    """The desk hangs up after `after` seconds of conversation."""

    after: float


Stop = Listening | Ringing | Talking
Event = Keys | Silence | PickedUp | DeskLeft


class CallerGone(Exception):  # noqa: N818 - named for what happened
    """Thrown into the call where it is: the caller hangs up, `after` seconds later."""

    def __init__(self, after: float | None = None) -> None:
        super().__init__("the caller hung up")
        self.after = after


class DeskGone(Exception):  # noqa: N818 - named for what happened
    """The desk hung up before it was joined."""
