"""What happens next in a call: steps, named as in TwiML. Plain values.

Named tuples, since a call makes many of them: they are made and compared several times as fast as frozen dataclasses.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from ivr.flow.places import EventKind, Place


class Play(NamedTuple):
    """A clip, by language and prompt."""

    language: str
    prompt: str

    @property
    def name(self) -> str:
        return f"{self.language}/{self.prompt}"


class Gather(NamedTuple):
    """Clips that a key stops, then a wait of `wait` seconds; keys go to `place` as `event`, silence to the next step.

    No key ends it early: whether a finishing key before any digit is input, Twilio's pages leave open.
    """

    plays: tuple[Play, ...]
    place: Place
    wait: int
    digits: int = 1
    event: EventKind = "keys"


class Redirect(NamedTuple):
    """The call goes on at `place`, as if `event` had happened there."""

    place: Place
    event: EventKind


class Dial(NamedTuple):
    """Ring a desk, which first hears the whisper of `place`; the outcome goes to `place`. Times are in seconds.

    The number may have an extension (`split_extension` in numbers.py), dialled once it has been answered.
    """

    number: str
    caller_id: str
    ring: int
    time_limit: int
    place: Place


@dataclass(frozen=True)
class Hangup:
    """The end of the call."""


Step: TypeAlias = Play | Gather | Redirect | Dial | Hangup
Steps: TypeAlias = tuple[Step, ...]

# How much of a page is said: everything, all but its content, or only the keys in short.
Form: TypeAlias = Literal["all", "options", "short"]


class Visit(NamedTuple):
    """Another page follows within the same answer, after `before`."""

    place: Place
    before: tuple[Play, ...] = ()
    form: Form = "all"


def plays(steps: Steps) -> Iterator[Play]:
    """Everything that callers hear who press no key, in order."""
    for step in steps:
        if isinstance(step, Play):
            yield step
        elif isinstance(step, Gather):
            yield from step.plays
