"""Pages about people: one desk, or a person (key 0) with the offers to be connected.

Callers are connected only after they have heard in full who runs the desk: the sentence that names the operator plays
outside any Gather, so that no key cuts it short, and only the Gather after it takes the key that connects. Where the
desk of that key can't be reached, the one that it overflows to rings without another key, named in the same way.
"""

from functools import lru_cache
from itertools import pairwise

from ivr.content.desk_order import KEPT
from ivr.content.model import Helpline
from ivr.content.pages import DESK, PERSON
from ivr.flow.announcements import NO_KEY, WRONG_KEY
from ivr.flow.endings import again, goodbye, home
from ivr.flow.matching import DeskView, backup_of, desks_for
from ivr.flow.pages import closed_now, describe
from ivr.flow.places import Event, Place
from ivr.flow.say import Page, listen, spoken
from ivr.flow.situation import Situation
from ivr.flow.steps import Gather, Steps, Visit
from ivr.flow.transfers import connect, connect_instead

# Seconds to press a key after a desk's offer, since the next desk's operator sentence takes no keys.
TIME_TO_PRESS = 5
# The least that a Gather can wait, in seconds.
BREATH = 1


def respond(helpline: Helpline, place: Place, event: Event, situation: Situation) -> Steps | Visit:
    if event.kind == "keys":
        return _pressed(helpline, place, event.digits, situation)
    if event.kind == "silence":
        return _silent(helpline, place, situation)
    return Visit(place)


def show(helpline: Helpline, visit: Visit, situation: Situation) -> Steps | Visit:
    place = visit.place
    page = describe(helpline, place, visit.form, situation)
    if not page:
        return Visit(home(helpline, place), visit.before)
    if page[0].role == "nobody":
        return Visit(place.at(helpline.flow.help), (*visit.before, *spoken(helpline, place.language, page[:1])))
    if page[0].role == "operator" and any(said.role == "offer" for said in page):
        return _naming(helpline, visit, page)
    return listen(helpline, place, (*visit.before, *spoken(helpline, place.language, page)))


@lru_cache(maxsize=KEPT)
def _naming(helpline: Helpline, visit: Visit, page: Page) -> Steps:
    """Offers to be connected, desk by desk: the operator outside any Gather, then the Gather that takes the key."""
    place, parts = visit.place._replace(heard=()), _desk_by_desk(page, is_person=not visit.place.desk)
    steps: Steps = (Gather(visit.before, place, BREATH),) if visit.before else ()
    for part in parts:
        if part[0].role == "operator":
            place = place._replace(heard=(*place.heard, part[0].desk))
            steps = (*steps, *spoken(helpline, place.language, part[:1]))
        plays = spoken(helpline, place.language, tuple(said for said in part if said.role != "operator"))
        wait = TIME_TO_PRESS if any(said.role == "offer" for said in part) else BREATH
        steps = (*steps, *(listen(helpline, place, plays) if part is parts[-1] else (Gather(plays, place, wait),)))
    return steps


def _desk_by_desk(page: Page, *, is_person: bool) -> list[Page]:
    """What is said from one operator to the next; where a person was asked for, the standard keys by themselves."""
    starts = [at for at, said in enumerate(page) if said.role == "operator"]
    keys = next(at for at, said in enumerate(page) if said.role == "standard-key")
    return [page[start:end] for start, end in pairwise([*starts, *((keys,) if is_person else ()), len(page)])]


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
            return _chosen(helpline, place, view, situation)
    return again(helpline, place.failed_round(), WRONG_KEY)


def _chosen(helpline: Helpline, place: Place, view: DeskView, situation: Situation) -> Steps | Visit:
    """Connects if the desk's operator was named: to the desk, or else to its backup; otherwise leads to its page."""
    page = place.at(DESK + view.name, tried=place.tried, origin=place.origin)
    if view.name not in place.heard:
        return Visit(page)
    if view.transferable:
        return connect(helpline, page._replace(heard=(view.name,)), view)
    backup = backup_of(helpline, view.name, desks_for(helpline, place.language, situation), place.tried)
    return connect_instead(helpline, place, backup, closed_now(view), place.tried) if backup else Visit(page)


def _back(helpline: Helpline, place: Place) -> Visit:
    if place.language not in helpline.ready:
        return Visit(home(helpline, place))
    above = place.origin or (helpline.flow.help if place.desk else helpline.flow.start)
    return Visit(place.at(above), form="options")


def _silent(helpline: Helpline, place: Place, situation: Situation) -> Steps | Visit:
    """If nobody can be connected, the page was an answer, and silence after an answer means goodbye."""
    if any(view.transferable for view in desks_for(helpline, place.language, situation)):
        return again(helpline, place.failed_round(), NO_KEY)
    return goodbye(helpline, place.language)
