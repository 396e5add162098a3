"""Days and moments as staff read them, in the language of the page; and as forms send them."""

from __future__ import annotations

from datetime import date, datetime

WEEKDAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "ja": ("月", "火", "水", "木", "金", "土", "日"),
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
YEARS = range(2000, 2100)


def day_in(language: str, day: date) -> str:
    weekday = WEEKDAYS[language][day.weekday()]
    if language == "ja":
        return f"{day.year}年{day.month}月{day.day}日({weekday})"
    return f"{weekday} {day.day} {MONTHS[day.month - 1]} {day.year}"


def moment_in(language: str, moment: datetime) -> str:
    return f"{day_in(language, moment.date())}{' ' if language == 'ja' else ', '}{moment:%H:%M}"


def month_in(language: str, month: date) -> str:
    return f"{month.year}年{month.month}月" if language == "ja" else f"{MONTHS[month.month - 1]} {month.year}"


def read_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def read_moment(text: str) -> datetime | None:
    """Without a time zone: it was typed in the helpline's."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=None) if moment.year in YEARS else None


def read_month(text: str) -> date | None:
    return read_day(f"{text}-01")
