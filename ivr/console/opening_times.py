"""When desks are open, as pages show it: at a moment, and over the days of a month."""

from calendar import Calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TypeAlias

from ivr.content.hours import Override, holding, is_open, next_change, turns_on
from ivr.content.model import Desk, Helpline
from ivr.content.public_holidays import holiday_names
from ivr.content.wall_clock import in_order
from ivr.flow.matching import told_desks
from ivr.flow.situation import Situation

Overrides: TypeAlias = Mapping[str, tuple[Override, ...]]
Span: TypeAlias = tuple[datetime, datetime]
WEEK = 7


@dataclass(frozen=True)
class DeskNow:
    """`opens_at` is in the helpline's time zone; None where it is open, or closed until further notice. `closes_at` is
    None where it is closed, or open for the next seven days. `is_told` is whether callers hear of it at all: what says
    who runs it may be withdrawn. `language` is that of the callers whom it is about, where they have hours of their
    own.
    """

    name: str
    desk: Desk
    is_open: bool
    opens_at: datetime | None
    closes_at: datetime | None
    by_staff: Override | None
    has_number: bool
    is_told: bool
    language: str = ""


@dataclass(frozen=True)
class DeskDay:
    """The times of a day at which a desk is open, by its hours and by what staff said of it; to callers of `language`,
    where they have hours of their own.
    """

    name: str
    language: str
    spans: tuple[Span, ...]
    is_yearly_closure: bool
    by_staff: bool


@dataclass(frozen=True)
class Day:
    day: date
    holiday: str
    desks: tuple[DeskDay, ...]


def desks_at(helpline: Helpline, situation: Situation) -> list[DeskNow]:
    """Each desk, and after it the same for each language that has hours of its own."""
    moment = situation.now.astimezone(helpline.about.time_zone)
    told = {name for language in helpline.languages for name in told_desks(helpline, language)}
    return [
        _desk_at(name, own, moment, situation, language, is_told=name in told)
        for name, desk in helpline.desks.items()
        for language, own in desk.in_turn().items()
    ]


def _desk_at(name: str, desk: Desk, moment: datetime, situation: Situation, language: str, *, is_told: bool) -> DeskNow:
    said = situation.overrides.get(name, ())
    found = is_open(desk, moment, said)
    return DeskNow(
        name=name,
        desk=desk,
        is_open=found,
        opens_at=None if found else next_change(desk, moment, said),
        closes_at=next_change(desk, moment, said, WEEK) if found else None,
        by_staff=holding(desk, moment, said),
        has_number=bool(situation.numbers.get(name)),
        is_told=is_told,
        language=language,
    )


def weeks(helpline: Helpline, month: date, overrides: Overrides, language: str) -> list[list[Day | None]]:
    """A month's days, Monday first; None where a week begins or ends outside it. `month` is its first day."""
    whole_weeks = Calendar().monthdatescalendar(month.year, month.month)
    return [
        [day_of(helpline, day, overrides, language) if day.month == month.month else None for day in week]
        for week in whole_weeks
    ]


def day_of(helpline: Helpline, day: date, overrides: Overrides, language: str) -> Day:
    """One day; its holiday by its name in `language`."""
    places = dict.fromkeys(desk.holidays for desk in helpline.desks.values() if desk.holidays)
    names = dict.fromkeys(holiday_names(place, day.year, language).get(day, "") for place in places)
    desks = tuple(
        _desk_day(helpline, name, language, own, day, overrides.get(name, ()))
        for name, desk in helpline.desks.items()
        for language, own in desk.in_turn().items()
    )
    return Day(day, ", ".join(filter(None, names)), desks)


def _desk_day(helpline: Helpline, name: str, language: str, desk: Desk, day: date, said: Sequence[Override]) -> DeskDay:
    start = datetime.combine(day, time(0), helpline.about.time_zone)
    spans = open_spans(desk, start, said)
    is_yearly = any(day in days and days.of_every_year for days in desk.closed)
    return DeskDay(name, language, spans, is_yearly, by_staff=spans != open_spans(desk, start))


def open_spans(desk: Desk, midnight: datetime, said: Sequence[Override] = ()) -> tuple[Span, ...]:
    """From when to when a desk is open on the day that begins at `midnight`, in the helpline's time zone."""
    assert midnight.tzinfo is not None
    spans: list[Span] = []
    turns = turns_on(desk, midnight.date(), midnight.tzinfo, said)
    for begin, finish in pairwise(in_order([*turns, midnight + timedelta(days=1)], midnight.tzinfo)):
        if is_open(desk, begin, said):
            begin = spans.pop()[0] if spans and spans[-1][1] == begin else begin
            spans.append((begin, finish))
    return tuple(spans)
