"""When a desk opens again, as a whole sentence: word by word it would be wrong in most languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from ivr.content.clip_text import ClipText
from ivr.content.hours import hours_on, next_opening
from ivr.content.model import Desk, Helpline
from ivr.content.schedule import WEEKDAYS
from ivr.content.slots import put_in
from ivr.content.words import OpeningWords

# Six days ahead a weekday is still unmistakable; a week ahead it would name today.
WEEKDAY_DAYS = 6


@dataclass(frozen=True)
class Opening:
    """A moment at which a desk opens, as a caller is told of it.

    `kind` says by which sentence: later today, tomorrow, on a weekday of the coming days, or on a date. `weekday` is
    empty where it isn't said, and so is `day`, such as ``01-04`` for 4 January.
    """

    kind: Literal["today", "tomorrow", "weekday", "date"]
    time: time
    weekday: str = ""
    day: str = ""

    @property
    def prompt(self) -> str:
        """The name of the clip that says it, such as ``opens.date.0104.monday.0900``."""
        said = (self.kind, self.day.replace("-", ""), self.weekday, f"{self.time:%H%M}")
        return ".".join(("opens", *filter(None, said)))


def opening(now: datetime, opens_at: datetime) -> Opening:
    """How a caller at `now` is told that a desk opens at `opens_at`, both in the helpline's time zone."""
    ahead, clock = (opens_at.date() - now.date()).days, opens_at.time()
    if ahead == 0:
        return Opening("today", clock)
    if ahead == 1:
        return Opening("tomorrow", clock)
    weekday = WEEKDAYS[opens_at.weekday()]
    if ahead <= WEEKDAY_DAYS:
        return Opening("weekday", clock, weekday)
    return Opening("date", clock, weekday, f"{opens_at:%m-%d}")


def opening_texts(language: str, words: OpeningWords, openings: Iterable[Opening]) -> Iterator[ClipText]:
    """The sentences for these openings, as far as the language has words for them."""
    for each in openings:
        if sentence := _sentence(words, each):
            yield ClipText(language, each.prompt, (sentence,))


def occurring_openings(helpline: Helpline) -> list[Opening]:
    """Every opening that can be told on the days of `opening_times`, sorted by its clip's name."""
    span = helpline.about.opening_times
    zone = helpline.about.time_zone
    found = {
        opening(now, opens_at)
        for desk in helpline.desks.values()
        for now in _turns(desk, span.first, span.last)
        if (opens_at := next_opening(desk, now.replace(tzinfo=zone))) and opens_at > now.replace(tzinfo=zone)
    }
    return sorted(found, key=lambda each: each.prompt)


def _turns(desk: Desk, first: date, last: date) -> Iterator[datetime]:
    """Every midnight and every closing time: all the moments at which the next opening is told in another way."""
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        for clock in (time(0), *(interval.end for interval in hours_on(desk, day))):
            yield datetime.combine(day, clock)


def _sentence(words: OpeningWords, told: Opening) -> str | None:
    """None where the language lacks a word: the general sentence is spoken instead."""
    needed = {
        "time": words.times.get(f"{told.time:%H:%M}"),
        "weekday": words.weekdays.get(told.weekday) if told.weekday else "-",
        "date": words.dates.get(told.day) if told.day else "-",
    }
    template: str = getattr(words, told.kind)
    found = {slot: word for slot, word in needed.items() if word}
    return put_in(template, found) if len(found) == len(needed) else None
