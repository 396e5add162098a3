"""What callers of one language hear when nobody can be connected: every menu and desk, once, in order."""

from typing import NamedTuple

from ivr.content.model import Helpline
from ivr.content.pages import DESK, HANG_UP
from ivr.flow.choices import choices
from ivr.flow.matching import described, told_desks
from ivr.flow.pages import NOBODY, desk, menu
from ivr.flow.places import Place
from ivr.flow.say import Page, spoken
from ivr.flow.steps import Play


class Part(NamedTuple):
    """A page, the one above it, and the prompts of the option that leads there (none, if no option does)."""

    page: str
    above: str = ""
    label: str = ""
    short: str = ""


def parts(helpline: Helpline, language: str) -> tuple[Part, ...]:
    """All parts from the first menu down, each page before those that it offers; then those that no option leads to."""
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


def page_of(helpline: Helpline, language: str, part: Part) -> Page:
    """What the live line says on a page, at any hour, if nobody can be connected."""
    if part.page in helpline.menus:
        return menu(helpline, part.page, language, person=False)
    return desk(helpline, described(helpline, language)[Place(part.page).desk])


def content(helpline: Helpline, language: str, part: Part) -> tuple[Play, ...]:
    """A page's words without its keys; that nobody can be connected, where the live line offers desks or rings one."""
    options = (option for menu in helpline.menus.values() for option in menu.options.values() if option.connect)
    rings = part.page in {option.page for option in options}
    offers_desks = rings or (part.page in helpline.menus and helpline.menus[part.page].desks)
    told = tuple(said for said in page_of(helpline, language, part) if not said.key)
    return (*(spoken(helpline, language, NOBODY) if offers_desks else ()), *spoken(helpline, language, told))


def ends(helpline: Helpline, language: str) -> frozenset[str]:
    """The pages where an option ends the call: callers without keys never hear them."""
    pages = (choice.page for name in helpline.menus for choice in choices(helpline, name, language))
    return frozenset(page for page in pages if page.startswith(HANG_UP))


def standard_keys(helpline: Helpline, language: str, part: Part) -> Page:
    """The standard keys that a page announces, except the one that leads to a person."""
    return tuple(said for said in page_of(helpline, language, part) if said.role == "standard-key")


def _collect(helpline: Helpline, language: str, part: Part, found: dict[str, Part]) -> None:
    if part.page not in found and not part.page.startswith(HANG_UP):
        found[part.page] = part
        for lower in below(helpline, language, part):
            _collect(helpline, language, lower, found)
