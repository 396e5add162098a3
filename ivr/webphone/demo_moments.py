"""A few moments worth calling at, found in the desks' own hours: all of them open, one of them, none, and so on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal

from ivr.content.hours import hours_on
from ivr.content.model import Desk
from ivr.webphone.turn_json import Opens

Kind = Literal["most", "some", "nobody", "closing", "holiday"]
DAYS = 14
YEAR = 366
MIDNIGHT = time(0)
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
    hours = {edge for desk in desks.values() for span in hours_on(desk, day) for edge in (span.start, span.end)}
    edges = [datetime.combine(day, edge, now.tzinfo) for edge in sorted({MIDNIGHT, *hours})]
    edges.append(datetime.combine(day + timedelta(days=1), MIDNIGHT, now.tzinfo))
    return (_rounded(start, start + (end - start) / 2) for start, end in pairwise(edges))


def _rounded(start: datetime, middle: datetime) -> datetime:
    """To the hour, where it is not before `start`."""
    hour = middle.replace(minute=0, second=0, microsecond=0)
    return hour if hour > start else middle.replace(second=0, microsecond=0)


def _closings(desks: Mapping[str, Desk], day: date, now: datetime) -> Iterator[datetime]:
    ends = sorted({span.end for desk in desks.values() for span in hours_on(desk, day)})
    return (datetime.combine(day, end, now.tzinfo) for end in ends)


def _holiday(desks: Mapping[str, Desk], now: datetime) -> datetime | None:
    """The middle of the hours of the next day on which a desk would answer if it were not a holiday."""
    for day in _days(now, YEAR):
        for desk in desks.values():
            spans = desk.hours[day.weekday()]
            if spans and not hours_on(desk, day):
                start = datetime.combine(day, spans[0].start, now.tzinfo)
                return _rounded(start, start + (datetime.combine(day, spans[0].end, now.tzinfo) - start) / 2)
    return None
