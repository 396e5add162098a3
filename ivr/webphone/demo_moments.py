"""A few moments worth calling at, found in the desks' own hours: all of them open, one of them, none, and so on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import islice, pairwise
from typing import Literal

from ivr.content.hours import hours_on, turns_on
from ivr.content.model import Desk

Kind = Literal["most", "some", "nobody", "closing", "holiday"]
DAY = timedelta(days=1)
DAYS, YEAR = 14, 366
BEFORE_CLOSING = timedelta(seconds=10)


@dataclass(frozen=True)
class Moment:
    """What is told of it, and the desks that are open then."""

    at: datetime
    kind: Kind
    desks: tuple[str, ...]


def moments(desks: Mapping[str, Desk], opens: Callable[[str, datetime], bool], now: datetime) -> tuple[Moment, ...]:
    """At most one of each kind, from the day after `now` on, in the helpline's time zone."""

    def moment(at: datetime, kind: Kind) -> Moment:
        return Moment(at, kind, tuple(name for name in desks if opens(name, at)))

    days = [datetime.combine(now.date() + ahead * DAY, time(0), now.tzinfo) for ahead in range(1, YEAR + 1)]
    times = [moment(at, "most") for midnight in days[:DAYS] for at in _middles(desks, midnight)]
    most = max(times, key=lambda found: len(found.desks), default=None)
    if most is None or not most.desks:
        return ()
    day = most.at.date()
    that_day = [found for found in times if found.at.date() == day]
    some = [replace(found, kind="some") for found in that_day if 0 < len(found.desks) < len(most.desks)]
    nobody = [replace(found, kind="nobody") for found in that_day if not found.desks]
    ends = sorted(span.end for desk in desks.values() for span in hours_on(desk, day))
    closing = (moment(datetime.combine(day, end, now.tzinfo) - BEFORE_CLOSING, "closing") for end in ends[:1])
    holidays = (moment(at, "holiday") for at in _holidays(desks, days))
    return (most, *some[:1], *nobody[-1:], *closing, *islice(holidays, 1))


def _middles(desks: Mapping[str, Desk], midnight: datetime) -> Iterator[datetime]:
    """A moment in each stretch of a day in which no desk opens or closes."""
    turns = {turn for desk in desks.values() for turn in turns_on(desk, midnight)}
    return (_middle(start, end) for start, end in pairwise(sorted({midnight, *turns, midnight + DAY})))


def _holidays(desks: Mapping[str, Desk], days: list[datetime]) -> Iterator[datetime]:
    """The middle of the hours of each day on which a desk would answer if it were not a holiday."""
    for midnight in days:
        for desk in desks.values():
            usual = desk.hours[midnight.weekday()]
            if usual and not hours_on(desk, midnight.date()):
                start, end = (
                    datetime.combine(midnight, clock, midnight.tzinfo) for clock in (usual[0].start, usual[0].end)
                )
                yield _middle(start, end)


def _middle(start: datetime, end: datetime) -> datetime:
    """To the hour, where that is after `start`."""
    middle = start + (end - start) / 2
    hour = middle.replace(minute=0, second=0, microsecond=0)
    return hour if hour > start else middle.replace(second=0, microsecond=0)
