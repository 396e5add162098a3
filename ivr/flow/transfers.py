"""A call on its way to a desk: the ringing, the whisper, and what follows each outcome."""

from __future__ import annotations

from ivr.content.model import Helpline
from ivr.content.pages import PERSON
from ivr.flow import announcements
from ivr.flow.announcements import AFTER_TALK, NEXT_NUMBER, NO_OTHER_DESK, NOT_REACHED
from ivr.flow.endings import home
from ivr.flow.matching import DeskView, desks_for
from ivr.flow.places import Outcome, Place
from ivr.flow.say import spoken
from ivr.flow.situation import Situation
from ivr.flow.steps import Dial, Redirect, Steps, Visit


def connect(helpline: Helpline, place: Place) -> Steps:
    """What the caller hears before a desk rings; then on to `dial`."""
    said = spoken(helpline, place.language, announcements.before_ringing(helpline, place.language))
    return (*said, Redirect(place._replace(number=0), "dial"))


def dial(helpline: Helpline, place: Place, situation: Situation) -> Steps | Visit:
    """Rings the desk if it is still open and its operator was named."""
    view = _view(helpline, place, situation)
    if view is None or place.number >= len(view.numbers):
        return dialled(helpline, place, "failed", situation)
    if not view.open:
        closed = announcements.just_closed(helpline, view, situation)
        return Visit(home(helpline, place), spoken(helpline, place.language, closed), form="short")
    if view.name not in place.heard:
        return Visit(place.at(place.page))
    ring, limit = view.desk.ring, view.desk.time_limit
    return (Dial(view.numbers[place.number], situation.caller_id, ring, limit, place),)


def dialled(helpline: Helpline, place: Place, outcome: Outcome, situation: Situation) -> Steps | Visit:
    """After an outcome: the desk's next number, else the other open desks, else the menu."""
    if outcome == "answered":
        return Visit(home(helpline, place), spoken(helpline, place.language, AFTER_TALK), form="short")
    view = _view(helpline, place, situation)
    if view and view.open and place.number + 1 < len(view.numbers):
        said = spoken(helpline, place.language, NEXT_NUMBER)
        return (*said, Redirect(place._replace(number=place.number + 1), "dial"))
    told = NOT_REACHED[outcome]
    tried = (*place.tried, place.desk)
    if any(v.transferable and v.name not in tried for v in desks_for(helpline, place.language, situation)):
        return Visit(place.at(PERSON, tried=tried, origin=place.origin), spoken(helpline, place.language, told))
    told = (*told, *NO_OTHER_DESK, *(announcements.number_of(helpline, view) if view else ()))
    return Visit(home(helpline, place), spoken(helpline, place.language, told), form="short")


def whisper(helpline: Helpline, place: Place) -> Steps:
    """What the desk hears before it is connected."""
    return spoken(helpline, place.language, announcements.desk_hears(helpline, place.language))


def _view(helpline: Helpline, place: Place, situation: Situation) -> DeskView | None:
    views = desks_for(helpline, place.language, situation)
    return next((view for view in views if view.name == place.desk), None)
