"""What callers hear between two pages, on the way to a desk, and when a call ends: written here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.content.composing import clip_name
from ivr.content.model import Helpline
from ivr.flow.matching import DeskView, told_desks
from ivr.flow.opening_times import opening_of
from ivr.flow.places import Outcome
from ivr.flow.say import Page, PagePrompt
from ivr.flow.situation import Situation


def _announced(*prompts: str) -> Page:
    return tuple(PagePrompt("announcement", prompt) for prompt in prompts)


OWN_NAME = _announced("language.name")
# After a language's code: its own name, so that callers notice a wrong choice, and the notice if there is one.
CHOSEN = (*OWN_NAME, *_announced("notice"))
UNREADY = _announced("unready")
WRONG_KEY, NO_KEY = _announced("invalid"), _announced("silence")

NEXT_NUMBER = _announced("transfer.wait")
NOT_REACHED: Mapping[Outcome, Page] = {
    "busy": _announced("transfer.busy"),
    "no-answer": _announced("transfer.no_answer"),
    "failed": _announced("transfer.failed"),
}
NO_OTHER_DESK = _announced("transfer.sorry")
NUMBER_IS = _announced("transfer.number")
AFTER_TALK = _announced("transfer.ended")

GOODBYE = _announced("goodbye")
APOLOGY = _announced("apology")


def without_a_key(helpline: Helpline) -> Page:
    """What callers can do without pressing a key."""
    return _announced(*helpline.flow.farewell)


def farewell(helpline: Helpline) -> Page:
    return (*without_a_key(helpline), *GOODBYE)


def last_resort(helpline: Helpline, language: str) -> Page:
    """What callers hear after a second error of ours."""
    hours = (prompt for name in told_desks(helpline, language) for prompt in helpline.desks[name].say.hours)
    return (*_announced("apology.last", *hours), *farewell(helpline))


def before_ringing(helpline: Helpline, language: str) -> Page:
    """The sentence to say to a desk, twice, in the desk's language."""
    prompt = clip_name("transfer.sentence", language)
    sentence = PagePrompt("announcement", prompt, voice=helpline.about.desk_language)
    return (*_announced("transfer.say"), sentence, sentence, *NEXT_NUMBER)


def desk_hears(helpline: Helpline, language: str) -> Page:
    """What the desk hears before it is connected: the caller's language and nothing else."""
    return (PagePrompt("announcement", clip_name("whisper", language), voice=helpline.about.desk_language),)


def just_closed(helpline: Helpline, view: DeskView, situation: Situation) -> Page:
    """What callers hear if the desk closed while they were pressing its key."""
    opening = PagePrompt("opening", opening_of(helpline, view, situation), desk=view.name)
    return (*_announced("transfer.closed"), opening)


def number_of(helpline: Helpline, view: DeskView) -> Page:
    """The desk's first number, twice, if the operator lets callers hear it."""
    if not (view.desk.say_number and view.numbers):
        return ()
    digits = national(view.numbers[0], helpline.about.country_code, helpline.about.trunk_prefix)
    spoken = _announced(*(clip_name("digit", digit) for digit in digits))
    return (*NUMBER_IS, *spoken, *spoken)


def national(number: str, country_code: str, trunk_prefix: str) -> str:
    """The digits that somebody in the helpline's country dials for an E.164 number."""
    digits = number.removeprefix("+")
    if country_code and digits.startswith(country_code):
        return trunk_prefix + digits.removeprefix(country_code)
    return digits
