"""The words of each language, one by one, with their places."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from ivr.content.checks.check import HELPLINE, Draft, text_file
from ivr.content.source import Source, Where

OPENINGS = ("today", "tomorrow", "weekday", "date")


@dataclass(frozen=True)
class Words:
    """Text in `language` as written; `prompt` is empty if it belongs to none."""

    language: str
    file: str
    where: Where
    text: str
    prompt: str = ""


@lru_cache(maxsize=1)
def sentences(draft: Draft) -> tuple[Words, ...]:
    """What is spoken as a sentence: texts, what engines read instead, and opening times.

    Kept, since a dozen checks look at every sentence.
    """
    return tuple(_sentences(draft))


def _sentences(draft: Draft) -> Iterator[Words]:
    for language, text in draft.texts.items():
        file = text_file(language)
        for kind in OPENINGS if text.opening else ():
            yield Words(language, file, ("opening", kind), getattr(text.opening, kind))
        for name, prompt in text.prompts.items():
            for key, sentence in prompt.items():
                for part, written in (("text", sentence.text), ("spoken", sentence.spoken)):
                    for index, words in enumerate(written):
                        where = place(draft.sources[file], ("prompts", name, key), part, index)
                        yield Words(language, file, where, words, name)


def place(source: Source, where: Where, part: str, index: int) -> Where:
    """A sentence is a text, a list of texts, or a mapping that has either under `text` and `spoken`."""
    short = (*where, index)
    return short if part == "text" and short in source.values else (*where, part, index)


@lru_cache(maxsize=1)
def single_words(draft: Draft) -> tuple[Words, ...]:
    """What is filled into sentences: the words of keys, names, times and days. Kept, like sentences."""
    return tuple(_single_words(draft))


def _single_words(draft: Draft) -> Iterator[Words]:
    for language, text in draft.texts.items():
        file = text_file(language)
        yield Words(language, file, ("name",), text.name)
        tables: dict[Where, dict[str, str]] = {
            ("keys",): text.keys,
            ("language_names",): text.language_names,
        }
        for part in ("times", "weekdays", "dates", "days") if text.opening else ():
            tables["opening", part] = getattr(text.opening, part)
        for where, table in tables.items():
            for key, words in table.items():
                yield Words(language, file, (*where, key), words)


def filled_words(draft: Draft) -> Iterator[Words]:
    """What the operator has filled in."""
    for slot, table in draft.about.fill.items():
        for language, filled in table.items():
            where: Where = ("fill", slot, language)
            written = (*where, "text") if (*where, "text") in draft.sources[HELPLINE].values else where
            yield Words(language, HELPLINE, written, filled.text)


def all_words(draft: Draft) -> Iterator[Words]:
    """Everything that the texts say."""
    return chain(sentences(draft), single_words(draft))


def printed_words(draft: Draft) -> Iterator[Words]:
    """What cards say: it is read, not spoken, so it may have digits and needs no full stop."""
    for language, text in draft.texts.items():
        if text.card:
            file = text_file(language)
            for part in ("title", "call", "press") if text.card.press else ("title", "call"):
                yield Words(language, file, ("card", part, "text"), getattr(text.card, part).text)
            if text.card.name:
                yield Words(language, file, ("card", "name"), text.card.name)


def written_words(draft: Draft) -> Iterator[Words]:
    """Everything that the texts and cards say."""
    return chain(all_words(draft), printed_words(draft))
