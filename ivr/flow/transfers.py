"""A call on its way to a desk: the sentence to say, the ringing, the whisper, and what follows each outcome."""

from __future__ import annotations

from ivr.content.model import Helpline
from ivr.content.pages import PERSON
from ivr.flow.endings import home
from ivr.flow.matching import DeskView, desks_for
from ivr.flow.places import Outcome, Place
from ivr.flow.say import say, say_opening
from ivr.flow.situation import Situation
from ivr.flow.steps import Dial, Play, Redirect, Steps, Visit

OUTCOME_PROMPTS: dict[Outcome, str] = {
    "busy": "transfer.busy",
    "no-answer": "transfer.no_answer",
    "failed": "transfer.failed",
}


def connect(helpline: Helpline, place: Place) -> Steps:
    """Before a desk rings: the sentence to say to it, twice, in the desk's language; then on to `dial`."""
    sentence = Play(helpline.about.desk_language, f"transfer.sentence.{place.language}")
    teach = say(helpline, place.language, "transfer.say")
    wait = say(helpline, place.language, "transfer.wait")
    return (*teach, sentence, sentence, *wait, Redirect(place._replace(number=0), "dial"))


def dial(helpline: Helpline, place: Place, situation: Situation) -> Steps | Visit:
    """Ring the desk, if it is still open at this very moment and its operator was named."""
    view = _view(helpline, place, situation)
    if view is None or place.number >= len(view.numbers):
        return dialled(helpline, place, "failed", situation)
    if not view.open:
        closed = say(helpline, place.language, "transfer.closed")
        return Visit(home(helpline, place), (*closed, *say_opening(helpline, place, situation, view)), form="short")
    if view.name not in place.heard:
        return Visit(place.at(place.page))
    ring, limit = view.desk.ring, view.desk.time_limit
    return (Dial(view.numbers[place.number], situation.caller_id, ring, limit, place),)


def dialled(helpline: Helpline, place: Place, outcome: Outcome, situation: Situation) -> Steps | Visit:
    """The desk's next number, else the other open desks, else back to the menu."""
    if outcome == "answered":
        return Visit(home(helpline, place), say(helpline, place.language, "transfer.ended"), form="short")
    view = _view(helpline, place, situation)
    if view and view.open and place.number + 1 < len(view.numbers):
        return (
            *say(helpline, place.language, "transfer.wait"),
            Redirect(place._replace(number=place.number + 1), "dial"),
        )
    told = say(helpline, place.language, OUTCOME_PROMPTS[outcome])
    tried = (*place.tried, place.desk)
    if any(v.transferable and v.name not in tried for v in desks_for(helpline, place.language, situation)):
        return Visit(place.at(PERSON, tried=tried, origin=place.origin), told)
    sorry = say(helpline, place.language, "transfer.sorry")
    return Visit(home(helpline, place), (*told, *sorry, *_number(helpline, place, view)), form="short")


def whisper(helpline: Helpline, place: Place) -> Steps:
    """What the desk hears before it is joined: the caller's language and nothing else."""
    return (Play(helpline.about.desk_language, f"whisper.{place.language}"),)


def _view(helpline: Helpline, place: Place, situation: Situation) -> DeskView | None:
    views = desks_for(helpline, place.language, situation)
    return next((view for view in views if view.name == place.desk), None)


def _number(helpline: Helpline, place: Place, view: DeskView | None) -> tuple[Play, ...]:
    """The desk's first number, twice, where the operator lets callers hear it."""
    if not (view and view.desk.say_number and view.numbers):
        return ()
    digits = national(view.numbers[0], helpline.about.country_code, helpline.about.trunk_prefix)
    spoken = say(helpline, place.language, *(f"digit.{digit}" for digit in digits))
    return (*say(helpline, place.language, "transfer.number"), *spoken, *spoken)


def national(number: str, country_code: str, trunk_prefix: str) -> str:
    """The digits that somebody in the helpline's country dials for an E.164 number."""
    digits = number.removeprefix("+")
    if country_code and digits.startswith(country_code):
        return trunk_prefix + digits.removeprefix(country_code)
    return digits
