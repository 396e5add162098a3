"""When a desk opens again, as a whole sentence: word by word it would be wrong in most languages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, TypeAlias, get_args

from ivr.content.clip_text import ClipText
from ivr.content.desk_order import desk_order
from ivr.content.hours import is_open, next_opening, turns_on
from ivr.content.model import Desk, Helpline
from ivr.content.schedule import WEEKDAYS
from ivr.content.slots import put_in
from ivr.content.words import OpeningWords

# Six days ahead a weekday is still unmistakable; a week ahead it would name today.
WEEKDAY_DAYS = 6
# How days are named on which staff closed a desk, or changed its hours.
TOLD_DAYS = ("today", "tomorrow", *WEEKDAYS)
# What the clips of these days are called, with the day behind a dot.
DAY = "opens.day"
# Said if no clip says when a desk opens.
ANY_OPENING = "opens.generic"
Kind: TypeAlias = Literal["today", "tomorrow", "weekday", "date"]


@dataclass(frozen=True)
class Opening:
    """A moment at which a desk opens, as a caller is told of it.

    `kind` says by which sentence: later today, tomorrow, on a weekday of the coming days, or on a date. `weekday` is
    empty where it isn't said, and so is `day`, such as ``01-04`` for 4 January.
    """

    kind: Kind
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


def told_day(today: date, day: date) -> str:
    """How callers are told of a day, today or at most six days ahead: one of TOLD_DAYS."""
    ahead = (day - today).days
    return TOLD_DAYS[ahead] if ahead <= 1 else WEEKDAYS[day.weekday()]


def day_texts(language: str, words: OpeningWords) -> Iterator[ClipText]:
    for day, said in words.days.items():
        yield ClipText(language, f"{DAY}.{day}", (said,))


def is_opening(clip: str) -> bool:
    """Whether a clip says when a desk opens, by the clip's name."""
    return clip.startswith(tuple(f"opens.{kind}." for kind in get_args(Kind)))


def named_opening(clip: str) -> Opening:
    """The opening that a clip says, by the clip's name."""
    _opens, kind, *day, clock = clip.split(".")
    month_day = f"{day[0][:2]}-{day[0][2:]}" if kind == "date" else ""
    return Opening(kind, time.fromisoformat(clock), day[-1] if day else "", month_day)  # type: ignore[arg-type]


def opening_texts(language: str, words: OpeningWords, openings: Iterable[Opening]) -> Iterator[ClipText]:
    """The sentences for these openings, as far as the language has words for them."""
    for each in openings:
        if sentence := _sentence(words, each):
            yield ClipText(language, each.prompt, (sentence,))


def occurring_openings(helpline: Helpline) -> dict[str, list[Opening]]:
    """Every opening that can be told on the days of `opening_times`, by language, sorted by its clip's name.

    In the first languages also callers of others are told, of the hours that hold for them.
    """
    first = helpline.about.first_languages
    of_desks = {
        name: {language: _openings(helpline, own) for language, own in desk.in_turn().items()}
        for name, desk in helpline.desks.items()
    }
    told: dict[str, list[Opening]] = {}
    for language in helpline.texts:
        callers = helpline.languages if language in first else (language,)
        heard = ((caller, of_desks[name]) for caller in callers for name in desk_order(helpline, caller))
        found = {each for caller, own in heard for each in own.get(caller, own[""])}
        told[language] = sorted(found, key=lambda each: each.prompt)
    return told


def _openings(helpline: Helpline, desk: Desk) -> set[Opening]:
    """Told at each midnight and each closing, from the last to the first, so that the next opening is known."""
    span, zone = helpline.about.opening_times, helpline.about.time_zone
    days = [span.first + timedelta(days=ahead) for ahead in range((span.last - span.first).days + 1)]
    opens_at = next_opening(desk, datetime.combine(span.last + timedelta(days=1), time(0), zone))
    found: set[Opening] = set()
    for turn in (turn for day in reversed(days) for turn in reversed(turns_on(desk, day, zone))):
        if is_open(desk, turn):
            opens_at = turn
        elif opens_at:
            found.add(opening(turn, opens_at))
    return found


def missing_words(words: OpeningWords, openings: Iterable[Opening]) -> list[str]:
    """The times and days, as keys of a text's `opening`, without which openings are told by the general sentence."""
    return sorted({key for told in openings for key, word in _needed(words, told).values() if not word})


def _needed(words: OpeningWords, told: Opening) -> dict[str, tuple[str, str | None]]:
    """By the slots of a sentence: the key of what is filled in, and the word for it if the language has one."""
    time = f"{told.time:%H:%M}"
    return {
        "time": (time, words.times.get(time)),
        "weekday": (told.weekday, words.weekdays.get(told.weekday) if told.weekday else "-"),
        "date": (told.day, words.dates.get(told.day) if told.day else "-"),
    }


def _sentence(words: OpeningWords, told: Opening) -> str | None:
    """None where the language lacks a word: the general sentence is spoken instead."""
    needed = _needed(words, told)
    template: str = getattr(words, told.kind)
    found = {slot: word for slot, (_key, word) in needed.items() if word}
    return put_in(template, found) if len(found) == len(needed) else None
