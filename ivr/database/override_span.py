"""What staff type when they close or open a desk, and what it means: an `Override` of that desk."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from pydantic_core import PydanticCustomError

from ivr.content.hours import USUAL, Override, usual_hours
from ivr.content.model import Desk
from ivr.content.schedule import MINUTES_A_DAY, WHOLE_DAY, Interval
from ivr.content.written_hours import read_interval
from ivr.errors import HelplineError

DAY = timedelta(days=1)
MAX_DAYS = 366  # that are looked through for usual hours
MORNING, NIGHT, LONG = 7 * 60, 22 * 60, 12 * 60  # minutes


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

    A day is what the desk is open for on it, to its end past midnight. A desk is opened at the hours that were given,
    else at its usual ones; only from one moment to another, less than a day later, all the time. `now` is in the
    helpline's time zone.
    """
    since = _first_moment(desk, span, now, open=open)
    until = None if span.ends is None else _moment(desk, span, span.ends, now, after=DAY)
    override = _to_come(Override(open, since, until, span.hours), now)
    is_stretch = until and _is_moment(span.begins or now) and _is_moment(span.ends) and until - since < DAY
    if open and not span.hours and not is_stretch:
        override = _at_usual_hours(desk, override)
    return _to_come(_without_hours(desk, override), now)


def rings_at_night(desk: Desk, said: Override) -> bool:
    """Whether it opens a desk between 22:00 and 07:00, or for more than 12 hours on end, when its usual hours don't:
    nobody should do that by mistake. `said` is as said_override returns it.
    """
    if not said.open or said.hours == USUAL:
        return False
    if said.until is None and said.hours is None:
        return True
    first, days = said.since.date(), range(7 if said.hours else 1)
    hours = said.hours or _on_its_day(said.since, said.until or said.since)
    return is_at_night_or_long(hours) and not all(_is_usual(desk, first + ahead * DAY, hours) for ahead in days)


def is_at_night_or_long(hours: Interval) -> bool:
    return hours.start < MORNING or hours.end > NIGHT or hours.end - hours.start > LONG


def _on_its_day(since: datetime, until: datetime) -> Interval:
    start = since.hour * 60 + since.minute
    return Interval(start, start + int((until - since).total_seconds()) // 60)


def _is_usual(desk: Desk, day: date, hours: Interval) -> bool:
    return any(usual.start <= hours.start and hours.end <= usual.end for usual in usual_hours(desk, day))


def _is_moment(typed: date | None) -> bool:
    return isinstance(typed, datetime)


def _first_moment(desk: Desk, span: Span, now: datetime, *, open: bool) -> datetime:
    """Whoever closes the desk today, while it is still open since yesterday, closes it from now on."""
    since = _moment(desk, span, span.begins, now) if span.begins else now
    return now if span.begins == now.date() and since > now and not open else since


def _moment(desk: Desk, span: Span, typed: date, now: datetime, after: timedelta = timedelta(0)) -> datetime:
    """A moment, or the start of a day, or of the one `after` it: once what began on the day before has ended."""
    if isinstance(typed, datetime):
        return typed.replace(tzinfo=now.tzinfo)
    day = typed + after
    began = (span.hours,) if span.hours else usual_hours(desk, day - DAY)
    past_midnight = max((each.end - MINUTES_A_DAY for each in began), default=0)
    return datetime.combine(day, time(0), now.tzinfo) + timedelta(minutes=max(0, past_midnight))


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
    since, until = override.since, override.until
    if override.hours == WHOLE_DAY:
        return replace(override, hours=None)
    if override.hours is None or until is None or until - since > 2 * DAY:
        return override
    midnights = (datetime.combine(since, time(0), since.tzinfo) + ahead * DAY for ahead in (-1, 0, 1, 2))
    times = ((midnight, each) for midnight in midnights for each in override.times(desk, midnight.date()))
    spans = [_stretch(override, midnight, each, until) for midnight, each in times]
    met = [span for span in spans if span[0] < span[1]]
    return Override(override.open, *met[0]) if len(met) == 1 else override


def _stretch(override: Override, midnight: datetime, hours: Interval, until: datetime) -> tuple[datetime, datetime]:
    start, end = (midnight + timedelta(minutes=minutes) for minutes in (hours.start, hours.end))
    return max(override.since, start), min(until, end)
