"""A check: a small function that finds one kind of mistake, its lasting name, and the files that it needs."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ivr.content.model import Helpline
from ivr.content.source import Source, Where

HELPLINE, FACTS, MENUS, DESKS = "helpline.yaml", "facts.yaml", "menus.yaml", "desks.yaml"
PROMPTS, GLOSSARY, CODES = "prompts.yaml", "glossary.yaml", "codes.yaml"


@dataclass(frozen=True, eq=False)
class Draft(Helpline):
    """A helpline as its files have it, not checked yet.

    Files with mistakes of their own are left out: a check runs only if the files that it `needs` are there, and sees in
    `texts` those that are. `sources` are all files that could be read, by name. `clip_texts` is empty.
    """

    sources: Mapping[str, Source]
    codes: Mapping[str, str]


@dataclass(frozen=True)
class Mistake:
    """A mistake: a file of the helpline, a path of keys in it, and what would be right."""

    file: str
    where: Where
    message: str
    at_key: bool = False


Find = Callable[[Draft], Iterator[Mistake]]


@dataclass(frozen=True)
class Check:
    name: str
    needs: frozenset[str]
    find: Find


def check(name: str, *needs: str) -> Callable[[Find], Check]:
    """Makes a function the check `name`, which runs if the files `needs` have no mistakes of their own."""
    return lambda find: Check(name, frozenset(needs), find)


def text_file(language: str) -> str:
    return f"text/{language}.yaml"
