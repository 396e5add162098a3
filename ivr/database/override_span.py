"""What staff type when they close or open a desk, and what it means: an `Override` of that desk."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from pydantic_core import PydanticCustomError

from ivr.content.hours import USUAL, Override, usual_hours
from ivr.content.model import Desk
from ivr.content.schedule import Interval, read_interval
from ivr.errors import HelplineError

DAY = timedelta(days=1)
MAX_DAYS = 366  # that are looked through for usual hours


@dataclass(frozen=True)
class Span:
    """When, as staff typed it in the helpline's time zone: from the start of a day or a moment (None: now) to the end
    of a day or a moment (None: further notice), all the time or at these `hours` of each day.
    """

    begins: date | None = None
    ends: date | None = None
    hours: Interval | None = None


class PastError(HelplineError):
    """What was said ends before it begins, or is over."""


class HoursError(HelplineError):
    """Hours that can't be read, or that have to be given."""


def read_hours(text: str) -> Interval:
    """What is written as ``10:00-15:00``; raises HoursError."""
    try:
        return read_interval(text.strip())
    except PydanticCustomError as error:
        raise HoursError(str(error)) from None


def said_override(desk: Desk, span: Span, now: datetime, *, open: bool) -> Override:
    """What staff said about this desk; raises PastError, and HoursError where usual hours are meant and there are none.

    A desk is opened at the hours that were given, else at its usual ones; only from one moment to another, less than
    a day later, all the time. `now` is in the helpline's time zone.
    """
    since = _moment(span.begins, now) if span.begins else now
    until = _moment(span.ends, now, after=timedelta(0) if _is_moment(span.ends) else DAY) if span.ends else None
    override = _to_come(Override(open, since, until, span.hours), now)
    is_stretch = until and _is_moment(span.begins or now) and _is_moment(span.ends) and until - since < DAY
    if open and not span.hours and not is_stretch:
        override = _at_usual_hours(desk, override)
    return _to_come(_without_hours(desk, override), now)


def _is_moment(typed: date | None) -> bool:
    return isinstance(typed, datetime)


def _moment(typed: date, now: datetime, after: timedelta = timedelta(0)) -> datetime:
    """A moment, or the start of a day; `after` that many days."""
    moment = typed if isinstance(typed, datetime) else datetime.combine(typed, time(0))
    return (moment + after).replace(tzinfo=now.tzinfo)


def _to_come(override: Override, now: datetime) -> Override:
    since, until = override.since, override.until
    if until and until <= now:
        raise PastError(f"{until:%Y-%m-%d %H:%M} is over: it is {now:%Y-%m-%d %H:%M} in {now.tzinfo}.")
    if until and until <= since:
        raise PastError(f"It can't end on {until:%Y-%m-%d %H:%M}: it begins on {since:%Y-%m-%d %H:%M}.")
    return override


def _at_usual_hours(desk: Desk, override: Override) -> Override:
    first = override.since.date()
    last = (override.until - timedelta.resolution).date() if override.until else date.max
    days = (first + timedelta(days=ahead) for ahead in range(min((last - first).days + 1, MAX_DAYS)))
    if not any(usual_hours(desk, day) for day in days):
        raise HoursError("The desk has no usual hours then: say at which it is open, such as 10:00-15:00.")
    return replace(override, hours=USUAL)


def _without_hours(desk: Desk, override: Override) -> Override:
    """The same as one stretch of time, where it is one: workers of the last version know of no hours."""
    since, until, times = override.since, override.until, override.times(desk, override.since.date())
    if until is None or until - datetime.combine(since, time(0), since.tzinfo) > DAY or len(times) != 1:
        return override
    start, end = (datetime.combine(since, clock, since.tzinfo) for clock in (times[0].start, times[0].end))
    return Override(override.open, max(since, start), min(until, end))
