"""A few moments worth calling at, found in the desks' own hours: all of them open, one of them, none, and so on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal

from ivr.content.hours import hours_on, is_open, turns_on
from ivr.content.model import Desk
from ivr.content.wall_clock import in_order
from ivr.webphone.turn_json import Opens

Kind = Literal["most", "some", "nobody", "closing", "holiday"]
DAYS = 14
YEAR = 366
BEFORE_CLOSING = timedelta(seconds=10)


@dataclass(frozen=True)
class Moment:
    """What is told of it, and the desks that are open then."""

    at: datetime
    kind: Kind
    desks: tuple[str, ...]


def moments(desks: Mapping[str, Desk], opens: Opens, now: datetime) -> tuple[Moment, ...]:
    """At most one of each kind, from the day after `now` on, in the helpline's time zone."""

    def moment(at: datetime, kind: Kind) -> Moment:
        return Moment(at, kind, tuple(name for name in desks if opens(name, at)))

    times = [moment(at, "most") for day in _days(now, DAYS) for at in _middles(desks, day, now)]
    most = max(times, key=lambda found: len(found.desks), default=None)
    if most is None or not most.desks:
        return ()
    day = most.at.date()
    found: list[Moment | None] = [most]
    found.append(_first(times, day, "some", lambda count: 0 < count < len(most.desks)))
    found.append(_first([*reversed(times)], day, "nobody", lambda count: count == 0))
    found.append(next((moment(at - BEFORE_CLOSING, "closing") for at in _closings(desks, day, now)), None))
    holiday = _holiday(desks, now)
    found.append(moment(holiday, "holiday") if holiday else None)
    return tuple(one for one in found if one)


def _first(times: list[Moment], day: date, kind: Kind, fits: Callable[[int], bool]) -> Moment | None:
    """On that day, if there is one."""
    for found in times:
        if found.at.date() == day and fits(len(found.desks)):
            return Moment(found.at, kind, found.desks)
    return None


def _days(now: datetime, count: int) -> Iterator[date]:
    return (now.date() + timedelta(days=ahead) for ahead in range(1, count + 1))


def _middles(desks: Mapping[str, Desk], day: date, now: datetime) -> Iterator[datetime]:
    """A moment in each stretch of a day in which no desk opens or closes."""
    edges = [*_turns(desks, day, now), datetime.combine(day + timedelta(days=1), time(0), now.tzinfo)]
    return (_rounded(start, start + (end - start) / 2) for start, end in pairwise(edges))


def _turns(desks: Mapping[str, Desk], day: date, now: datetime) -> list[datetime]:
    assert now.tzinfo is not None
    return in_order((turn for desk in desks.values() for turn in turns_on(desk, day, now.tzinfo)), now.tzinfo)


def _rounded(start: datetime, middle: datetime) -> datetime:
    """To the hour, where it is not before `start`."""
    hour = middle.replace(minute=0, second=0, microsecond=0)
    return hour if hour > start else middle.replace(second=0, microsecond=0)


def _closings(desks: Mapping[str, Desk], day: date, now: datetime) -> Iterator[datetime]:
    for turn in _turns(desks, day, now):
        if any(is_open(desk, turn - BEFORE_CLOSING) and not is_open(desk, turn) for desk in desks.values()):
            yield turn


def _holiday(desks: Mapping[str, Desk], now: datetime) -> datetime | None:
    """The middle of the hours of the next day on which a desk would answer if it were not a holiday."""
    for day in _days(now, YEAR):
        for desk in desks.values():
            spans = desk.hours.on(day)
            if spans and not hours_on(desk, day):
                midnight, (first, *_others) = datetime.combine(day, time(0), now.tzinfo), spans
                start, half = midnight + timedelta(minutes=first.start), timedelta(minutes=first.end - first.start) / 2
                return _rounded(start, start + half)
    return None
