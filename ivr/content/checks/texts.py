"""Each language's words are complete: a text for every prompt, with all its sentences, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.content.checks.check import DESKS, HELPLINE, PROMPTS, Draft, Mistake, check, text_file
from ivr.content.composing import is_spoken_in
from ivr.content.did_you_mean import unknown
from ivr.content.words import Sentence


@check("missing-text", HELPLINE, DESKS, PROMPTS)
def every_prompt(draft: Draft) -> Iterator[Mistake]:
    for language, text in draft.texts.items():
        for name, prompt in draft.prompts.items():
            if name not in text.prompts and is_spoken_in(draft, prompt, language):
                yield Mistake(text_file(language), ("prompts",), f'the prompt "{name}" has no text', at_key=True)


@check("text-without-prompt", PROMPTS)
def no_other_prompt(draft: Draft) -> Iterator[Mistake]:
    for language, text in draft.texts.items():
        for name in text.prompts:
            if name not in draft.prompts:
                message = unknown(name, draft.prompts, "prompt", " in prompts.yaml")
                yield Mistake(text_file(language), ("prompts", name), message, at_key=True)


@check("text-never-spoken", HELPLINE, DESKS, PROMPTS)
def only_what_is_spoken(draft: Draft) -> Iterator[Mistake]:
    for language, text in draft.texts.items():
        for name in text.prompts:
            prompt = draft.prompts.get(name)
            if prompt and not is_spoken_in(draft, prompt, language):
                message = f'the prompt "{name}" is not spoken in this language (`in` in prompts.yaml)'
                yield Mistake(text_file(language), ("prompts", name), message, at_key=True)


def _both(draft: Draft) -> Iterator[tuple[str, str, dict[str, Sentence], dict[str, tuple[str, ...]]]]:
    """(language, prompt, the sentences written, those of prompts.yaml)."""
    for language, text in draft.texts.items():
        for name, written in text.prompts.items():
            if name in draft.prompts:
                yield language, name, written, draft.prompts[name].sentences


@check("missing-sentence", PROMPTS)
def every_sentence(draft: Draft) -> Iterator[Mistake]:
    for language, name, written, wanted in _both(draft):
        for sentence in wanted.keys() - written.keys():
            message = f'the sentence "{sentence}" is missing'
            yield Mistake(text_file(language), ("prompts", name), message, at_key=True)


@check("unknown-sentence", PROMPTS)
def no_other_sentence(draft: Draft) -> Iterator[Mistake]:
    for language, name, written, wanted in _both(draft):
        for sentence in written.keys() - wanted.keys():
            message = unknown(sentence, wanted, "sentence", f' in the prompt "{name}"')
            yield Mistake(text_file(language), ("prompts", name, sentence), message, at_key=True)
