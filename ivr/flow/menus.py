"""Menus and answers: what is said, which keys lead where, and what follows a wrong key or silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ivr.content.desk_order import KEPT, desk_keys
from ivr.content.model import Helpline
from ivr.content.pages import DESK, LANGUAGES, PERSON
from ivr.flow.endings import again, goodbye, home
from ivr.flow.matching import told_desks
from ivr.flow.places import Event, Place
from ivr.flow.say import listen, say, say_offer
from ivr.flow.situation import Situation
from ivr.flow.steps import Steps, Visit

SILENCES_OF_START = 2


@dataclass(frozen=True)
class Choice:
    """One key of a menu, for one caller: the page it leads to, and the prompts that offer it."""

    key: str
    page: str
    say: str
    short: str


def respond(helpline: Helpline, place: Place, event: Event, _situation: Situation) -> Steps | Visit:
    if place.language not in helpline.ready:
        return Visit(home(helpline, place))
    if event.kind == "keys":
        return _pressed(helpline, place, event.digits)
    if event.kind == "silence":
        return _silent(helpline, place)
    return Visit(place)


def show(helpline: Helpline, visit: Visit, situation: Situation) -> Steps:
    place, menu = visit.place, helpline.menus[visit.place.page]
    options = choices(helpline, place.page, place.language)
    if visit.form == "short":
        said = say(helpline, place.language, *(choice.short for choice in options))
        offered = say_offer(helpline, place, situation, ("person",) if options else menu.offer)
    else:
        content = menu.say if visit.form == "all" else ()
        said = say(helpline, place.language, *content, *(choice.say for choice in options))
        offered = say_offer(helpline, place, situation, menu.offer)
    return listen(helpline, place, (*visit.before, *said, *offered))


@lru_cache(maxsize=KEPT)
def choices(helpline: Helpline, page: str, language: str) -> tuple[Choice, ...]:
    """The keys of a menu in order. What has nothing left to say (withdrawn, not filled in) is not offered."""
    menu = helpline.menus[page]
    to_desks = _desks(helpline, language) if menu.desks else ()
    to_pages = (
        Choice(key, option.to, option.say, option.short)
        for key, option in menu.options.items()
        if has_words(helpline, option.to, language)
    )
    return (*to_desks, *to_pages)


def _desks(helpline: Helpline, language: str) -> Iterator[Choice]:
    for name in told_desks(helpline, language):
        prompts = helpline.desks[name].say
        yield Choice(desk_keys(helpline, language)[name], DESK + name, prompts.option, prompts.option_short)


@lru_cache(maxsize=KEPT)
def has_words(helpline: Helpline, name: str, language: str) -> bool:
    """Whether a page has anything left to say or to offer in this language."""
    menu = helpline.menus[name]
    if say(helpline, language, *menu.say) or (menu.desks and told_desks(helpline, language)):
        return True
    return any(has_words(helpline, option.to, language) for option in menu.options.values())


def _pressed(helpline: Helpline, place: Place, digits: str) -> Steps | Visit:
    if digits == "#":
        return Visit(place.at(place.page))
    if digits == "*":
        return _back(helpline, place)
    if digits == "0":
        return Visit(place.at(PERSON, origin=place.page))
    if digits == "9":
        return Visit(place.at(helpline.flow.start), form="options")
    for choice in choices(helpline, place.page, place.language):
        if choice.key == digits:
            return Visit(place.at(choice.page))
    return again(helpline, place.failed_round(), "invalid")


def _back(helpline: Helpline, place: Place) -> Visit:
    """The menu above; from the first menu the language list."""
    if place.page == helpline.flow.start:
        return Visit(Place(LANGUAGES, errors=place.errors))
    return Visit(place.at(_above(helpline, place.page)), form="options")


@lru_cache(maxsize=KEPT)
def _above(helpline: Helpline, page: str) -> str:
    """The first menu that leads to a page, or else the first menu of all."""
    above = (name for name, menu in helpline.menus.items() if page in {option.to for option in menu.options.values()})
    return next(above, helpline.flow.start)


def _silent(helpline: Helpline, place: Place) -> Steps | Visit:
    if not choices(helpline, place.page, place.language):
        return goodbye(helpline, place.language)
    after = place.failed_round(silent=place.page == helpline.flow.start)
    if after.silences >= SILENCES_OF_START:
        return Visit(Place(LANGUAGES, errors=place.errors))
    return again(helpline, after, "silence")
