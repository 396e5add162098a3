"""The language list: each language names itself and its code, and the code chooses it; or the number that was dialled,
which the place of the beginning then has as its language.
"""

from collections.abc import Mapping
from functools import lru_cache

from ivr.content.desk_order import KEPT
from ivr.content.model import Helpline
from ivr.content.pages import LANGUAGES, PERSON
from ivr.flow import pages
from ivr.flow.announcements import ARRIVED, UNREADY, greeting, without_a_key
from ivr.flow.endings import TRIES, farewell, goodbye
from ivr.flow.pages import describe
from ivr.flow.places import Event, Place
from ivr.flow.say import Page, spoken
from ivr.flow.situation import Situation
from ivr.flow.steps import Gather, Play, Redirect, Steps, Visit

# Seconds for the second digit, and for the first after the last word of the list.
WAIT = 4
# Ends a code that is typed as one digit; alone it asks for the list again.
CODE_END = "#"
SILENCES = 2


def code_digits(helpline: Helpline) -> int:
    """How many digits all codes have: 1 if a single key chooses."""
    return max((len(entry.code) for entry in helpline.languages.values()), default=0)


def respond(helpline: Helpline, place: Place, event: Event, situation: Situation) -> Steps | Visit:
    if event.kind == "keys" and not helpline.only_language:
        return _pressed(helpline, place, event.digits, situation)
    if event.kind == "silence" and not helpline.only_language:
        return _silent(helpline, place)
    if place.language:
        first = Place(helpline.flow.start, place.language, errors=place.errors)
        return _welcome(helpline, first, situation, ARRIVED)
    return Visit(place)


def show(helpline: Helpline, visit: Visit, situation: Situation) -> Steps | Visit:
    """The list takes codes from the first second. Without a list, the first menu follows the line's name."""
    if only := helpline.only_language:
        first = Place(helpline.flow.start, only, errors=visit.place.errors)
        welcome = describe(helpline, visit.place, "all", situation)
        page = (*welcome, *greeting(helpline, only, situation))
        return Visit(first, (*visit.before, *spoken(helpline, only, page)))
    place = Place(LANGUAGES, tries=visit.place.tries, silences=visit.place.silences, errors=visit.place.errors)
    page = describe(helpline, place, "short" if place.tries or visit.before else "all", situation)
    plays = (*visit.before, *spoken(helpline, "", page))
    return (Gather(plays, place, WAIT, code_digits(helpline)), Redirect(place, "silence"))


def choice(helpline: Helpline, language: str) -> Event:
    """What happens in the list for callers to come to their language; the call begins in the only one."""
    return Event() if helpline.only_language else Event("keys", helpline.languages[language].code)


def items(helpline: Helpline) -> tuple[Play, ...]:
    """Each language that is offered, in its own voice: its name and its code."""
    return spoken(helpline, "", pages.language_list(helpline, "short"))


def chosen(helpline: Helpline, digits: str) -> str:
    """The language of a code as typed, ready or not; empty if no language has it."""
    code = digits.rstrip(CODE_END).zfill(code_digits(helpline))
    return _by_code(helpline).get(code, "")


@lru_cache(maxsize=KEPT)
def _by_code(helpline: Helpline) -> Mapping[str, str]:
    return {entry.code: language for language, entry in helpline.languages.items()}


def _pressed(helpline: Helpline, place: Place, digits: str, situation: Situation) -> Steps | Visit:
    if not digits.strip(CODE_END):
        return Visit(Place(LANGUAGES, errors=place.errors))
    if language := chosen(helpline, digits):
        return _welcome(helpline, Place(helpline.flow.start, language, errors=place.errors), situation)
    again = place.failed_round()
    return Visit(again) if again.tries < TRIES else farewell(helpline, "")


def _welcome(helpline: Helpline, place: Place, situation: Situation, before: Page = ()) -> Visit:
    """The first menu, after `before`; or the offer of a desk, for a language that is not ready."""
    if place.language in helpline.ready:
        said = (*before, *greeting(helpline, place.language, situation))
        return Visit(place, spoken(helpline, place.language, said))
    return Visit(place.at(PERSON), spoken(helpline, place.language, UNREADY))


def _silent(helpline: Helpline, place: Place) -> Steps | Visit:
    """Callers without keys hear what they can do; then the list once more, and a goodbye.

    After unknown codes the first silence may be the last try: what they can do is heard then, too.
    """
    again = place.failed_round(silent=True)
    if again.silences >= SILENCES:
        return goodbye(helpline, "")
    if again.tries >= TRIES:
        return farewell(helpline, "")
    return Visit(again, spoken(helpline, "", without_a_key(helpline)))
