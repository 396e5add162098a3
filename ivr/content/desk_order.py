"""The order in which callers are offered the desks, and their keys: decided by the content, the same at every hour."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ivr.content.model import Helpline, Relation

# The desk that speaks the caller's language itself comes first; one that does not list it comes last.
PREFERENCE: tuple[Relation, ...] = ("direct", "interpreter", "possible", "unlisted")

# What depends on the content alone is worked out once, not for each key pressed.
KEPT = 8192


@lru_cache(maxsize=KEPT)
def desk_order(helpline: Helpline, language: str) -> tuple[str, ...]:
    """All desks, best match first; the position gives a desk its key, the same at every hour."""

    def preference(name: str) -> int:
        return PREFERENCE.index(helpline.desks[name].languages.relation(language))

    return tuple(sorted(helpline.desks, key=preference))


@lru_cache(maxsize=KEPT)
def desk_keys(helpline: Helpline, language: str) -> Mapping[str, str]:
    return {name: str(position) for position, name in enumerate(desk_order(helpline, language), start=1)}
