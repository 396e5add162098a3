"""When desks are open, as pages show it: at a moment, and over the days of a month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TypeAlias

from ivr.content.hours import Override, holding, holiday_names, is_open, next_opening, turns_on
from ivr.content.model import Desk, Helpline
from ivr.flow.situation import Situation

Overrides: TypeAlias = Mapping[str, tuple[Override, ...]]
Span: TypeAlias = tuple[datetime, datetime]

WEEK = 7


@dataclass(frozen=True)
class DeskNow:
    """`opens_at` is in the helpline's time zone; None where it is open, or closed until further notice."""

    name: str
    desk: Desk
    is_open: bool
    opens_at: datetime | None
    by_staff: Override | None
    has_number: bool


@dataclass(frozen=True)
class DeskDay:
    """The times of a day at which a desk is open, by its hours and by what staff said of it."""

    name: str
    spans: tuple[Span, ...]
    is_yearly_closure: bool
    by_staff: bool


@dataclass(frozen=True)
class Day:
    day: date
    holiday: str
    desks: tuple[DeskDay, ...]


def desks_at(helpline: Helpline, situation: Situation) -> list[DeskNow]:
    moment = situation.now.astimezone(helpline.about.time_zone)
    return [_desk_at(name, desk, moment, situation) for name, desk in helpline.desks.items()]


def _desk_at(name: str, desk: Desk, moment: datetime, situation: Situation) -> DeskNow:
    said = situation.overrides.get(name, ())
    found = is_open(desk, moment, said)
    return DeskNow(
        name=name,
        desk=desk,
        is_open=found,
        opens_at=None if found else next_opening(desk, moment, said),
        by_staff=holding(desk, moment, said),
        has_number=bool(situation.numbers.get(name)),
    )


def weeks(helpline: Helpline, month: date, overrides: Overrides, language: str) -> list[list[Day | None]]:
    """A month's days, Monday first; None where a week begins or ends outside it. `month` is its first day."""
    days: list[Day | None] = [None] * month.weekday()
    day = month
    while day.month == month.month:
        days.append(_day(helpline, day, overrides, language))
        day += timedelta(days=1)
    days += [None] * (-len(days) % WEEK)
    return [days[start : start + WEEK] for start in range(0, len(days), WEEK)]


def _day(helpline: Helpline, day: date, overrides: Overrides, language: str) -> Day:
    places = dict.fromkeys(desk.holidays for desk in helpline.desks.values() if desk.holidays)
    names = dict.fromkeys(holiday_names(place, day.year, language).get(day, "") for place in places)
    desks = tuple(_desk_day(helpline, name, day, overrides.get(name, ())) for name in helpline.desks)
    return Day(day, ", ".join(filter(None, names)), desks)


def _desk_day(helpline: Helpline, name: str, day: date, said: Sequence[Override]) -> DeskDay:
    desk = helpline.desks[name]
    start = datetime.combine(day, time(0), helpline.about.time_zone)
    spans = open_spans(desk, start, said)
    return DeskDay(
        name, spans, any(day in days and days.of_every_year for days in desk.closed), spans != open_spans(desk, start)
    )


def open_spans(desk: Desk, midnight: datetime, said: Sequence[Override] = ()) -> tuple[Span, ...]:
    """From when to when a desk is open on the day that begins at `midnight`, in the helpline's time zone."""
    end = midnight + timedelta(days=1)
    spans: list[Span] = []
    for begin, finish in pairwise([*turns_on(desk, midnight, said), end]):
        if is_open(desk, begin, said):
            begin = spans.pop()[0] if spans and spans[-1][1] == begin else begin
            spans.append((begin, finish))
    return tuple(spans)
