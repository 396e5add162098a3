"""Whether a desk is open at a moment, and when it opens or closes next, by the helpline's own clock on the wall.

Times are half-open and belong to the day on which they begin: after midnight the hours of the day before still hold.
Where the clocks are set, what they show decides: a time that comes twice is open twice.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from ivr.content.model import Desk
from ivr.content.public_holidays import public_holidays
from ivr.content.schedule import ALWAYS, MINUTES_A_DAY, Interval
from ivr.content.wall_clock import day_before, in_order, moments, shown

HORIZON_DAYS = 400

USUAL = Interval(0, 0)


@dataclass(frozen=True)
class Override:
    """A word of staff that wins over every schedule, from `since` until before `until` (None: further notice).

    With `hours` it holds at these times of each day only; with USUAL, when the desk would be open if no holiday or
    closure were in the way. Outside them the schedule goes on as if nothing were said. `told` is whether callers
    hear of it at the start of their call.
    """

    open: bool
    since: datetime
    until: datetime | None = None
    hours: Interval | None = None
    told: bool = False

    def holds(self, desk: Desk, moment: datetime) -> bool:
        now = moment.astimezone(UTC)
        if now < self.since or (self.until is not None and now >= self.until):
            return False
        return self.hours is None or _within(lambda day: self.times(desk, day), moment)

    def times(self, desk: Desk, day: date) -> tuple[Interval, ...]:
        """The times that begin on a day between `since` and `until` at which it holds; none if it holds all day."""
        if self.hours == USUAL:
            return usual_hours(desk, day)
        return (self.hours,) if self.hours else ()


def is_open(desk: Desk, moment: datetime, overrides: Sequence[Override] = ()) -> bool:
    """`moment` is an aware datetime in the helpline's time zone; of the overrides the first that holds wins."""
    override = holding(desk, moment, overrides)
    return override.open if override else _within(lambda day: hours_on(desk, day), moment)


def holding(desk: Desk, moment: datetime, overrides: Sequence[Override]) -> Override | None:
    """The override that decides at a moment, if one does."""
    for override in overrides:
        if override.holds(desk, moment):
            return override
    return None


def _within(hours: Callable[[date], Sequence[Interval]], moment: datetime) -> bool:
    """Whether the hours of this day, or those that go on from the day before, hold at a moment."""
    now = shown(moment)
    minutes, day = now.hour * 60 + now.minute, now.date()
    for each in hours(day):
        if each.start <= minutes < each.end:
            return True
    return any(minutes + MINUTES_A_DAY < each.end for each in hours(day_before(day, _zone(moment))))


def _zone(moment: datetime) -> tzinfo:
    assert moment.tzinfo is not None
    return moment.tzinfo


def hours_on(desk: Desk, day: date) -> tuple[Interval, ...]:
    """What the schedule has for a day, to its end past midnight."""
    for days, hours in desk.open:
        if day in days:
            return hours
    for days in desk.closed:
        if day in days:
            return ()
    is_holiday = desk.holidays and day in public_holidays(desk.holidays, day.year)
    return desk.hours.holidays if is_holiday else desk.hours.on(day)


def never_closes(desk: Desk) -> bool:
    """By its hours, to callers of any language; staff can still close it."""
    return not desk.closed and not desk.open and all(own.hours == ALWAYS for own in desk.in_turn().values())


def usual_hours(desk: Desk, day: date) -> tuple[Interval, ...]:
    """What the schedule has for a day, or would have if it were no holiday and no closure."""
    return hours_on(desk, day) or desk.hours.on(day)


def next_opening(desk: Desk, moment: datetime, overrides: Sequence[Override] = ()) -> datetime | None:
    """The first moment from `moment` on at which the desk is open, or None if there is none within 400 days."""
    return moment if is_open(desk, moment, overrides) else next_change(desk, moment, overrides)


def next_change(
    desk: Desk, moment: datetime, overrides: Sequence[Override] = (), days: int = HORIZON_DAYS
) -> datetime | None:
    """The first moment after `moment` at which the desk opens if it is closed, or closes; None if it does not within
    these days. Where one span follows another without a gap, it stays open.
    """
    if overrides and overrides[0].until is None and not overrides[0].hours and overrides[0].holds(desk, moment):
        return None
    now, zone, was_open = moment.astimezone(UTC), _zone(moment), is_open(desk, moment, overrides)
    for ahead in range(days):
        for turn in turns_on(desk, moment.date() + timedelta(days=ahead), zone, overrides):
            if turn > now and is_open(desk, turn, overrides) != was_open:
                return turn
    return None


def turns_on(desk: Desk, day: date, zone: tzinfo, overrides: Sequence[Override] = ()) -> list[datetime]:
    """In order, every moment of a day at which the desk can open or close, its beginning first."""
    clocks = {0, *_edges(desk, day, overrides)}
    clocks |= {edge - MINUTES_A_DAY for edge in _edges(desk, day_before(day, zone), overrides)}
    turns = moments(day, {clock for clock in clocks if 0 <= clock < MINUTES_A_DAY}, zone)
    ends = (end.astimezone(zone) for said in overrides for end in (said.since, said.until) if end)
    ends_today = [end for end in ends if end.date() == day]
    return in_order([*turns, *ends_today], zone) if ends_today else turns


def _edges(desk: Desk, day: date, overrides: Sequence[Override]) -> Iterator[int]:
    """Where the times of a day begin and end, in minutes."""
    for hours in (hours_on(desk, day), *(said.times(desk, day) for said in overrides)):
        for each in hours:
            yield from (each.start, each.end)
