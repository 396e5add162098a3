"""A call on its way to a desk: the ringing, the whisper, and what follows each outcome."""

from ivr.content.composing import ACCEPT_KEY
from ivr.content.model import Helpline
from ivr.content.pages import DESK, LANGUAGES, PERSON
from ivr.flow.announcements import (
    AFTER_TALK,
    JUST_CLOSED,
    NEXT_NUMBER,
    NO_OTHER_DESK,
    NOT_REACHED,
    before_ringing,
    desk_hears,
    number_of,
    opens_first,
    rings_next,
)
from ivr.flow.endings import TRIES, home
from ivr.flow.matching import DeskView, backup_of, described, desks_for
from ivr.flow.pages import closed_now
from ivr.flow.places import Event, Outcome, Place
from ivr.flow.say import Page, spoken
from ivr.flow.situation import Situation
from ivr.flow.steps import Dial, Gather, Hangup, Redirect, Steps, Visit

# Seconds for whoever picks up to press the key that accepts the call.
TIME_TO_ACCEPT = 10


def connect(helpline: Helpline, place: Place, view: DeskView) -> Steps:
    """Before a desk rings: what to say to it; then on to `dial`."""
    said = spoken(helpline, place.language, before_ringing(helpline, place.language, view))
    return (*said, Redirect(place._replace(number=0), "dial"))


def connect_now(helpline: Helpline, place: Place, situation: Situation, *, introduced: bool) -> Steps | Visit:
    """Rings the desk of this page at once, after its introduction if it needs one, which no key cuts short.

    If it can't be reached its backup rings; else its page says who can be reached, or when.
    """
    view = _view(helpline, place, situation)
    if view is None:
        return Visit(place)
    if not view.transferable:
        backup = backup_of(helpline, view.name, desks_for(helpline, place.language, situation), place.tried)
        return connect_instead(helpline, place, backup, closed_now(view), place.tried) if backup else Visit(place)
    said = spoken(helpline, place.language, rings_next(view)) if introduced else ()
    return (*said, *connect(helpline, place._replace(heard=(view.name,)), view))


def connect_instead(helpline: Helpline, place: Place, view: DeskView, told: Page, tried: tuple[str, ...]) -> Steps:
    """Another desk rings without another key: after `told`, who runs it is said in full, since no key cuts it short."""
    said = spoken(helpline, place.language, (*told, *rings_next(view)))
    there = place.at(DESK + view.name, tried=tried, origin=place.origin)._replace(heard=(view.name,))
    return (*said, *connect(helpline, there, view))


def dial(helpline: Helpline, place: Place, situation: Situation) -> Steps | Visit:
    """Rings the desk if it is still open and its operator was named."""
    view = _view(helpline, place, situation)
    if view is None or place.number >= len(view.numbers):
        return dialled(helpline, place, "failed", situation)
    if not view.open:
        return _elsewhere(helpline, place, situation, JUST_CLOSED)
    if view.name not in place.heard:
        return Visit(place.at(place.page))
    ring, limit = view.desk.ring, view.desk.time_limit
    return (Dial(view.numbers[place.number], situation.caller_id, ring, limit, place),)


def dialled(helpline: Helpline, place: Place, outcome: Outcome, situation: Situation) -> Steps | Visit:
    """After an outcome: the desk's next number, else its backup, else the other open desks, else the menu."""
    if outcome == "answered":
        return Visit(_home(helpline, place), spoken(helpline, place.language, AFTER_TALK), form="short")
    view = _view(helpline, place, situation)
    if view and view.open and place.number + 1 < len(view.numbers):
        said = spoken(helpline, place.language, NEXT_NUMBER)
        return (*said, Redirect(place._replace(number=place.number + 1), "dial"))
    sorry = (*NO_OTHER_DESK, *(number_of(helpline, view) if view else ()))
    return _elsewhere(helpline, place, situation, NOT_REACHED[outcome], sorry)


def _elsewhere(helpline: Helpline, place: Place, situation: Situation, told: Page, sorry: Page = ()) -> Steps | Visit:
    """Nobody at this desk: its backup rings, or the others that are open are offered; else the menu, and who opens
    first if all are closed.

    `told` says why; `sorry` is said where no other desk is left.
    """
    language, views = place.language, desks_for(helpline, place.language, situation)
    tried = tuple(sorted({*place.tried, place.desk}))
    if backup := backup_of(helpline, place.desk, views, tried):
        return connect_instead(helpline, place, backup, told, tried)
    if any(view.transferable and view.name not in tried for view in views):
        return Visit(place.at(PERSON, tried=tried, origin=place.origin), spoken(helpline, language, told))
    opening = () if any(view.transferable for view in views) else opens_first(helpline, place.desk, views, situation)
    return Visit(_home(helpline, place), spoken(helpline, language, (*told, *sorry, *opening)), form="short")


def _home(helpline: Helpline, place: Place) -> Place:
    """Where silence leads to a person, the place remembers that one was rung: nobody is rung again and again."""
    back = home(helpline, place)
    if helpline.about.rules.after_silence == "person" and back.page != LANGUAGES:
        return back._replace(tried=tuple(sorted({*place.tried, place.desk})))
    return back


def desks_side(helpline: Helpline, place: Place, event: Event) -> Steps:
    """What the desk hears before it is joined; nothing more once it has accepted the call.

    Where it has to accept, whoever presses no key, such as a machine, or again and again a wrong one, is left alone.
    """
    view = described(helpline, place.language).get(place.desk)
    if view is None or (event.kind == "accept" and event.digits == ACCEPT_KEY):
        return ()
    said = spoken(helpline, place.language, desk_hears(helpline, place.language, view))
    if not view.desk.accept:
        return said
    place = place.failed_round() if event.kind == "accept" else place
    return (*((Gather(said, place, TIME_TO_ACCEPT, event="accept"),) if place.tries < TRIES else ()), Hangup())


def _view(helpline: Helpline, place: Place, situation: Situation) -> DeskView | None:
    views = desks_for(helpline, place.language, situation)
    return next((view for view in views if view.name == place.desk), None)
