"""Menus and answers: where keys lead, and what follows a wrong key or silence."""

from __future__ import annotations

from functools import lru_cache

from ivr.content.desk_order import KEPT
from ivr.content.model import Helpline
from ivr.content.pages import LANGUAGES, PERSON
from ivr.flow.announcements import NO_KEY, WRONG_KEY
from ivr.flow.choices import choices
from ivr.flow.endings import again, goodbye, home
from ivr.flow.pages import describe
from ivr.flow.places import Event, Place
from ivr.flow.say import listen, spoken
from ivr.flow.situation import Situation
from ivr.flow.steps import Steps, Visit

SILENCES_OF_START = 2


def respond(helpline: Helpline, place: Place, event: Event, _situation: Situation) -> Steps | Visit:
    if place.language not in helpline.ready:
        return Visit(home(helpline, place))
    if event.kind == "keys":
        return _pressed(helpline, place, event.digits)
    if event.kind == "silence":
        return _silent(helpline, place)
    return Visit(place)


def show(helpline: Helpline, visit: Visit, situation: Situation) -> Steps:
    page = describe(helpline, visit.place, visit.form, situation)
    return listen(helpline, visit.place, (*visit.before, *spoken(helpline, visit.place.language, page)))


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
    return again(helpline, place.failed_round(), WRONG_KEY)


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
    return again(helpline, after, NO_KEY)
