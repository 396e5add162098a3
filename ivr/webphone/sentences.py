"""What a sound says, sentence by sentence, each with its language and the direction in which it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypedDict

from ivr.content.model import Helpline
from ivr.simulator import Heard

Direction: TypeAlias = Literal["ltr", "rtl"]


class Sentence(TypedDict):
    text: str
    lang: str
    dir: Direction


@dataclass(frozen=True)
class Texts:
    """The language of every text that a helpline can say, and in which direction each language is written."""

    languages: Mapping[str, str]
    directions: Mapping[str, Direction]


def known_texts(helpline: Helpline) -> Texts:
    """The texts of a helpline; a text that two languages share counts for one of them, which readers won't notice."""
    lines = [line for lines in helpline.clip_texts.values() for line in lines.values()]
    return Texts(
        languages={
            text: line.language for line in lines for text in (*line.sentences, line.text, line.written) if text
        },
        directions={language: text.direction for language, text in helpline.texts.items()},
    )


def sentences(sound: Heard, texts: Texts) -> list[Sentence]:
    """The language list is one sound in many languages, a line for each; everything else is one line."""
    named = sound.prompt.partition("/")[0] or sound.language
    return [_sentence(text, texts.languages.get(text, named), texts) for text in sound.text.split("\n") if text]


def _sentence(text: str, language: str, texts: Texts) -> Sentence:
    return Sentence(text=text, lang=language, dir=texts.directions.get(language, "ltr"))
