"""What one step of a call adds to the counts. We count steps, never people: nothing joins one step to the next.

Each address names the place that a caller leaves, and the answer to it the place that the caller reaches.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias, get_args

from ivr.content.desk_order import KEPT
from ivr.content.model import Helpline
from ivr.content.pages import LANGUAGES, PERSON
from ivr.flow.endings import apology, goodbye
from ivr.flow.engine import known, understood
from ivr.flow.language_list import chosen
from ivr.flow.matching import desks_for
from ivr.flow.places import DESKS_SIDE, Event, EventKind, Place
from ivr.flow.situation import Situation
from ivr.flow.steps import Dial, Gather, Hangup, Redirect, Steps, plays

Kind: TypeAlias = Literal["call", "language", "outside", "outcome", "transfer", "error", "entered", "left", "heard"]
Failure: TypeAlias = Literal["ours", "fallback"]
Counted: TypeAlias = tuple[Kind, str]

KINDS: tuple[Kind, ...] = get_args(Kind)
# What tells of topics is counted by month, what tells of languages by day, so that the two can't be laid side by side.
MONTHLY: tuple[Kind, ...] = ("entered", "left", "heard")


class CountEvent(NamedTuple):
    """One thing that happened. `period` is the day, or the first of the month, in the helpline's time zone."""

    period: date
    kind: Kind
    name: str


def count_events(
    place: Place, event: Event, steps: Steps, situation: Situation, helpline: Helpline
) -> tuple[CountEvent, ...]:
    """What `event` at `place`, answered by `steps`, adds; no steps mean that nobody is there any more to hear them.

    What a desk hears is not counted. Names are the helpline's own (vocabulary.py), never words of the request.
    """
    if event.kind in DESKS_SIDE:
        return ()
    here, event = understood(helpline, place, event)
    begins = place._replace(language="") == Place() and event.kind == "show"
    language = chosen(helpline, event.digits) if here.page == LANGUAGES and event.kind == "keys" else ""
    if begins:  # chosen by the number that was dialled, or the only one
        language = here.language or helpline.only_language
    counted = (
        *(_begun(situation, helpline) if begins else ()),
        *_language(language, situation, helpline),
        *_moved(here, steps, in_any_case=bool(language)),
        *_outcome(here, event, steps, situation, helpline),
        *_transfer(here, event, steps, situation, helpline),
        *_heard(steps),
    )
    return _dated(counted, _day(situation.now, helpline))


def failure(name: Failure, place: Place, kind: EventKind, now: datetime, helpline: Helpline) -> tuple[CountEvent, ...]:
    """What an error adds: `ours` was answered by an apology, which leads the caller elsewhere."""
    here = known(helpline, place)
    moved = _moved(here, apology(helpline, here)) if name == "ours" and kind not in DESKS_SIDE else ()
    return _dated((("error", name), *moved), _day(now, helpline))


def _day(now: datetime, helpline: Helpline) -> date:
    return now.astimezone(helpline.about.time_zone).date()


@lru_cache(maxsize=KEPT)
def _dated(counted: tuple[Counted, ...], day: date) -> tuple[CountEvent, ...]:
    """Each in its period."""
    month = day.replace(day=1)
    return tuple(CountEvent(month if kind in MONTHLY else day, kind, name) for kind, name in counted)


def _begun(situation: Situation, helpline: Helpline) -> Iterator[Counted]:
    yield "call", f"{situation.now.astimezone(helpline.about.time_zone):%H}"
    yield "entered", LANGUAGES


def _language(language: str, situation: Situation, helpline: Helpline) -> Iterator[Counted]:
    """The language chosen, ready or not; whether all desks that it is told of are closed."""
    if not language:
        return
    yield "language", language
    desks = desks_for(helpline, language, situation)
    if desks and not any(desk.open for desk in desks):
        yield "outside", language


def _moved(here: Place, steps: Steps, *, in_any_case: bool = False) -> Iterator[Counted]:
    """From one page to another: a round of the same page is neither.

    Whoever chose a language leaves the list, even if only to hear it again, because the language is not ready: else
    those who left it would differ from the choices by the few who chose such a language.
    """
    reached = _reached(steps)
    if reached and (in_any_case or reached.page != here.page):
        yield "left", here.page
        yield "entered", reached.page


def _outcome(here: Place, event: Event, steps: Steps, situation: Situation, helpline: Helpline) -> Iterator[Counted]:
    """What a call came to, as far as the line knows: whoever just hangs up is seen in the menu that they entered."""
    if Hangup() in steps:
        answered = event.kind == "silence" and here.page != LANGUAGES and steps == goodbye(helpline, here.language)
        asked_for = here.page in helpline.menus and _hangs_up(helpline, here.page, event)
        yield "outcome", "answer" if answered else "hang-up" if asked_for else "farewell"
    reached = _reached(steps)
    if reached and reached.page == PERSON != here.page:
        desks = desks_for(helpline, reached.language, situation)
        if any(desk.numbers for desk in desks) and not any(desk.transferable for desk in desks):
            yield "outcome", "nobody-open"


def _hangs_up(helpline: Helpline, page: str, event: Event) -> bool:
    """Whether a key was pressed that ends the call: which one, and what is said then, is not told."""
    option = helpline.menus[page].options.get(event.digits)
    return event.kind == "keys" and option is not None and bool(option.hang_up)


def _transfer(here: Place, event: Event, steps: Steps, situation: Situation, helpline: Helpline) -> Iterator[Counted]:
    """How a transfer ended, once the last of the desk's numbers has been rung."""
    result = _result(here, event, steps, situation, helpline) if here.desk else ""
    if result:
        yield "transfer", f"{here.desk}/{result}"


def _result(here: Place, event: Event, steps: Steps, situation: Situation, helpline: Helpline) -> str:
    reached = _reached(steps)
    if reached and reached.page == here.page:
        return ""  # it rings, or the desk's operator has to be named first
    if event.kind == "dialled":
        return event.outcome if steps or event.outcome == "answered" else "given-up"
    if event.kind != "dial":
        return ""
    desks = desks_for(helpline, here.language, situation)
    return "closed" if any(desk.name == here.desk and not desk.open for desk in desks) else "failed"


@lru_cache(maxsize=KEPT)
def _reached(steps: Steps) -> Place | None:
    return next((step.place for step in steps if isinstance(step, Gather | Redirect | Dial)), None)


@lru_cache(maxsize=KEPT)
def _heard(steps: Steps) -> tuple[Counted, ...]:
    """Each prompt once."""
    return tuple(("heard", prompt) for prompt in sorted({play.prompt for play in plays(steps)}))
