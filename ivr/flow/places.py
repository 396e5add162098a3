"""Where a call is, and what happened there. Plain values; an address carries both.

Named tuples, since a call makes many of them: they are made and compared several times as fast as frozen dataclasses.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from ivr.content.pages import DESK, LANGUAGES

EventKind: TypeAlias = Literal["show", "keys", "silence", "dial", "dialled", "whisper", "accept"]
Outcome: TypeAlias = Literal["answered", "busy", "no-answer", "failed"]

# What happens on the leg to a desk, where no caller hears the answer.
DESKS_SIDE: tuple[EventKind, ...] = ("whisper", "accept")


class Place(NamedTuple):
    """Where a call is: everything that later steps need to know, since the address carries it.

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
        """The same page after a round without a usable key; `silent` if silent rounds are counted."""
        return self._replace(tries=self.tries + 1, silences=self.silences + 1 if silent else 0)

    @property
    def desk(self) -> str:
        """The name of the desk whose page this is, or empty."""
        return self.page.removeprefix(DESK) if self.page.startswith(DESK) else ""


class Event(NamedTuple):
    """What happened at a place: the call came there, keys were pressed, or a desk was dialled with this outcome."""

    kind: EventKind = "show"
    digits: str = ""
    outcome: Outcome = "failed"
