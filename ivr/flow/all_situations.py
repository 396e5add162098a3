"""The situations in which a call can be: each desk open or closed, in every combination; and nobody to be reached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import lru_cache
from itertools import combinations as choose

from ivr.content.desk_order import KEPT
from ivr.content.hours import Override, is_open, turns_on
from ivr.content.model import Helpline
from ivr.flow.matching import told_desks
from ivr.flow.situation import Situation
from ivr.numbers import DEMO_NUMBER

CALLER_ID = f"{DEMO_NUMBER}0"
NUMBERS_OF_A_DESK = 2  # the fewest with which the next number of a desk is rung
DAYS = 14
FEW = 4  # desks, of which every combination is looked at


def numbers(helpline: Helpline) -> dict[str, tuple[str, ...]]:
    """Numbers that nobody has, for every desk."""
    return {
        name: tuple(f"{DEMO_NUMBER}{position}{line}" for line in range(1, NUMBERS_OF_A_DESK + 1))
        for position, name in enumerate(helpline.desks, start=1)
    }


@lru_cache(maxsize=KEPT)
def situations(helpline: Helpline, language: str | None = None) -> tuple[Situation, ...]:
    """The combinations of open and closed desks, most open ones first: at a moment that has it, or else by an
    operator's word. Every desk has numbers.

    With a language only of the desks that its callers are told of; the others are as the moment has them. Before one
    is chosen (""), the line is the same at every hour: one situation is enough.
    """
    if language == "":
        return situations(helpline)[:1]
    desks = tuple(helpline.desks) if language is None else told_desks(helpline, language)
    return tuple(_situation(helpline, desks, wanted) for wanted in combinations(desks))


def combinations(desks: tuple[str, ...]) -> list[frozenset[str]]:
    """The sets of desks that are open together, largest first: all sets of a few desks; of more those with at most two
    that are open, or at most one that is closed."""
    sizes = [size for size in range(len(desks), -1, -1) if len(desks) <= FEW or size <= 2 or size >= len(desks) - 1]
    return [frozenset(chosen) for size in sizes for chosen in choose(desks, size)]


def nobody(helpline: Helpline) -> list[Situation]:
    """No desk has a number: the line as it is shipped."""
    return [Situation(situations(helpline)[0].now)]


def later_like(helpline: Helpline, situation: Situation, after: datetime) -> datetime:
    """A moment after another at which the desks' schedules stand as they do in a situation."""
    wanted = _open_desks(helpline, situation.now)
    return next((turn for turn in turns(helpline) if turn > after and _open_desks(helpline, turn) == wanted), after)


def _situation(helpline: Helpline, desks: tuple[str, ...], wanted: frozenset[str]) -> Situation:
    """At the moment that needs the fewest desks to be opened or closed by hand: none, where the schedule has it."""
    among = frozenset(desks)
    moments = _moments(helpline)
    had = min(moments, key=lambda opened: len(opened & among ^ wanted))
    return _at(helpline, moments[had], tuple((name, name in wanted) for name in desks if name in had ^ wanted))


@lru_cache(maxsize=KEPT)
def _at(helpline: Helpline, moment: datetime, by_hand: tuple[tuple[str, bool], ...]) -> Situation:
    """Languages share a situation, so that a call needn't change it when it has chosen one."""
    overrides = {name: (Override(state, since=moment),) for name, state in by_hand}
    return Situation(moment, numbers(helpline), CALLER_ID, overrides)


@lru_cache(maxsize=KEPT)
def _moments(helpline: Helpline) -> Mapping[frozenset[str], datetime]:
    """The first moment at which each combination of open desks holds."""
    found: dict[frozenset[str], datetime] = {}
    for moment in turns(helpline):
        found.setdefault(_open_desks(helpline, moment), moment)
    return found


def _open_desks(helpline: Helpline, moment: datetime) -> frozenset[str]:
    return frozenset(name for name, desk in helpline.desks.items() if is_open(desk, moment))


def turns(helpline: Helpline) -> list[datetime]:
    """The moments of two weeks at which a desk can turn, and the midnights, in order."""
    zone, first = helpline.about.time_zone, helpline.about.opening_times.first
    days = [first + timedelta(days=ahead) for ahead in range(DAYS)]
    midnights = [datetime.combine(day, time(0), zone) for day in days]
    found = {turn for midnight in midnights for desk in helpline.desks.values() for turn in turns_on(desk, midnight)}
    return sorted({*midnights, *found})
