"""The call flow as a tree of places, each drawn once, and the places that no call reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ivr.console.call_flow.place import Item, PlaceView
from ivr.console.prompt_texts import PromptText
from ivr.content.model import Helpline
from ivr.content.pages import ENDINGS, LANGUAGES, PERSON, TRANSFER
from ivr.content.unspoken import Unspoken

# off: not offered, since nothing is left to say there. again: drawn elsewhere. unreachable: no key leads there.
State: TypeAlias = Literal["", "off", "again", "silent", "unreachable"]


@dataclass(frozen=True)
class Branch:
    """A place, the key that leads to it, the prompt that offers the key, and why it is not offered, if known."""

    key: str
    page: str
    state: State = ""
    branches: tuple[Branch, ...] = ()
    said: PromptText | None = None
    gap: Unspoken | None = None

    @property
    def is_drawn(self) -> bool:
        """Whether its place is shown here, not just named."""
        return self.state not in ("off", "again")


def picture(helpline: Helpline, places: Mapping[str, PlaceView]) -> Branch:
    """The tree from the language list on. A place that several keys lead to is drawn below the first."""
    drawn = {LANGUAGES}
    start = _branch(places, None, helpline.flow.start, drawn)
    person = Branch("0", PERSON, _silent(places[PERSON]), tuple(_connecting(places)))
    helped = (_branch(places, None, helpline.flow.help, drawn),) if helpline.flow.help not in drawn else ()
    endings = Branch("", ENDINGS, _silent(places[ENDINGS]))
    return Branch("", LANGUAGES, _silent(places[LANGUAGES]), (start, person, *helped, endings))


def states(root: Branch, places: Mapping[str, PlaceView]) -> dict[str, State]:
    """The state of every place, drawn or not."""
    found = {branch.page: branch.state for branch in walk(root) if branch.is_drawn}
    waiting = [key.page for page in found for key in places[page].keys if key.off]
    while waiting:
        page = waiting.pop()
        if page in places and page not in found:
            found[page] = "off"
            waiting += [key.page for key in places[page].keys]
    return {page: found.get(page, "unreachable") for page in in_order(root, places)}


def in_order(root: Branch, pages: Iterable[str]) -> list[str]:
    """The places in the order of the picture, the others at the end."""
    drawn = dict.fromkeys(branch.page for branch in walk(root) if branch.is_drawn)
    return [*drawn, *(page for page in pages if page not in drawn)]


def loose(root: Branch, places: Mapping[str, PlaceView]) -> list[str]:
    """The places that the picture doesn't even name."""
    named = {branch.page for branch in walk(root)}
    return [page for page in places if page not in named]


def paths(root: Branch, before: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """The keys that lead to each drawn place, from the choice of the language on."""
    found: dict[str, tuple[str, ...]] = {}
    for branch in root.branches:
        keys = (*before, branch.key) if branch.key else before
        if branch.is_drawn:
            found |= {branch.page: keys} | paths(branch, keys)
    return found


def trail(branch: Branch, page: str) -> tuple[Branch, ...]:
    """The way from a branch down to where a place is drawn; empty if it isn't drawn below it."""
    if branch.page == page and branch.is_drawn:
        return (branch,)
    ways = (trail(below, page) for below in branch.branches)
    return next(((branch, *way) for way in ways if way), ())


def walk(branch: Branch) -> Iterator[Branch]:
    yield branch
    for below in branch.branches:
        yield from walk(below)


def _branch(places: Mapping[str, PlaceView], key: Item | None, page: str, drawn: set[str]) -> Branch:
    pressed, said = (key.key, key.said) if key else ("", None)
    if key and key.off:
        return Branch(pressed, page, "off", said=said, gap=_gap(places, key))
    if page in drawn:
        return Branch(pressed, page, "again", said=said)
    drawn.add(page)
    leading = [each for each in places[page].keys if each.page != TRANSFER]
    below = tuple(_branch(places, each, each.page, drawn) for each in leading)
    return Branch(pressed, page, _silent(places[page]), below, said)


def _gap(places: Mapping[str, PlaceView], key: Item) -> Unspoken | None:
    """Why neither the option nor anything in its place is said: the first reason, with all its names."""
    parts = places[key.page].parts if key.page in places else ()
    gaps = [
        said.unspoken for said in (key.said, *(item.said for part in parts for item in part.items)) if said.unspoken
    ]
    if not gaps:
        return None
    names = dict.fromkeys(name for gap in gaps if gap.why == gaps[0].why for name in gap.names)
    return Unspoken(gaps[0].why, tuple(names))


def _connecting(places: Mapping[str, PlaceView]) -> Iterator[Branch]:
    keys = [key for key in places[PERSON].keys if not key.off]
    if keys:
        yield Branch(" ".join(key.key for key in keys), TRANSFER, _silent(places[TRANSFER]))


def _silent(place: PlaceView) -> State:
    return "silent" if place.is_silent else ""
