"""The keys of a menu: where each leads, and which of them are offered."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ivr.content.desk_order import KEPT, desk_keys
from ivr.content.model import Helpline
from ivr.content.pages import DESK
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
    pages = {DESK + name for name in told_desks(helpline, language)}
    pages |= {name for name in helpline.menus if has_words(helpline, name, language)}
    return tuple(choice for choice in all_choices(helpline, page, language) if choice.page in pages)


def all_choices(helpline: Helpline, page: str, language: str) -> Iterator[Choice]:
    """All keys of a menu, offered or not: desks first, then the options."""
    menu = helpline.menus[page]
    for name, key in desk_keys(helpline, language).items() if menu.desks else ():
        prompts = helpline.desks[name].say
        yield Choice(key, DESK + name, prompts.option, prompts.option_short)
    for key, option in menu.options.items():
        yield Choice(key, option.to, option.say, option.short)


@lru_cache(maxsize=KEPT)
def has_words(helpline: Helpline, name: str, language: str) -> bool:
    """Whether a page has anything left to say or to offer in this language."""
    menu = helpline.menus[name]
    spoken = [helpline.clip_texts[voice] for voice in voices(helpline, language)]
    if any(prompt in texts for prompt in menu.say for texts in spoken) or (
        menu.desks and told_desks(helpline, language)
    ):
        return True
    return any(has_words(helpline, option.to, language) for option in menu.options.values())
