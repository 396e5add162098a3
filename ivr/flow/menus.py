"""Menus and answers: where keys lead, and what follows a wrong key or silence."""

from functools import lru_cache

from ivr.content.desk_order import KEPT
from ivr.content.model import Helpline
from ivr.content.pages import DESK, HANG_UP, LANGUAGES, PERSON
from ivr.flow.announcements import NO_KEY, WRONG_KEY
from ivr.flow.choices import Choice, choices, names_its_desk
from ivr.flow.endings import TRIES, again, goodbye, hang_up, home
from ivr.flow.matching import can_connect, desks_for
from ivr.flow.pages import describe, ending
from ivr.flow.places import Event, Place
from ivr.flow.say import listen, spoken
from ivr.flow.situation import Situation
from ivr.flow.steps import Steps, Visit
from ivr.flow.transfers import connect_now

SILENCES_OF_START = 2


def respond(helpline: Helpline, place: Place, event: Event, situation: Situation) -> Steps | Visit:
    if place.language not in helpline.ready:
        return Visit(home(helpline, place))
    if event.kind == "keys":
        return _pressed(helpline, place, event.digits, situation)
    if event.kind == "silence":
        return _silent(helpline, place, situation)
    return Visit(place)


def show(helpline: Helpline, visit: Visit, situation: Situation) -> Steps:
    page = describe(helpline, visit.place, visit.form, situation)
    return listen(helpline, visit.place, (*visit.before, *spoken(helpline, visit.place.language, page)))


def _pressed(helpline: Helpline, place: Place, digits: str, situation: Situation) -> Steps | Visit:
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
            return _chosen(helpline, place, choice, situation)
    return again(helpline, place.failed_round(), WRONG_KEY)


def _chosen(helpline: Helpline, place: Place, choice: Choice, situation: Situation) -> Steps | Visit:
    """Another page; or a desk rings, or the call ends."""
    if choice.page.startswith(HANG_UP):
        return hang_up(helpline, place.language, ending(choice.page))
    option = helpline.menus[place.page].options.get(choice.key)
    if option and option.connect:
        at_desk = place.at(choice.page, origin=place.page)
        named = not helpline.about.rules.operator_first and names_its_desk(helpline, place.language, option)
        return connect_now(helpline, at_desk, situation, introduced=not named)
    return Visit(place.at(choice.page))


def _back(helpline: Helpline, place: Place) -> Visit:
    """The menu above; from the first menu the language list, or all of it again where there is no list."""
    if place.page == helpline.flow.start:
        return Visit(Place(LANGUAGES, errors=place.errors))
    return Visit(place.at(_above(helpline, place.page)), form="options")


@lru_cache(maxsize=KEPT)
def _above(helpline: Helpline, page: str) -> str:
    """The first menu that leads to a page, or else the first menu of all."""
    above = (name for name, menu in helpline.menus.items() if page in {option.page for option in menu.options.values()})
    return next(above, helpline.flow.start)


def _silent(helpline: Helpline, place: Place, situation: Situation) -> Steps | Visit:
    if not choices(helpline, place.page, place.language):
        return goodbye(helpline, place.language)
    after = place.failed_round(silent=place.page == helpline.flow.start and not helpline.only_language)
    is_last = after.silences >= SILENCES_OF_START or after.tries >= TRIES
    if is_last and leads_to_a_person(helpline, place, situation):
        return _to_a_person(helpline, place, situation)
    if after.silences >= SILENCES_OF_START:
        return Visit(Place(LANGUAGES, errors=place.errors))
    return again(helpline, after, NO_KEY)


def leads_to_a_person(helpline: Helpline, place: Place, situation: Situation) -> bool:
    """Whether silence in the first menu leads to a person; once in a call, and where somebody can be reached at all."""
    wanted = helpline.about.rules.after_silence == "person" and place.page == helpline.flow.start and not place.tried
    return wanted and can_connect(helpline, place.language, situation)


def _to_a_person(helpline: Helpline, place: Place, situation: Situation) -> Steps | Visit:
    """The first open desk rings, for callers who can't press a key; if none is open, they hear when one will be."""
    views = desks_for(helpline, place.language, situation)
    view = next((each for each in views if each.transferable), None)
    if view is None:
        return Visit(place.at(PERSON, origin=place.page))
    return connect_now(helpline, place.at(DESK + view.name, origin=place.page), situation, introduced=True)
