"""The desks of a caller: in which order, with which keys, in which language; the same at every hour."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from ivr.content.desk_languages import Relation
from ivr.content.model import Helpline

# The desk that speaks the caller's language itself comes first; one that does not list it comes last.
PREFERENCE: tuple[Relation, ...] = ("direct", "interpreter", "possible", "unlisted")

# What depends on the content alone is worked out once, not for each key pressed.
KEPT = 8192


@lru_cache(maxsize=KEPT)
def desk_order(helpline: Helpline, language: str) -> tuple[str, ...]:
    """The desks that are not hidden from callers of this language, best match first.

    The position gives a desk its key, the same at every hour.
    """
    relations = {name: desk.languages.relation(language) for name, desk in helpline.desks.items()}
    shown = {name: PREFERENCE.index(relation) for name, relation in relations.items() if relation}
    return tuple(sorted(shown, key=shown.__getitem__))


@lru_cache(maxsize=KEPT)
def desk_keys(helpline: Helpline, language: str) -> Mapping[str, str]:
    return {name: str(position) for position, name in enumerate(desk_order(helpline, language), start=1)}


def spoken_at(helpline: Helpline, desk: str) -> str:
    """The language that the people at a desk speak among themselves."""
    return helpline.desks[desk].language or helpline.about.desk_language


@lru_cache(maxsize=KEPT)
def desk_languages(helpline: Helpline) -> tuple[str, ...]:
    """The languages in which whispers are heard and sentences to say are taught."""
    spoken = dict.fromkeys(spoken_at(helpline, desk) for desk in helpline.desks)
    return tuple(filter(None, spoken or (helpline.about.desk_language,)))


def overflows(helpline: Helpline, desk: str) -> Iterator[str]:
    """The desks that ring one after another in place of this one."""
    seen = {desk}
    while (desk := helpline.desks[desk].overflow) in helpline.desks and desk not in seen:
        seen.add(desk)
        yield desk
