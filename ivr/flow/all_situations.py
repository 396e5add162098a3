"""The situations in which a call can be: each desk open or closed, in every combination; and nobody to be reached."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta
from functools import lru_cache
from itertools import combinations as choose
from operator import ne
from typing import TypeAlias

from ivr.content.composing import NOTICE
from ivr.content.desk_order import KEPT
from ivr.content.hours import Override, is_open, turns_on
from ivr.content.model import Desk, Helpline
from ivr.content.wall_clock import in_order
from ivr.flow.matching import described, desks_for, told_desks
from ivr.flow.places import Place
from ivr.flow.situation import Situation
from ivr.numbers import DEMO_NUMBER

CALLER_ID = f"{DEMO_NUMBER}0"
NUMBERS_OF_A_DESK = 2  # the fewest with which the next number of a desk is rung
DAYS = 35  # in which every weekday has had every place of a month

FEW = 3  # desks, of which every combination is looked at
# Of more desks, how many may differ from the others, which are closed, or open.
BESIDE_CLOSED, BESIDE_OPEN = 2, 1

# None: open to callers of some languages only.
Combination: TypeAlias = tuple[bool | None, ...]
# By name, each as the callers in question meet it: in one way, or in several.
Desks: TypeAlias = Mapping[str, tuple[Desk, ...]]


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

    With a language only of the desks that its callers are told of, at the hours that hold for them; the others are as
    the moment has them. Before one is chosen (""), desks make no difference: one situation is enough.
    """
    if language == "":
        return situations(helpline)[:1]
    desks = _desks(helpline, language)
    moments = _moments(helpline, desks)
    return tuple(_situation(helpline, tuple(desks), wanted, moments) for wanted in combinations(len(desks)))


def situations_at(helpline: Helpline, language: str, place: Place) -> tuple[Situation, ...]:
    """Those in which a place is looked at: all, where its callers are told of a few desks.

    Of more desks those in which at most two differ from the others, which are closed and not heard of; or at most one
    from the others, which are open and named in turn. What a caller meets depends on a desk and on whether there is
    another, not on which others there are.
    """
    everything = situations(helpline, language)
    if not language or len(told_desks(helpline, language)) <= FEW:
        return everything
    return _near(helpline, language, place.heard, place.tried, place.desk)


@lru_cache(maxsize=KEPT)
def _near(
    helpline: Helpline, language: str, heard: tuple[str, ...], tried: tuple[str, ...], own: str
) -> tuple[Situation, ...]:
    desks = told_desks(helpline, language)
    in_turn = tuple(name for name in desks if name not in tried)[: len(heard)]
    touched = {*tried, own} - {""}
    unlike_closed, unlike_open = {*touched, *heard}, touched if heard == in_turn else {*touched, *heard}
    found = []
    for situation in situations(helpline, language):
        opened = {view.name for view in desks_for(helpline, language, situation) if view.open}
        beside_closed, beside_open = unlike_closed | opened, unlike_open | ({*desks} - opened)
        if len(beside_closed) <= BESIDE_CLOSED or len(beside_open) <= BESIDE_OPEN:
            found.append(situation)
    return tuple(found)


def combinations(desks: int) -> Iterator[tuple[bool, ...]]:
    """Which of so many desks are open together: all combinations of a few; of more those in which at most two are open,
    or at most one is closed."""
    for size in range(desks, -1, -1):
        if desks <= FEW or size <= BESIDE_CLOSED or size >= desks - BESIDE_OPEN:
            yield from (tuple(desk in opened for desk in range(desks)) for opened in choose(range(desks), size))


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


def told_overrides(helpline: Helpline) -> list[Situation]:
    """Staff let callers hear of one desk that is closed today, for some hours, or until further notice; and of all
    closed today, or until further notice.
    """
    now = situations(helpline)[0].now.astimezone(helpline.about.time_zone)
    tonight = datetime.combine(now.date() + timedelta(days=1), time(0), helpline.about.time_zone)
    today = Override(open=False, since=now, until=tonight, told=True)
    hours = Override(open=False, since=now + timedelta(minutes=1), until=now + timedelta(minutes=2), told=True)
    always = Override(open=False, since=now, told=True)
    told = [name for name, desk in helpline.desks.items() if desk.can_be_told]
    said = [{name: (override,)} for name in told for override in (today, hours, always)]
    both = [dict.fromkeys(told, (override,)) for override in (today, always)] if len(told) > 1 else []
    return [Situation(now, numbers(helpline), CALLER_ID, overrides) for overrides in (*said, *both)]


def later_like(helpline: Helpline, situation: Situation, after: datetime) -> datetime:
    """A moment after another at which the desks' schedules stand as they do in a situation."""
    desks = _desks(helpline)
    wanted = _open_desks(desks, situation.now)
    return next((turn for turn in turns(helpline) if turn > after and _open_desks(desks, turn) == wanted), after)


def _desks(helpline: Helpline, language: str | None = None) -> Desks:
    if language is None:
        return {name: tuple(desk.in_turn().values()) for name, desk in helpline.desks.items()}
    return {name: (view.desk,) for name, view in described(helpline, language).items()}


def _situation(
    helpline: Helpline, desks: tuple[str, ...], wanted: tuple[bool, ...], moments: Mapping[Combination, datetime]
) -> Situation:
    """At the moment that needs the fewest desks to be opened or closed by hand: none, where the schedule has it."""
    had = min(moments, key=lambda states: sum(map(ne, states, wanted)))
    states = zip(desks, wanted, had, strict=True)
    return _at(helpline, moments[had], tuple((name, state) for name, state, scheduled in states if state != scheduled))


@lru_cache(maxsize=KEPT)
def _at(helpline: Helpline, moment: datetime, by_hand: tuple[tuple[str, bool], ...]) -> Situation:
    """Languages share a situation, so that a call needn't change it when it has chosen one."""
    overrides = {name: (Override(state, since=moment),) for name, state in by_hand}
    return Situation(moment, numbers(helpline), CALLER_ID, overrides)


def _moments(helpline: Helpline, desks: Desks) -> dict[Combination, datetime]:
    """The first moment at which each combination of open desks holds."""
    found: dict[Combination, datetime] = {}
    for moment in turns(helpline):
        found.setdefault(_open_desks(desks, moment), moment)
    return found


def _open_desks(desks: Desks, moment: datetime) -> Combination:
    return tuple(_is_open_to_all(each, moment) for each in desks.values())


def _is_open_to_all(desk: Iterable[Desk], moment: datetime) -> bool | None:
    found = {is_open(each, moment) for each in desk}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=KEPT)
def turns(helpline: Helpline) -> list[datetime]:
    """The moments of five weeks at which a desk can turn, and the first midnight, in order."""
    zone, first = helpline.about.time_zone, helpline.about.opening_times.first
    desks = [each for desk in helpline.desks.values() for each in desk.in_turn().values()]
    days = (first + timedelta(days=ahead) for ahead in range(DAYS))
    found = (turn for day in days for desk in desks for turn in turns_on(desk, day, zone))
    return in_order([datetime.combine(first, time(0), zone), *found], zone)
