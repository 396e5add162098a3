"""A place of the call flow: what is said there, and which keys lead on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from ivr.console.prompt_texts import Said

Kind: TypeAlias = Literal["list", "menu", "answer", "person", "desk", "transfer", "endings"]
# No pages of the engine's, and no names of menus: what is said on the way to a desk, and how calls end.
TRANSFER, ENDINGS = ".transfer", ".endings"


@dataclass(frozen=True)
class Part:
    """What is said one after another. `title` is named in the catalogues as `part_...`; `about` names a desk."""

    title: str
    said: tuple[Said, ...]
    about: str = ""

    @property
    def seconds(self) -> float:
        return sum(said.seconds for said in self.said)


@dataclass(frozen=True)
class Key:
    """A key that leads on; `short` offers it when the menu is repeated.

    One that is `off` is not offered: nothing is left to say behind it, or its desk connects nobody.
    """

    key: str
    page: str
    said: Said
    off: bool = False
    short: Said | None = None


@dataclass(frozen=True)
class Spot:
    """A place. `offers` are the standard keys that are said aloud there."""

    page: str
    kind: Kind
    parts: tuple[Part, ...] = ()
    keys: tuple[Key, ...] = ()
    offers: tuple[Key, ...] = ()

    @property
    def everything(self) -> tuple[Said, ...]:
        """All that belongs here, said or not."""
        keys = (*self.keys, *self.offers)
        shorts = (key.short for key in keys if key.short)
        return (*(said for part in self.parts for said in part.said), *(key.said for key in keys), *shorts)

    @property
    def live(self) -> tuple[Said, ...]:
        """All that callers would hear here if it had a sound."""
        parts = [said for part in self.parts for said in part.said if said.line]
        return (*parts, *(key.said for key in (*self.keys, *self.offers) if key.said.line and not key.off))

    @property
    def is_silent(self) -> bool:
        """Whether callers meet silence: nothing is said at all, or some of it has no sound."""
        return not self.live or any(said.is_silent for said in self.live)

    @property
    def seconds(self) -> float:
        return sum(said.seconds for said in self.live)
