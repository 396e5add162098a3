"""What the engine says shall happen: places in a call, what happened there, and the steps that follow. Plain values.

Named tuples, since a call makes many of them: they are made and compared several times as fast as frozen dataclasses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

EventKind: TypeAlias = Literal["show", "keys", "silence", "dial", "dialled", "whisper"]
Outcome: TypeAlias = Literal["answered", "busy", "no-answer", "failed"]

LANGUAGES = "languages"
PERSON = "person"
DESK = "desk."


class Place(NamedTuple):
    """Where a call is: all that later steps need to know, because it rides in the address.

    `page` is `languages`, `person`, `desk.<name>` or a menu's name. `language` is empty before one is chosen.
    `tries` counts the rounds of this page without a usable key, `silences` those of them that were silent in a row
    (in the language list and the first menu, where they lead elsewhere), `errors` our own in this call. `heard` names
    the desks whose operator was named in full on this page, `tried` those that were rung in vain, `origin` the menu
    that key 0 was pressed in, `number` which of a desk's numbers rings.
    """

    page: str = LANGUAGES
    language: str = ""
    tries: int = 0
    silences: int = 0
    errors: int = 0
    heard: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    origin: str = ""
    number: int = 0

    def at(self, page: str, *, tried: tuple[str, ...] = (), origin: str = "") -> Place:
        """A fresh visit of another page in the same call."""
        return Place(page=page, language=self.language, errors=self.errors, tried=tried, origin=origin)

    def failed_round(self, *, silent: bool = False) -> Place:
        """The same page after a round without a usable key; `silent` where silence counts."""
        return self._replace(tries=self.tries + 1, silences=self.silences + 1 if silent else 0)

    @property
    def desk(self) -> str:
        """The name of the desk whose page this is, or empty."""
        return self.page.removeprefix(DESK) if self.page.startswith(DESK) else ""


class Event(NamedTuple):
    """What happened at a place: it was reached, keys were pressed, or a desk was dialled with this outcome."""

    kind: EventKind = "show"
    digits: str = ""
    outcome: Outcome = "failed"


class Play(NamedTuple):
    """A clip, by language and prompt."""

    language: str
    prompt: str

    @property
    def name(self) -> str:
        return f"{self.language}/{self.prompt}"


class Gather(NamedTuple):
    """Clips that a key stops, then a wait of `wait` seconds; keys go to `place`, silence to the next step."""

    plays: tuple[Play, ...]
    place: Place
    wait: int
    digits: int = 1
    finish_on_key: str = ""


class Go(NamedTuple):
    """On with the call at `place`, as if `event` had happened there."""

    place: Place
    event: EventKind


class Transfer(NamedTuple):
    """Ring a desk; the outcome goes to `place`, whose whisper the desk hears before it is joined. Times are seconds."""

    number: str
    caller_id: str
    ring: int
    time_limit: int
    place: Place


@dataclass(frozen=True)
class Hangup:
    """The end of the call."""


Step: TypeAlias = Play | Gather | Go | Transfer | Hangup
Steps: TypeAlias = tuple[Step, ...]


class Visit(NamedTuple):
    """On to another page at once, within the same answer; `before` is said first.

    `form` tells how much of the page follows: `all` is everything, `options` leaves out what the
    page says, `short` offers the keys in few words.
    """

    place: Place
    before: tuple[Play, ...] = ()
    form: Literal["all", "options", "short"] = "all"
