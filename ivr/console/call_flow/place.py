"""A place of the call flow: what is said there in each state, and which keys lead on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from ivr.console.call_flow.cases import Title
from ivr.console.prompt_texts import PromptText

Kind: TypeAlias = Literal["list", "menu", "answer", "person", "desk", "transfer", "ending", "endings"]


class Item(NamedTuple):
    """One thing that is said. It may offer `key`, which leads to `page`, if that is always the same.

    A key that is `off` is not offered: nothing is left to say there, or its desk connects nobody. `is_example`: an
    opening time, which depends on the moment. `is_repeated`: it already appeared in the same place.
    """

    said: PromptText
    key: str = ""
    page: str = ""
    off: bool = False
    is_example: bool = False
    is_repeated: bool = False


@dataclass(frozen=True)
class Part:
    """What callers hear one after another. `titles` are names of words (ivr/web/translations).

    `cases` are the states of the desks in which they hear it, with the open desks; () means all.
    """

    titles: tuple[str, ...]
    items: tuple[Item, ...]
    cases: tuple[tuple[Title, tuple[str, ...]], ...] = ()

    @property
    def heard(self) -> Iterator[PromptText]:
        return (item.said for item in self.items if item.said.line)


@dataclass(frozen=True)
class PlaceView:
    """A place of the call flow. Its first part is what callers hear while every desk is open.

    `keys` lead on, or are not offered.
    """

    page: str
    kind: Kind
    parts: tuple[Part, ...]
    keys: tuple[Item, ...] = ()

    @property
    def everything(self) -> Iterator[PromptText]:
        """Everything that belongs to the place, said or not."""
        yield from (item.said for items in (*(part.items for part in self.parts), self.keys) for item in items)

    @property
    def is_silent(self) -> bool:
        """Whether callers meet silence: nothing is said, or some of it has no sound."""
        heard = [said for part in self.parts for said in part.heard]
        return not heard or any(said.is_silent for said in heard)

    @property
    def seconds(self) -> float:
        return sum(said.seconds for said in self.parts[0].heard)
