"""A call as it travels between page and server: when and where it began and what was done, signed."""

from dataclasses import dataclass
from datetime import datetime

from itsdangerous import BadData, URLSafeTimedSerializer

OLDEST = 6 * 3600  # seconds
SALT = "a call of the telephone on our pages"


@dataclass(frozen=True)
class State:
    """`actions` are lines of a script (ivr/simulator/script.py); `trace` shows how far they led.

    `start` is the path of the webhook that the call begins with, where that is not the line's first.
    """

    at: datetime
    start: str = ""
    actions: tuple[str, ...] = ()
    trace: str = ""


class Refusal(Exception):  # noqa: N818 - named for what happened
    """Why a call doesn't go on, as a name among the words of our pages."""


def seal(state: State, key: str) -> str:
    return str(_signer(key).dumps([state.at.isoformat(), state.start, state.actions, state.trace]))


def unseal(text: str, key: str) -> State:
    """The state in `text`; Refusal if this line didn't sign it, or long ago."""
    try:
        at, start, actions, trace = _signer(key).loads(text, max_age=OLDEST)
        return State(datetime.fromisoformat(at), start, tuple(actions), trace)
    except (BadData, ValueError, TypeError):
        raise Refusal("stale") from None


def _signer(key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, SALT)
