"""Days and moments as staff read them, in the page's language, and as forms send them."""

from datetime import date, datetime
from typing import Literal

from babel.dates import format_date, format_datetime, get_day_names

from ivr.web.words import words_in

YEARS = range(2000, 2100)


def day_in(language: str, day: date) -> str:
    return format_date(day, words_in(language)["date_day"], language)


def moment_in(language: str, moment: datetime) -> str:
    """In the moment's own time zone."""
    return format_datetime(moment, words_in(language)["date_moment"], moment.tzinfo, language)


def month_in(language: str, month: date) -> str:
    return format_date(month, words_in(language)["date_month"], language)


def long_day_in(language: str, day: date) -> str:
    """With the weekday and the month in full, to be read back."""
    return format_date(day, words_in(language)["date_long"], language)


def weekdays_in(language: str, width: Literal["abbreviated", "wide"] = "abbreviated") -> tuple[str, ...]:
    """Their names, short or in full, Monday first."""
    names = get_day_names(width, locale=language)
    return tuple(names[day] for day in range(7))


def read_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def read_moment(text: str) -> datetime | None:
    """A moment as typed, without a time zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=None) if moment.year in YEARS else None


def read_month(text: str) -> date | None:
    return read_day(f"{text}-01")
