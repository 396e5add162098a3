"""The situations in which a call can be: each desk open or closed, in every combination; and nobody to be reached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from itertools import product
from operator import ne
from typing import TypeAlias

from ivr.content.composing import NOTICE
from ivr.content.hours import Override, is_open, turns_on
from ivr.content.model import Desk, Helpline
from ivr.content.wall_clock import in_order
from ivr.flow.situation import Situation
from ivr.numbers import DEMO_NUMBER

CALLER_ID = f"{DEMO_NUMBER}0"
NUMBERS_OF_A_DESK = 2  # the fewest with which the next number of a desk is rung
DAYS = 35  # in which every weekday has had every place of a month

# None: open to callers of some languages only.
Combination: TypeAlias = tuple[bool | None, ...]


def numbers(helpline: Helpline) -> dict[str, tuple[str, ...]]:
    """Numbers that nobody has, for every desk."""
    return {
        name: tuple(f"{DEMO_NUMBER}{position}{line}" for line in range(1, NUMBERS_OF_A_DESK + 1))
        for position, name in enumerate(helpline.desks, start=1)
    }


def situations(helpline: Helpline) -> list[Situation]:
    """Every combination of open and closed desks, most open ones first: at a moment that has it for callers of all
    languages, or else by an operator's word. Every desk has numbers."""
    combinations = sorted(product((True, False), repeat=len(helpline.desks)), key=lambda states: -sum(states))
    moments = _moments(helpline)
    return [_situation(helpline, states, moments) for states in combinations]


def nobody(helpline: Helpline) -> list[Situation]:
    """No desk has a number: the line as it is shipped."""
    return [Situation(situations(helpline)[0].now)]


def notice_days(helpline: Helpline) -> list[Situation]:
    """The noons around the days on which notices are said: the day before, the first, the last, and the day after."""
    fills = [filled for filled in helpline.about.fill.get(NOTICE, {}).values() if not filled.said_on(None)]
    one = timedelta(days=1)
    days = {day for filled in fills if filled.first for day in (filled.first - one, filled.first)}
    days |= {day for filled in fills if filled.last for day in (filled.last, filled.last + one)}
    noons = [datetime.combine(day, time(12), helpline.about.time_zone) for day in sorted(days)]
    return [Situation(noon, numbers(helpline), CALLER_ID) for noon in noons]


def later_like(helpline: Helpline, situation: Situation, after: datetime) -> datetime:
    """A moment after another at which the desks' schedules stand as they do in a situation."""
    wanted = _open_desks(helpline, situation.now)
    return next((turn for turn in turns(helpline) if turn > after and _open_desks(helpline, turn) == wanted), after)


def _situation(helpline: Helpline, wanted: tuple[bool, ...], moments: Mapping[Combination, datetime]) -> Situation:
    """At the moment that needs the fewest desks to be opened or closed by hand: none, where the schedule has it."""
    had = min(moments, key=lambda states: sum(map(ne, states, wanted)))
    overrides = {
        name: (Override(state, since=moments[had]),)
        for name, state, scheduled in zip(helpline.desks, wanted, had, strict=True)
        if state != scheduled
    }
    return Situation(moments[had], numbers(helpline), CALLER_ID, overrides)


def _moments(helpline: Helpline) -> dict[Combination, datetime]:
    """The first moment at which each combination of open desks holds."""
    found: dict[Combination, datetime] = {}
    for moment in turns(helpline):
        found.setdefault(_open_desks(helpline, moment), moment)
    return found


def _open_desks(helpline: Helpline, moment: datetime) -> Combination:
    return tuple(_is_open_to_all(desk, moment) for desk in helpline.desks.values())


def _is_open_to_all(desk: Desk, moment: datetime) -> bool | None:
    found = {is_open(each, moment) for each in desk.in_turn().values()}
    return found.pop() if len(found) == 1 else None


def turns(helpline: Helpline) -> list[datetime]:
    """The moments of five weeks at which a desk can turn, and the first midnight, in order."""
    zone, first = helpline.about.time_zone, helpline.about.opening_times.first
    desks = [each for desk in helpline.desks.values() for each in desk.in_turn().values()]
    days = (first + timedelta(days=ahead) for ahead in range(DAYS))
    found = (turn for day in days for desk in desks for turn in turns_on(desk, day, zone))
    return in_order([datetime.combine(first, time(0), zone), *found], zone)
