"""Slots: names in braces that the line replaces by a word, such as ``{key}``."""

import re
from collections.abc import Mapping

SLOT = re.compile(r"\{([a-z_]+)\}")


def slots(text: str) -> set[str]:
    """The slots of a text; raises ValueError for any other brace."""
    rest = SLOT.sub("", text)
    if "{" in rest or "}" in rest:
        raise ValueError(f"braces that are not a slot in {text!r}")
    return set(SLOT.findall(text))


def put_in(text: str, words: Mapping[str, str]) -> str:
    """The text with every slot replaced by its word; raises KeyError for a slot without a word."""
    return SLOT.sub(lambda slot: words[slot[1]], text)
