"""What callers hear between two pages, on the way to a desk, and when a call ends: written here and nowhere else."""

from collections.abc import Mapping, Sequence
from datetime import date

from ivr.content.composing import ACCEPT_PROMPT, DIGIT, NOTICE, clip_name
from ivr.content.desk_order import spoken_at
from ivr.content.model import Helpline
from ivr.flow.matching import DeskView, told_desks
from ivr.flow.notices import told_of_desks
from ivr.flow.opening_times import first_to_open, opening_of
from ivr.flow.places import Outcome
from ivr.flow.say import Page, PagePrompt
from ivr.flow.situation import Situation
from ivr.numbers import split_extension


def _announced(*prompts: str) -> Page:
    return tuple(PagePrompt("announcement", prompt) for prompt in prompts)


OWN_NAME = _announced("language.name")
# Whoever dialled a number of one language hears in it, if it has the words, what line this is.
ARRIVED = _announced("welcome")
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
NOT_OPEN = (*_announced("not_open"), *GOODBYE)


def chosen(helpline: Helpline) -> Page:
    """After a language's code: its own name, so that callers notice a wrong choice, and the notice, if there is one.

    Where nothing has to be chosen, the notice alone.
    """
    return (*(() if helpline.only_language else OWN_NAME), *_announced(NOTICE))


def chosen_on(helpline: Helpline, language: str, day: date | None) -> Page:
    """The same on a day of the helpline's time zone; None leaves out a notice that isn't said on every day."""
    notice = helpline.about.fill.get(NOTICE, {}).get(language)
    silent = notice is not None and not notice.said_on(day)
    return tuple(said for said in chosen(helpline) if not (silent and said.prompt == NOTICE))


def greeting(helpline: Helpline, language: str, situation: Situation) -> Page:
    """The same at a moment, with what staff let callers hear about desks."""
    day = situation.now.astimezone(helpline.about.time_zone).date()
    return (*chosen_on(helpline, language, day), *told_of_desks(helpline, language, situation))


def without_a_key(helpline: Helpline) -> Page:
    """What callers can do without pressing a key."""
    return _announced(*helpline.flow.farewell)


def farewell(helpline: Helpline) -> Page:
    return (*without_a_key(helpline), *GOODBYE)


def last_resort(helpline: Helpline, language: str) -> Page:
    """What callers hear after a second error of ours."""
    hours = (prompt for name in told_desks(helpline, language) for prompt in helpline.desks[name].say.hours)
    return (*_announced("apology.last", *hours), *farewell(helpline))


def before_ringing(helpline: Helpline, language: str, view: DeskView) -> Page:
    """The sentence to say to the desk, twice, in the desk's language, where a caller like this one is taught it."""
    if view.relation not in view.desk.teach:
        return NEXT_NUMBER
    prompt = clip_name("transfer.sentence", language)
    sentence = PagePrompt("announcement", prompt, voice=spoken_at(helpline, view.name))
    return (*_announced("transfer.say"), sentence, sentence, *NEXT_NUMBER)


def desk_hears(helpline: Helpline, language: str, view: DeskView) -> Page:
    """Before it is joined: the caller's language and nothing else; the key that accepts, where it has to press one."""
    names = (clip_name("whisper", language), *((ACCEPT_PROMPT,) if view.desk.accept else ()))
    return tuple(PagePrompt("announcement", name, voice=spoken_at(helpline, view.name)) for name in names)


def rings_next(view: DeskView) -> Page:
    """Who runs a desk that rings without a key of its own, and what will happen there."""
    operator = PagePrompt("operator", view.desk.say.operator, desk=view.name)
    return (operator, *(PagePrompt("how", prompt, desk=view.name) for prompt in view.how))


JUST_CLOSED = _announced("transfer.closed")


def opens_first(helpline: Helpline, tried: str, views: Sequence[DeskView], situation: Situation) -> Page:
    """When the first of the desks opens to which a caller can be connected; named, if it isn't the one just tried."""
    first = first_to_open(helpline, [view for view in views if view.numbers], situation)
    if first is None:
        return ()
    operator = () if first.name == tried else (PagePrompt("operator", first.desk.say.operator, desk=first.name),)
    return (*operator, PagePrompt("opening", opening_of(helpline, first, situation), desk=first.name))


def number_of(helpline: Helpline, view: DeskView) -> Page:
    """The desk's first number, twice, if the operator lets callers hear it."""
    if not (view.desk.say_number and view.numbers):
        return ()
    number, _extension = split_extension(view.numbers[0])
    digits = national(number, helpline.about.country_code, helpline.about.trunk_prefix)
    spoken = _announced(*(clip_name(DIGIT, digit) for digit in digits))
    return (*NUMBER_IS, *spoken, *spoken)


def national(number: str, country_code: str, trunk_prefix: str) -> str:
    """The digits that somebody in the helpline's country dials for an E.164 number."""
    digits = number.removeprefix("+")
    if country_code and digits.startswith(country_code):
        return trunk_prefix + digits.removeprefix(country_code)
    return digits
