"""Pages about people: one desk, or the person behind key 0 with the offers to be connected.

Nobody is connected who has not heard, in full, who runs the desk: the sentence that names the operator is played
outside any Gather, so that no key cuts it short, and only the Gather after it takes the key that connects.
"""

from __future__ import annotations

from functools import lru_cache

from ivr.content.desk_order import KEPT
from ivr.content.model import Helpline
from ivr.content.pages import DESK, PERSON
from ivr.flow.endings import again, goodbye, home
from ivr.flow.matching import DeskView, described, desks_for
from ivr.flow.places import Event, Place
from ivr.flow.say import listen, say, say_offer, say_opening
from ivr.flow.situation import Situation
from ivr.flow.steps import Gather, Play, Steps, Visit
from ivr.flow.transfers import connect

# Seconds to press a key after one desk's offer: the sentence that names the next desk's operator takes no keys.
TIME_TO_PRESS = 3
# Seconds after what is said before it; the least that a Gather can wait.
BREATH = 1


def respond(helpline: Helpline, place: Place, event: Event, situation: Situation) -> Steps | Visit:
    if event.kind == "keys":
        return _pressed(helpline, place, event.digits, situation)
    if event.kind == "silence":
        return _silent(helpline, place, situation)
    return Visit(place)


def show(helpline: Helpline, visit: Visit, situation: Situation) -> Steps | Visit:
    views = desks_for(helpline, visit.place.language, situation)
    if not visit.place.desk:
        return _show_person(helpline, visit, situation, views)
    for view in views:
        if view.name == visit.place.desk:
            return _show_desk(helpline, visit, situation, view)
    return Visit(home(helpline, visit.place), visit.before)


def _show_person(helpline: Helpline, visit: Visit, situation: Situation, views: tuple[DeskView, ...]) -> Steps | Visit:
    place = visit.place
    offered = [view for view in views if view.transferable and view.name not in place.tried]
    if offered:
        return _offers(helpline, visit, tuple(view.name for view in offered))
    if place.language not in helpline.ready:
        return Visit(home(helpline, place), visit.before)
    reachable = [view for view in views if view.numbers]
    if not reachable:
        none = say(helpline, place.language, "desks.none")
        return Visit(place.at(helpline.flow.help), (*visit.before, *none))
    return _closed(helpline, visit, situation, reachable)


@lru_cache(maxsize=KEPT)
def _offers(helpline: Helpline, visit: Visit, names: tuple[str, ...]) -> Steps:
    """Each open desk in turn: who runs it, what will happen, the key."""
    place, language = visit.place, visit.place.language
    offered = [described(helpline, language)[name] for name in names]
    if visit.form == "short" and set(names) <= set(place.heard):
        plays = say(helpline, language, *(view.offer for view in offered))
        return listen(helpline, place, (*visit.before, *plays))
    place = place._replace(heard=())
    steps: Steps = _interruptible(visit.before, place)
    for view in offered:
        place = place._replace(heard=(*place.heard, view.name))
        plays = say(helpline, language, *view.how, view.offer)
        steps = (*steps, *say(helpline, language, view.desk.say.operator), Gather(plays, place, TIME_TO_PRESS))
    keys = say(helpline, language, "key.again", "key.back")
    return (*steps, *listen(helpline, place, keys))


def _closed(helpline: Helpline, visit: Visit, situation: Situation, views: list[DeskView]) -> Steps:
    """Nobody can be connected now: each desk's hours and when it opens."""
    place = visit.place
    said = say(helpline, place.language, "desks.closed")
    for view in views:
        said = (*said, *say(helpline, place.language, *view.desk.say.hours))
        if not view.open:
            said = (*said, *say_opening(helpline, place, situation, view))
    keys = say_offer(helpline, place, situation, ("again", "back", "first"))
    return listen(helpline, place, (*visit.before, *(said if visit.form != "short" else ()), *keys))


def _show_desk(helpline: Helpline, visit: Visit, situation: Situation, view: DeskView) -> Steps:
    """All about one desk; the offer to be connected while it is open."""
    place, language, prompts = visit.place, visit.place.language, view.desk.say
    keys = say_offer(helpline, place, situation, ("again", "back", "first"))
    connectable = view.transferable and view.name not in place.tried
    if visit.form == "short" and (view.name in place.heard or not connectable):
        offer = say(helpline, language, view.offer) if connectable else ()
        return listen(helpline, place, (*visit.before, *offer, *keys))
    operator = say(helpline, language, prompts.operator)
    what = say(helpline, language, *prompts.purpose, *view.how)
    hours = say(helpline, language, *prompts.hours)
    if not connectable:
        closed = (
            ()
            if view.open
            else (*say(helpline, language, prompts.closed), *say_opening(helpline, place, situation, view))
        )
        return listen(helpline, place, (*visit.before, *operator, *closed, *what, *hours, *keys))
    offer = say(helpline, language, view.offer)
    heard = place._replace(heard=(view.name,))
    before = _interruptible(visit.before, place)
    return (*before, *operator, *listen(helpline, heard, (*what, *offer, *hours, *keys)))


def _interruptible(plays: tuple[Play, ...], place: Place) -> Steps:
    return (Gather(plays, place._replace(heard=()), BREATH),) if plays else ()


def _pressed(helpline: Helpline, place: Place, digits: str, situation: Situation) -> Steps | Visit:
    if digits == "#":
        return Visit(place.at(place.page, tried=place.tried, origin=place.origin))
    if digits == "*":
        return _back(helpline, place)
    if digits == "0":
        return Visit(place.at(PERSON, origin=place.origin))
    if digits == "9":
        return Visit(home(helpline, place), form="options")
    for view in desks_for(helpline, place.language, situation):
        if view.key == digits:
            return _chosen(helpline, place, view)
    return again(helpline, place.failed_round(), "invalid")


def _chosen(helpline: Helpline, place: Place, view: DeskView) -> Steps | Visit:
    """Connected if its operator was named; else, or if it is closed, all about the desk."""
    page = place.at(DESK + view.name, tried=place.tried, origin=place.origin)
    if view.transferable and view.name in place.heard:
        return connect(helpline, page._replace(heard=(view.name,)))
    return Visit(page)


def _back(helpline: Helpline, place: Place) -> Visit:
    if place.language not in helpline.ready:
        return Visit(home(helpline, place))
    above = place.origin or (helpline.flow.help if place.desk else helpline.flow.start)
    return Visit(place.at(above), form="options")


def _silent(helpline: Helpline, place: Place, situation: Situation) -> Steps | Visit:
    """Where nobody can be connected the page was an answer, and silence after an answer is a goodbye."""
    if any(view.transferable for view in desks_for(helpline, place.language, situation)):
        return again(helpline, place.failed_round(), "silence")
    return goodbye(helpline, place.language)
