"""A fact as callers hear it in the language of the page, and what falls silent or comes back with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from ivr.content.composing import prompt_keys
from ivr.content.model import Helpline
from ivr.content.slots import SLOT
from ivr.content.words import Sentence
from ivr.flow.withdrawal import Lost, lost, restored_with, with_withdrawn, withdrawn_with
from ivr.web.meanings import as_staff_write

# The sentences of a prompt, each with whether it says the fact in question.
Passage: TypeAlias = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Preview:
    """What withdrawing a fact takes from callers, or what bringing it back gives them: texts in one language.

    `facts` go together, the one that was asked about first.
    """

    facts: tuple[str, ...]
    sentences: tuple[str, ...]
    options: tuple[str, ...]
    desks: tuple[str, ...]


def sentences_of(helpline: Helpline, fact: str, language: str) -> str:
    """All sentences that say a fact, whether or not they are heard now; empty if none does in this language."""
    passages = passages_of(helpline, fact, language)
    said = dict.fromkeys(text for passage in passages for text, is_about_it in passage if is_about_it)
    return ("" if language == "ja" else " ").join(said)


def passages_of(helpline: Helpline, fact: str, language: str) -> tuple[Passage, ...]:
    """The prompts that say a fact, since a sentence may be the half of one."""
    return tuple(dict.fromkeys(_passages_of(helpline, fact, language)))


def prompts_of(helpline: Helpline, fact: str) -> tuple[str, ...]:
    return tuple(
        name for name, prompt in helpline.prompts.items() if any(fact in facts for facts in prompt.sentences.values())
    )


def withdrawal(helpline: Helpline, fact: str, language: str) -> Preview:
    others = withdrawn_with(helpline, fact)
    changed = with_withdrawn(helpline, frozenset({*helpline.about.withdrawn, fact, *others}), language)
    return _preview(helpline, (fact, *others), lost(helpline, changed, language), language)


def return_of(helpline: Helpline, fact: str, language: str) -> Preview:
    others = restored_with(helpline, fact)
    changed = with_withdrawn(helpline, frozenset(helpline.about.withdrawn) - {fact, *others}, language)
    return _preview(helpline, (fact, *others), lost(changed, helpline, language), language)


def _preview(helpline: Helpline, facts: tuple[str, ...], found: Lost, language: str) -> Preview:
    sentences = dict.fromkeys(_words(helpline, prompt, said, language) for prompt, said in found.sentences)
    return Preview(
        facts, tuple(sentences), tuple(as_staff_write(language, each) for each in found.options), found.desks
    )


def _passages_of(helpline: Helpline, fact: str, language: str) -> Iterator[Passage]:
    for prompt in prompts_of(helpline, fact):
        written = helpline.texts[language].prompts.get(prompt, {})
        facts = helpline.prompts[prompt].sentences
        yield tuple(
            (_words(helpline, prompt, written[name], language), fact in facts[name])
            for name in facts
            if name in written
        )


def _words(helpline: Helpline, prompt: str, sentence: Sentence, language: str) -> str:
    words = {slot: texts[language].text for slot, texts in helpline.about.fill.items() if language in texts}
    words |= {"name": helpline.texts[language].name, "key": prompt_keys(helpline, language).get(prompt, "…")}
    return as_staff_write(language, SLOT.sub(lambda slot: words.get(slot[1], "…"), " ".join(sentence.text)))
