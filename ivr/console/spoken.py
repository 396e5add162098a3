"""What a sound says, sentence by sentence, each with its language and the direction in which it is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Literal, TypedDict

from ivr.flow.model import Helpline
from ivr.phone import Heard


class Spoken(TypedDict):
    text: str
    lang: str
    dir: Literal["ltr", "rtl"]


def spoken(sound: Heard, languages: Mapping[str, str]) -> list[Spoken]:
    """The language list is one sound in many languages, a line for each; everything else is one line.

    `languages` tells the language of every text that the helpline can say.
    """
    named = sound.prompt.partition("/")[0] or sound.language
    return [
        Spoken(text=text, lang=languages.get(text, named), dir=direction(text))
        for text in sound.text.split("\n")
        if text
    ]


def languages_of_texts(helpline: Helpline) -> dict[str, str]:
    """Where two languages say the same, one of them; no reader will notice."""
    lines = [line for lines in helpline.lines.values() for line in lines.values()]
    return {text: line.language for line in lines for text in (line.text, line.written) if text}


def direction(text: str) -> Literal["ltr", "rtl"]:
    """Of its first letter that has one (Unicode Bidirectional Algorithm, rules P2 and P3)."""
    return "rtl" if next(_strong(text), "L") in ("R", "AL") else "ltr"


def _strong(text: str) -> Iterator[str]:
    return (kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL"))
