"""Each language's words are complete: a text for every prompt, with all its sentences, and nothing else."""

from collections.abc import Iterator

from ivr.content.checks.check import DESKS, HELPLINE, PROMPTS, Draft, Mistake, check, text_file
from ivr.content.composing import is_spoken_in
from ivr.content.did_you_mean import unknown
from ivr.content.hours import never_closes
from ivr.content.opening import TOLD_DAYS
from ivr.content.words import Sentence


@check("missing-text", HELPLINE, DESKS, PROMPTS)
def every_prompt(draft: Draft) -> Iterator[Mistake]:
    for language, text in draft.texts.items():
        for name in draft.prompts:
            if name not in text.prompts and is_spoken_in(draft, name, language):
                yield Mistake(text_file(language), ("prompts",), f'the prompt "{name}" has no text', at_key=True)


@check("missing-key", HELPLINE, DESKS)
def words_for_closed_desks(draft: Draft) -> Iterator[Mistake]:
    closes = not all(map(never_closes, draft.desks.values()))
    for language, text in draft.texts.items():
        if closes and not text.opening and language in draft.languages:
            message = 'the key "opening" is missing here: how callers are told when a closed desk opens'
            yield Mistake(text_file(language), ("opening",), message, at_key=True)


@check("missing-day-word", HELPLINE, DESKS)
def words_for_days(draft: Draft) -> Iterator[Mistake]:
    told = draft.tells_of_desks
    for language, text in draft.texts.items():
        days = text.opening.days if text.opening else {}
        missing = [day for day in TOLD_DAYS if day not in days]
        if told and missing and language in draft.languages:
            message = f"`days` of `opening` lacks {', '.join(missing)}; they come before `closed_on` and `other_hours`"
            yield Mistake(text_file(language), ("opening",), message, at_key=True)


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
            if name in draft.prompts and not is_spoken_in(draft, name, language):
                why = "`greets` in helpline.yaml" if language in draft.about.greets else "`in` in prompts.yaml"
                message = f'the prompt "{name}" is not spoken in this language ({why})'
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
