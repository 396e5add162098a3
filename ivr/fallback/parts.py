"""What is told to callers of one language when nobody can be connected: every menu and desk, once, in order."""

from __future__ import annotations

from typing import NamedTuple

from ivr.content.model import Helpline, StandardKey
from ivr.content.pages import DESK
from ivr.flow.matching import told_desks
from ivr.flow.menus import choices
from ivr.flow.places import Place
from ivr.flow.say import say
from ivr.flow.steps import Play

KEYS_OF_A_DESK: tuple[StandardKey, ...] = ("again", "back", "first")


class Part(NamedTuple):
    """A page, the one above it, and the prompts of the option that leads there (none, if no option does)."""

    page: str
    above: str = ""
    label: str = ""
    short: str = ""


def parts(helpline: Helpline, language: str) -> tuple[Part, ...]:
    """From the first menu down, each page before those that it offers; then what no option leads to."""
    found: dict[str, Part] = {}
    desks = (f"{DESK}{name}" for name in told_desks(helpline, language))
    for page in (helpline.flow.start, helpline.flow.help, *desks):
        _collect(helpline, language, Part(page), found)
    return tuple(found.values())


def below(helpline: Helpline, language: str, part: Part) -> tuple[Part, ...]:
    """The pages that a menu offers."""
    if part.page not in helpline.menus:
        return ()
    return tuple(Part(c.page, part.page, c.say, c.short) for c in choices(helpline, part.page, language))


def content(helpline: Helpline, language: str, part: Part) -> tuple[Play, ...]:
    """What a page tells. Nobody is connected here, which is said where the live line offers its desks."""
    desk = helpline.desks.get(Place(part.page).desk)
    if desk:
        how = desk.say.how.get(desk.languages.relation(language), ())
        return say(helpline, language, desk.say.operator, *desk.say.purpose, *how, *desk.say.hours)
    menu = helpline.menus[part.page]
    nobody = ("desks.none",) if menu.desks else ()
    return say(helpline, language, *nobody, *menu.say)


def standard_keys(helpline: Helpline, part: Part) -> tuple[StandardKey, ...]:
    """Those that the page offers aloud, but for the one that leads to a person."""
    offered = helpline.menus[part.page].offer if part.page in helpline.menus else KEYS_OF_A_DESK
    return tuple(name for name in offered if name != "person")


def _collect(helpline: Helpline, language: str, part: Part, found: dict[str, Part]) -> None:
    if part.page not in found:
        found[part.page] = part
        for lower in below(helpline, language, part):
            _collect(helpline, language, lower, found)
