"""The keys of a menu: where each leads, and which of them are offered."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ivr.content.composing import told_facts
from ivr.content.desk_order import KEPT, desk_keys
from ivr.content.menus import Option
from ivr.content.model import Helpline
from ivr.content.pages import DESK, HANG_UP
from ivr.flow.matching import told_desks, voices


class Choice(NamedTuple):
    """One key of a menu, for one caller: the page it leads to, and the prompts that offer it."""

    key: str
    page: str
    say: str
    short: str


@lru_cache(maxsize=KEPT)
def choices(helpline: Helpline, page: str, language: str) -> tuple[Choice, ...]:
    """The keys that a menu offers, in order; not those with nothing left to say (withdrawn, not filled in)."""
    return tuple(
        choice for choice in all_choices(helpline, page, language) if has_words(helpline, choice.page, language)
    )


def all_choices(helpline: Helpline, page: str, language: str) -> Iterator[Choice]:
    """All keys of a menu, offered or not: desks first, then the options."""
    menu = helpline.menus[page]
    for name, key in desk_keys(helpline, language).items() if menu.desks else ():
        prompts = helpline.desks[name].say
        yield Choice(key, DESK + name, prompts.option, prompts.option_short)
    for key, option in menu.options.items():
        yield Choice(key, option.page, option.say, option.short)


@lru_cache(maxsize=KEPT)
def has_words(helpline: Helpline, page: str, language: str) -> bool:
    """Whether a page has anything left to say or to offer in this language."""
    told = told_desks(helpline, language)
    if page.startswith(DESK):
        return page.removeprefix(DESK) in told
    if page.startswith(HANG_UP):
        return _says(helpline, (page.removeprefix(HANG_UP),), language)
    menu = helpline.menus[page]
    if _says(helpline, menu.say, language) or (menu.desks and told):
        return True
    return any(has_words(helpline, option.page, language) for option in menu.options.values())


def _says(helpline: Helpline, prompts: Iterable[str], language: str) -> bool:
    spoken = [helpline.clip_texts[voice] for voice in voices(helpline, language)]
    return any(prompt in texts for prompt in prompts for texts in spoken)


@lru_cache(maxsize=KEPT)
def names_its_desk(helpline: Helpline, language: str, option: Option) -> bool:
    """Whether callers who hear an option that rings a desk are told by it who runs that desk.

    They are if its words carry a fact that the sentence about the operator carries too.
    """
    operator = helpline.desks[option.connect].say.operator
    return all(
        _facts(helpline, voice, option.say) & _facts(helpline, voice, operator) for voice in voices(helpline, language)
    )


def _facts(helpline: Helpline, language: str, prompt: str) -> set[str]:
    if prompt not in helpline.clip_texts[language]:
        return set()
    return {fact for facts in told_facts(helpline, language, prompt) for fact in facts}
