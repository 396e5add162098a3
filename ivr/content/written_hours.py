"""Hours as staff write them: ``always``, or weekdays with times; and days that are closed, or open at other times."""

import re
from datetime import date
from itertools import pairwise
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, TypeAdapter
from pydantic_core import PydanticCustomError

from ivr.content.did_you_mean import unknown
from ivr.content.fields import mistake
from ivr.content.schedule import ALWAYS, LAST, MINUTES_A_DAY, WEEKDAYS, Days, Interval, Week, Weekly
from ivr.content.tried_hours import tried_dates, tried_days, tried_hours, tried_times

OpenDays: TypeAlias = tuple[tuple[Days, tuple[Interval, ...]], ...]

PLACES = range(1, 6)
EVERY_DAY, HOLIDAYS = "every day", "holidays"
TIMES = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])\s*-\s*(?:([01][0-9]|2[0-3]):([0-5][0-9])|24:00)")
PLACED = re.compile(r"([a-z-]+)((?: (?:[1-5]|last))+)")
DATES = re.compile(r"((?:[0-9]{4}-)?[0-9]{2}-[0-9]{2})(?: to ((?:[0-9]{4}-)?[0-9]{2}-[0-9]{2}))?")


def read_week(written: object) -> Week:
    """Hours as they are written in YAML; raises ValidationError."""
    return _week.validate_python(written)


def read_interval(text: str) -> Interval:
    """What is written as ``09:00-17:00``; past midnight as ``22:00-06:00``. Raises PydanticCustomError."""
    match = TIMES.fullmatch(text)
    if not match:
        raise mistake("bad-hours", f'"{text}" is not a time from and to; {tried_times(text)}')
    start, end = int(match[1]) * 60 + int(match[2]), int(match[3] or 24) * 60 + int(match[4] or 0)
    if start == end:
        raise mistake("bad-hours", f'"{text}" closes when it opens; day and night is "00:00-24:00"')
    return Interval(start, end if start < end else end + MINUTES_A_DAY)


def _weekly_hours(value: object) -> Week:
    if value == "always":
        return ALWAYS
    if not isinstance(value, dict):
        raise mistake("wrong-type", f"hours are weekdays with times; {tried_hours(value)}")
    if "always" in value:
        raise mistake("bad-hours", "always stands alone, for day and night: `hours: always`", "always")
    lines: list[Weekly] = []
    holidays: tuple[Interval, ...] = ()
    for days, times in value.items():
        try:
            if days == HOLIDAYS:
                holidays = _times(days, times)
            else:
                lines.append(_line(str(days), times, lines))
        except PydanticCustomError as error:
            raise mistake(error.type, str(error), str(days)) from None
    week = Week(tuple(lines), holidays)
    if not week.times:
        raise mistake("no-hours", 'a desk without hours is never open; right would be {monday-friday: "09:00-17:00"}')
    return week


def _line(days: str, times: object, above: list[Weekly]) -> Weekly:
    placed = PLACED.fullmatch(days)
    weekdays = _weekdays(placed[1] if placed else days, days)
    places = tuple(LAST if place == "last" else int(place) for place in placed[2].split()) if placed else ()
    line = Weekly(weekdays, _times(days, times), places)
    for other in above:
        if (day := line.overlaps(other)) is not None:
            message = f"{WEEKDAYS[day]} already has hours above; give a day all its times at once"
            raise mistake("hours-overlap", message + _left(WEEKDAYS[day], places or other.places))
    return line


def _left(day: str, places: tuple[int, ...]) -> str:
    """How the weekdays of a month are written that are not in these places."""
    left = " ".join(str(place) for place in PLACES if place not in places)
    return f'; the others are "{day} {left}"' if places and LAST not in places else ""


def _weekdays(text: str, written: str) -> tuple[int, ...]:
    if text == EVERY_DAY:
        return tuple(range(len(WEEKDAYS)))
    first, _, last = text.partition("-")
    last = last or first
    for day in (first, last):
        if day not in WEEKDAYS:
            known, right = (*WEEKDAYS, EVERY_DAY, HOLIDAYS), tried_days(written)
            message = f'"{written}" is not a weekday; {right}' if right else unknown(day, known, "weekday")
            raise mistake("bad-weekday", message)
    days = tuple(range(WEEKDAYS.index(first), WEEKDAYS.index(last) + 1))
    if not days:
        raise mistake("bad-weekday", f'"{text}" runs backwards; a week begins on monday')
    return days


def _times(days: str, written: object) -> tuple[Interval, ...]:
    texts = written if isinstance(written, list) else [written]
    intervals = tuple(sorted(read_interval(str(text or "")) for text in texts))
    if any(one.end > other.start for one, other in pairwise(intervals)):
        raise mistake("hours-overlap", f'the times of "{days}" overlap')
    return intervals


def _open_days(value: object) -> OpenDays:
    """Days of one year first: they go before those of every year."""
    if not isinstance(value, dict):
        raise mistake("wrong-type", 'these are days with times, such as {"2027-05-03": "10:00-15:00"}')
    found: list[tuple[Days, tuple[Interval, ...]]] = []
    for days, times in value.items():
        try:
            found.append((_days(days), _times(str(days), times)))
        except PydanticCustomError as error:
            raise mistake(error.type, str(error), str(days)) from None
    return tuple(sorted(found, key=lambda each: each[0].of_every_year))


def _days(value: object) -> Days:
    """Of every year, or of one; a range of one year runs forwards."""
    match = DATES.fullmatch(str(value))
    if not match or len(match[1]) != len(match[2] or match[1]):
        raise mistake("bad-date", f'"{value}" is not a day; {tried_dates(str(value))}')
    first, last = (tuple(map(int, day.split("-"))) for day in (match[1], match[2] or match[1]))
    for *year, month, day in (first, last):
        try:
            date(year[0] if year else 2024, month, day)  # a leap year
        except ValueError:
            which = "calendar" if year else "year"
            raise mistake("bad-date", f'"{value}" is a day that no {which} has; the month comes first') from None
    days = Days(first, last)
    if not days.of_every_year and first > last:
        raise mistake("bad-date", f'"{value}" runs backwards')
    return days


Times: TypeAlias = str | list[str]
WeeklyHours: TypeAlias = Annotated[
    Week, BeforeValidator(_weekly_hours, json_schema_input_type=Literal["always"] | dict[str, Times])
]
DatedHours: TypeAlias = Annotated[OpenDays, BeforeValidator(_open_days, json_schema_input_type=dict[str, Times])]
ClosedDays: TypeAlias = Annotated[Days, BeforeValidator(_days, json_schema_input_type=str)]
_week = TypeAdapter[Week](WeeklyHours)
