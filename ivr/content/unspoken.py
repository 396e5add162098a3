"""Why a prompt is not spoken in a language, as staff see it."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from ivr.content.composing import is_spoken_in, told_sentences
from ivr.content.model import Helpline
from ivr.content.slots import slots

Why: TypeAlias = Literal["no-text", "other-languages", "withdrawn", "unfilled"]
# Words that the line itself fills in; all others come from `fill`.
OWN_SLOTS = {"key", "name", "code", "language"}


@dataclass(frozen=True)
class Unspoken:
    """`names` are the facts that were withdrawn, or the entries of `fill` that are empty."""

    why: Why
    names: tuple[str, ...] = ()


def unspoken(helpline: Helpline, language: str, prompt: str) -> Unspoken | None:
    """Why a prompt has no clip text in a language; None if the reason isn't the prompt itself."""
    if language not in helpline.texts:
        return Unspoken("no-text")
    if not is_spoken_in(helpline, prompt, language):
        return Unspoken("other-languages", helpline.prompts[prompt].only_in)
    if not any(told_sentences(helpline, language, prompt)):
        return Unspoken("withdrawn", withdrawn_facts(helpline, prompt))
    empty = sorted(_needed(helpline, language, prompt) - _filled(helpline, language))
    return Unspoken("unfilled", tuple(empty)) if empty else None


def withdrawn_facts(helpline: Helpline, prompt: str) -> tuple[str, ...]:
    carried = [fact for facts in helpline.prompts[prompt].sentences.values() for fact in facts]
    return tuple(fact for fact in dict.fromkeys(carried) if fact in helpline.about.withdrawn)


def _filled(helpline: Helpline, language: str) -> set[str]:
    return {name for name, words in helpline.about.fill.items() if language in words}


def _needed(helpline: Helpline, language: str, prompt: str) -> set[str]:
    sentences = (sentence for _name, sentence in told_sentences(helpline, language, prompt))
    told = (text for sentence in sentences for text in (*sentence.text, *sentence.spoken))
    return {*helpline.prompts[prompt].needs, *(slot for text in told for slot in slots(text) - OWN_SLOTS)}
