"""The computed public holidays of a year, and what the desks do on each."""

from dataclasses import dataclass
from datetime import date, datetime, time

from ivr.console.opening_times import Span, open_spans
from ivr.content.model import Helpline
from ivr.content.public_holidays import holiday_names


@dataclass(frozen=True)
class DeskHoliday:
    """When a desk that keeps a country's public holidays is open on one of them; usually never."""

    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Holiday:
    """`place` is the country or region, empty if all desks keep those of the same one."""

    day: date
    name: str
    place: str
    desks: tuple[DeskHoliday, ...]


@dataclass(frozen=True)
class Year:
    last: date
    holidays: tuple[Holiday, ...]


def places(helpline: Helpline) -> tuple[str, ...]:
    """The countries and regions whose public holidays close a desk."""
    return tuple(dict.fromkeys(desk.holidays for desk in helpline.desks.values() if desk.holidays))


def year_list(helpline: Helpline, year: int, first: date, language: str) -> Year:
    """A year's holidays from the day `first` on, with their names in a language if they are known in it."""
    kept = places(helpline)
    found = [
        Holiday(day, name, place if len(kept) > 1 else "", _desks(helpline, place, day))
        for place in kept
        for day, name in holiday_names(place, year, language).items()
        if day >= first
    ]
    return Year(date(year, 12, 31), tuple(sorted(found, key=lambda each: (each.day, each.place))))


def _desks(helpline: Helpline, place: str, day: date) -> tuple[DeskHoliday, ...]:
    midnight = datetime.combine(day, time(), helpline.about.time_zone)
    return tuple(
        DeskHoliday(name, open_spans(desk, midnight)) for name, desk in helpline.desks.items() if desk.holidays == place
    )
