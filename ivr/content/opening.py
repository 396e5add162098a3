"""When a desk opens again, as a whole sentence: word by word it would be wrong in most languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from ivr.content.clip_text import ClipText
from ivr.content.hours import next_opening
from ivr.content.model import Desk, Helpline
from ivr.content.schedule import WEEKDAYS
from ivr.content.slots import put_in
from ivr.content.words import OpeningWords

# Six days ahead a weekday is still unmistakable; a week ahead it would name today.
WEEKDAY_DAYS = 6


def opening_prompt(now: datetime, opens_at: datetime) -> str:
    """The clip that says `opens_at` to a caller at `now`, both in the helpline's time zone."""
    ahead = (opens_at.date() - now.date()).days
    clock, weekday = f"{opens_at:%H%M}", WEEKDAYS[opens_at.weekday()]
    if ahead == 0:
        return f"opens.today.{clock}"
    if ahead == 1:
        return f"opens.tomorrow.{clock}"
    if ahead <= WEEKDAY_DAYS:
        return f"opens.weekday.{weekday}.{clock}"
    return f"opens.date.{opens_at:%m%d}.{weekday}.{clock}"


def opening_texts(language: str, words: OpeningWords, openings: list[str]) -> Iterator[ClipText]:
    """The sentences for these openings, as far as the language has words for them."""
    for prompt in openings:
        sentence = _sentence(words, prompt)
        if sentence:
            yield ClipText(language, prompt, (sentence,))


def occurring_openings(helpline: Helpline) -> list[str]:
    """The clips of every opening time that can be spoken on the days of `opening_times`, sorted."""
    span = helpline.about.opening_times
    return sorted(
        {prompt for desk in helpline.desks.values() for prompt in _occurring_for(helpline, desk, span.first, span.last)}
    )


def _occurring_for(helpline: Helpline, desk: Desk, first: date, last: date) -> Iterator[str]:
    """From every midnight and every closing time, which are all the moments at which the answer changes."""
    zone = helpline.about.time_zone
    day = first
    while day <= last:
        for clock in (time(0), *(interval.end for interval in desk.hours[day.weekday()])):
            now = datetime.combine(day, clock, zone)
            opens_at = next_opening(desk, now)
            if opens_at and opens_at > now:
                yield opening_prompt(now, opens_at)
        day += timedelta(days=1)


def _sentence(words: OpeningWords, prompt: str) -> str | None:
    """None where the language lacks a word: the general sentence is spoken instead."""
    kind, *parts = prompt.split(".")[1:]
    clock = words.times.get(f"{parts[-1][:2]}:{parts[-1][2:]}")
    weekday = words.weekdays.get(parts[-2], "") if kind in ("weekday", "date") else "-"
    day = words.dates.get(f"{parts[0][:2]}-{parts[0][2:]}", "") if kind == "date" else "-"
    template = {"today": words.today, "tomorrow": words.tomorrow, "weekday": words.weekday, "date": words.date}[kind]
    if not (clock and weekday and day):
        return None
    return put_in(template, {"time": clock, "weekday": weekday, "date": day})
