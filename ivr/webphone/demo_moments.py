"""A few moments worth calling at, found in the desks' own hours: all of them open, one of them, none, and so on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import Literal

from ivr.content.hours import hours_on, is_open, turns_on
from ivr.content.model import Desk
from ivr.content.wall_clock import in_order

Kind = Literal["most", "some", "nobody", "closing", "holiday"]
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

    days = [now.date() + timedelta(days=ahead) for ahead in range(1, YEAR + 1)]
    times = [moment(at, "most") for day in days[:DAYS] for at in _middles(desks, day, now)]
    most = max(times, key=lambda found: len(found.desks), default=None)
    if most is None or not most.desks:
        return ()
    day = most.at.date()
    that_day = [found for found in times if found.at.date() == day]
    some = [replace(found, kind="some") for found in that_day if 0 < len(found.desks) < len(most.desks)]
    nobody = [replace(found, kind="nobody") for found in that_day if not found.desks]
    closings = (moment(at - BEFORE_CLOSING, "closing") for at in _closings(desks, day, now))
    holidays = (moment(at, "holiday") for at in _holidays(desks, days, now))
    return (most, *some[:1], *nobody[-1:], *islice(closings, 1), *islice(holidays, 1))


def _middles(desks: Mapping[str, Desk], day: date, now: datetime) -> Iterator[datetime]:
    """A moment in each stretch of a day in which no desk opens or closes."""
    edges = [*_turns(desks, day, now), datetime.combine(day + timedelta(days=1), time(0), now.tzinfo)]
    return (_middle(start, end - start) for start, end in pairwise(edges))


def _turns(desks: Mapping[str, Desk], day: date, now: datetime) -> list[datetime]:
    assert now.tzinfo is not None
    return in_order((turn for desk in desks.values() for turn in turns_on(desk, day, now.tzinfo)), now.tzinfo)


def _closings(desks: Mapping[str, Desk], day: date, now: datetime) -> Iterator[datetime]:
    for turn in _turns(desks, day, now):
        if any(is_open(desk, turn - BEFORE_CLOSING) and not is_open(desk, turn) for desk in desks.values()):
            yield turn


def _holidays(desks: Mapping[str, Desk], days: list[date], now: datetime) -> Iterator[datetime]:
    """The middle of the hours of each day on which a desk would answer if it were not a holiday."""
    for day in days:
        for desk in desks.values():
            usual = desk.hours.on(day)
            if usual and not hours_on(desk, day):
                start = datetime.combine(day, time(0), now.tzinfo) + timedelta(minutes=usual[0].start)
                yield _middle(start, timedelta(minutes=usual[0].end - usual[0].start))


def _middle(start: datetime, length: timedelta) -> datetime:
    """To the hour, where that is after `start`."""
    middle = start + length / 2
    hour = middle.replace(minute=0, second=0, microsecond=0)
    return hour if hour > start else middle.replace(second=0, microsecond=0)
