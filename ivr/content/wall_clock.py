"""The moments at which a time zone's clocks show a time: an hour can come twice or not at all, and so can a day."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
KEPT = 8192


def shown(moment: datetime) -> datetime:
    """The same moment, as its time zone's clocks really show it: 02:30 is 03:30 where that hour is left out."""
    assert moment.tzinfo is not None
    is_plain = clock_change(moment.date(), moment.tzinfo) is None
    return moment if is_plain else moment.astimezone(UTC).astimezone(moment.tzinfo)


@lru_cache(maxsize=KEPT)
def day_before(day: date, zone: tzinfo) -> date:
    """By the calendar of the place: in Samoa 31 December 2011 came after the 29th."""
    before = day - DAY
    noon = datetime.combine(before, time(12), zone)
    return before if shown(noon).date() == before else day_before(before, zone)


def moments(day: date, clocks: Iterable[int], zone: tzinfo) -> list[datetime]:
    """In order, when the clocks show these minutes after midnight, which can come twice; and when they are set."""
    found = [datetime.combine(day, time(*divmod(minutes, 60)), zone) for minutes in sorted(clocks)]
    change = clock_change(day, zone)
    if change is None:
        return found
    both = [*found, *(moment.replace(fold=1) for moment in found), change]
    return [moment for moment in in_order(both, zone) if moment.date() == day]


def in_order(moments: Iterable[datetime], zone: tzinfo) -> list[datetime]:
    """Each once, in a time zone: two that its clocks show alike are not the same."""
    return [moment.astimezone(zone) for moment in sorted({moment.astimezone(UTC) for moment in moments})]


@lru_cache(maxsize=KEPT)
def clock_change(day: date, zone: tzinfo) -> datetime | None:
    """In UTC, when the clocks are set on a day, to the second; None on nearly all days."""
    midnight = datetime.combine(day, time(), zone)
    start, end = midnight.astimezone(UTC) - SECOND, (midnight + DAY).replace(fold=1).astimezone(UTC)
    before = start.astimezone(zone).utcoffset()
    if end.astimezone(zone).utcoffset() == before:
        return None
    while end - start > SECOND:
        middle = start + (end - start) // 2
        middle = middle.replace(microsecond=0)
        start, end = (middle, end) if middle.astimezone(zone).utcoffset() == before else (start, middle)
    return end
