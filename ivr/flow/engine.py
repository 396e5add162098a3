"""The call: an event at a place, in a situation, becomes steps. Pure: no clock, no network, no memory."""

from functools import lru_cache
from typing import Protocol

from ivr.content.desk_order import KEPT
from ivr.content.model import Helpline
from ivr.content.pages import DESK, LANGUAGES, PERSON
from ivr.flow import desks, language_list, menus, transfers
from ivr.flow.places import DESKS_SIDE, Event, Place
from ivr.flow.situation import Situation
from ivr.flow.steps import Steps, Visit


def respond(helpline: Helpline, place: Place, event: Event, situation: Situation) -> Steps:
    """What happens next in a call. Every answer ends in a wait, a transfer or a goodbye."""
    return arrive(helpline, lead(helpline, place, event, situation), situation)


def lead(helpline: Helpline, place: Place, event: Event, situation: Situation) -> Steps | Visit:
    """The steps of an event, or the page that it leads to."""
    place, event = understood(helpline, place, event)
    return _respond(helpline, place, event, situation)


def arrive(helpline: Helpline, answer: Steps | Visit, situation: Situation) -> Steps:
    """The steps of an answer; if it leads to another page, that page's steps, and so on."""
    while isinstance(answer, Visit):
        answer = _page(answer.place).show(helpline, answer, situation)
    return answer


@lru_cache(maxsize=KEPT)
def known(helpline: Helpline, place: Place) -> Place:
    """The place itself; if only another version of the helpline knows it, the place where the caller goes on."""
    if place.language not in helpline.languages:
        return Place(LANGUAGES, tries=place.tries, silences=place.silences, errors=place.errors)
    if place.origin not in helpline.menus:
        place = place._replace(origin="")
    if place.page in (LANGUAGES, PERSON) or place.page in helpline.menus or place.desk in helpline.desks:
        return place
    return place.at(helpline.flow.start)


def understood(helpline: Helpline, place: Place, event: Event) -> tuple[Place, Event]:
    """A known place, and what happened there. A key pressed in a menu that is gone would mean something else where the
    caller goes on, so that page is said instead; a desk hears nothing. Keys without a digit are silence: some carriers
    send them where others send no request.
    """
    here = known(helpline, place)
    if event.kind == "keys" and not event.digits:
        event = Event("silence")
    is_gone = (here.page, here.language) != (place.page, place.language)
    return here, Event() if is_gone and event.kind not in DESKS_SIDE else event


def _respond(helpline: Helpline, place: Place, event: Event, situation: Situation) -> Steps | Visit:
    if event.kind in DESKS_SIDE:
        return transfers.desks_side(helpline, place, event) if place.desk else ()
    if event.kind == "dial" and place.desk:
        return transfers.dial(helpline, place, situation)
    if event.kind == "dialled" and place.desk:
        return transfers.dialled(helpline, place, event.outcome, situation)
    return _page(place).respond(helpline, place, event, situation)


class PageModule(Protocol):
    """A module for one kind of page."""

    def respond(self, helpline: Helpline, place: Place, event: Event, situation: Situation, /) -> Steps | Visit: ...
    def show(self, helpline: Helpline, visit: Visit, situation: Situation, /) -> Steps | Visit: ...


def _page(place: Place) -> PageModule:
    if place.page == LANGUAGES:
        return language_list
    return desks if place.page == PERSON or place.page.startswith(DESK) else menus
