"""The usual hours of a desk in words: `Monday to Friday 09:00 to 17:00`."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import reduce
from itertools import groupby

from babel.dates import format_date

from ivr.content.schedule import ALWAYS, MINUTES_A_DAY, WEEKDAYS, Days, Interval, Week
from ivr.web.dates import weekdays_in
from ivr.web.words import words_in

LEAP_YEAR = 2024


def week_in_words(language: str, week: Week, *, has_holidays: bool) -> list[str]:
    """Weekdays with the same hours in one line, closed ones too; then some weekdays of a month, and holidays."""
    words = words_in(language)
    return [
        words["week_line"].format(days=days, times=_times(language, times))
        for days, times in _lines(language, week, has_holidays=has_holidays)
    ]


def _lines(language: str, week: Week, *, has_holidays: bool) -> Iterator[tuple[str, tuple[Interval, ...]]]:
    words = words_in(language)
    for times, days in groupby(range(len(WEEKDAYS)), key=week.by_weekday.__getitem__):
        yield _days(language, tuple(days)), times
    for line in week.placed:
        places = _and(language, (words["week_nth_" + str(place)] for place in line.places))
        yield words["week_places"].format(places=places, days=_days(language, line.weekdays)), line.times
    if has_holidays or week == ALWAYS:
        yield words["week_holidays"], week.holidays


def _days(language: str, days: tuple[int, ...]) -> str:
    words, names = words_in(language), weekdays_in(language, "wide")
    if len(days) == len(WEEKDAYS):
        return words["week_every_day"]
    first, last = names[days[0]], names[days[-1]]
    return first if len(days) == 1 else words["week_days"].format(first=first, last=last)


def _times(language: str, times: Iterable[Interval]) -> str:
    words, told = words_in(language), []
    for each in times:
        template = "week_overnight" if each.end > MINUTES_A_DAY else "week_times"
        told.append(words[template].format(opens=each.opens, closes=each.closes))
    return _and(language, told) if told else words["closed_day"]


def _and(language: str, told: Iterable[str]) -> str:
    return reduce(lambda one, other: words_in(language)["week_and"].format(one=one, other=other), told)


def closures_in_words(language: str, closed: Iterable[Days]) -> list[str]:
    """Days of every year, such as 29 December to 3 January, or of one."""
    words, told = words_in(language), []
    for days in closed:
        pattern = "date_every_year" if days.of_every_year else "date_day"
        first, last = (format_date(_date(each), words[pattern], language) for each in (days.first, days.last))
        told.append(first if first == last else words["week_days"].format(first=first, last=last))
    return told


def _date(day: tuple[int, ...]) -> date:
    *year, month, day_of_month = day
    return date(year[0] if year else LEAP_YEAR, month, day_of_month)
