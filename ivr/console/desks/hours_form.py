"""The usual hours of a desk in a form, a row for each weekday: read by the rules of YAML, and written as there.

Lines for some weekdays of a month ("wednesday 2 4") aren't in the form, and stay as they are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from pydantic import ValidationError

from ivr.content.changes import Spot, Value
from ivr.content.model import Desk
from ivr.content.schedule import LAST, WEEKDAYS, WHOLE_DAY, Interval, Week, Weekly
from ivr.content.written_hours import EVERY_DAY, HOLIDAYS, read_week
from ivr.database.override_span import is_at_night_or_long

# As YAML has them: "always", or the times of each kind of day.
Hours: TypeAlias = str | dict[str, str | list[str]]
Rows: TypeAlias = Mapping[str, tuple[str, ...]]

MIDNIGHT, END_OF_DAY = "00:00", "24:00"
PROBLEMS = {"hours-overlap": "usual_overlap", "no-hours": "usual_none"}
SPARE = 2  # spans of a day that the form has room for, if none has more already


@dataclass(frozen=True)
class UsualHours:
    """What a form says: the hours of a desk as they would stand in desks.yaml, and as they are understood."""

    desk: str
    written: Hours
    week: Week

    def rings_at_night(self, before: Week) -> bool:
        """Whether these hours go into the night, or beyond twelve hours on end, where those before did not."""
        return any(is_at_night_or_long(each) for each in self.week.times if each not in before.times)


def edits_for(form: UsualHours) -> Mapping[Spot, Value]:
    return {("desks.yaml", ("desks", form.desk, "hours")): form.written}


def rows(desk: Desk) -> tuple[str, ...]:
    """The rows of the form: weekdays, and public holidays where the desk keeps some."""
    return (*WEEKDAYS, HOLIDAYS) if desk.holidays else WEEKDAYS


def room(desk: Desk) -> int:
    """How many times from and to a row has."""
    return max(SPARE, *(len(times) + 1 for times in rows_of(desk.hours).values()))


def rows_of(week: Week) -> Rows:
    """The times of each weekday, and of holidays, as they are written."""
    return {**dict(zip(WEEKDAYS, map(_texts, week.by_weekday), strict=True)), HOLIDAYS: _texts(week.holidays)}


def form_of(desk: Desk) -> dict[str, str]:
    """What the fields hold before anybody types; a field for a time has no 24:00."""
    fields: dict[str, str] = {}
    for row, times in rows_of(desk.hours).items():
        for number, text in enumerate(times):
            opens, closes = text.split("-")
            fields[f"{row}-opens-{number}"] = opens
            fields[f"{row}-closes-{number}"] = MIDNIGHT if closes == END_OF_DAY else closes
    return fields


def read_usual_hours(form: Mapping[str, str], name: str, desk: Desk) -> tuple[UsualHours | None, dict[str, str]]:
    """The hours, or the word for what is wrong with each row; `hours` where it is with the week as a whole."""
    most = room(desk)
    times = {row: _typed(form, row, most) for row in rows(desk)}
    wrong = {row: problem for row, typed in times.items() if typed and (problem := _problem({_as_day(row): typed}))}
    if wrong:
        return None, wrong
    kept = {HOLIDAYS: _texts(desk.hours.holidays), **times}
    written = _written(kept, desk.hours.placed, has_holidays=bool(desk.holidays))
    if problem := _problem(written):
        return None, {"hours": problem}
    week = read_week(written)
    if rows_of(week) == rows_of(desk.hours):
        return None, {"hours": "hours_unchanged"}
    return UsualHours(name, written, week), {}


def _typed(form: Mapping[str, str], row: str, room: int) -> tuple[str, ...]:
    """00:00 at the end is midnight, which ends the day."""
    pairs = ((form.get(f"{row}-opens-{each}", ""), form.get(f"{row}-closes-{each}", "")) for each in range(room))
    typed = ((opens, END_OF_DAY if closes == MIDNIGHT else closes) for opens, closes in pairs if opens or closes)
    return tuple(f"{opens}-{closes}" for opens, closes in typed)


def _as_day(row: str) -> str:
    """Holidays alone are no hours: a row is looked at as if it were a weekday's."""
    return WEEKDAYS[0] if row == HOLIDAYS else row


def _problem(written: Hours | Mapping[str, tuple[str, ...]]) -> str:
    """The word for the first rule that is broken, if one is."""
    try:
        plain = written if isinstance(written, str) else {day: _one_or_more(times) for day, times in written.items()}
        read_week(plain)
    except ValidationError as error:
        return PROBLEMS.get(error.errors()[0]["type"], "usual_bad_hours")
    return ""


def _written(times: Rows, placed: Iterable[Weekly], *, has_holidays: bool) -> Hours:
    """In as few lines as there can be."""
    whole = (str(WHOLE_DAY),)
    if all(times[day] == whole for day in WEEKDAYS) and (times[HOLIDAYS] == whole or not has_holidays):
        return "always"
    lines: dict[str, str | list[str]] = {}
    for each, days in groupby(WEEKDAYS, key=times.__getitem__):
        if each:
            lines[_days(tuple(days))] = _one_or_more(each)
    for line in placed:
        places = " ".join("last" if place == LAST else str(place) for place in line.places)
        lines[f"{_days(tuple(WEEKDAYS[day] for day in line.weekdays))} {places}"] = _one_or_more(_texts(line.times))
    if times[HOLIDAYS]:
        lines[HOLIDAYS] = _one_or_more(times[HOLIDAYS])
    return lines


def _days(days: tuple[str, ...]) -> str:
    if days == WEEKDAYS:
        return EVERY_DAY
    return days[0] if len(days) == 1 else f"{days[0]}-{days[-1]}"


def _one_or_more(times: str | Iterable[str]) -> str | list[str]:
    found = [times] if isinstance(times, str) else list(times)
    return found[0] if len(found) == 1 else found


def _texts(times: Iterable[Interval]) -> tuple[str, ...]:
    return tuple(map(str, sorted(times)))
