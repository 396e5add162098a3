"""A value of the content as staff read it: hours as a week, days as dates, languages by name. No YAML."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from ivr.console.hours_words import week_in_words
from ivr.content.changes import Spot, Value
from ivr.content.model import Helpline
from ivr.content.written_hours import read_week
from ivr.web.dates import day_in, read_day
from ivr.web.language_names import name_in
from ivr.web.words import page_language, words_in


@dataclass(frozen=True)
class Words:
    """A value as lines, in a `language` if it isn't the page's.

    `meaning` is what a text says, in English, `spoken` what an engine reads instead, and `days` when a notice is said.
    """

    lines: tuple[str, ...] = ()
    language: str = ""
    meaning: str = ""
    spoken: tuple[str, ...] = ()
    days: str = ""


def in_words(helpline: Helpline, kind: str, spot: Spot, language: str, value: Value) -> Words:
    """`language` is that in which the value is written; a value of a shape that no page makes stays as it is."""
    own = KINDS.get(kind)
    if own and value is not None:
        return own(helpline, spot, value)
    if isinstance(value, Mapping) and "text" in value:
        return Words(
            tuple(_lines(value["text"])),
            language,
            str(value.get("gloss") or ""),
            tuple(_lines(value.get("spoken"))),
            _days(str(value.get("from") or ""), str(value.get("to") or "")),
        )
    return Words(tuple(_lines(value)), language)


def _hours(helpline: Helpline, spot: Spot, value: Value) -> Words:
    desk = helpline.desks.get(spot[1][1])
    try:
        week = read_week(value)
    except ValidationError:
        return Words(tuple(_lines(value)))
    return Words(tuple(week_in_words(page_language(), week, has_holidays=bool(desk and desk.holidays))))


def _facts(helpline: Helpline, _spot: Spot, value: Value) -> Words:
    facts = helpline.facts
    return Words(tuple(f"{fact}: {facts[fact].says}" if fact in facts else fact for fact in _lines(value)), "en")


def _date(_helpline: Helpline, _spot: Spot, value: Value) -> Words:
    return Words((_day(str(value)),))


def _languages(_helpline: Helpline, _spot: Spot, value: Value) -> Words:
    return Words(tuple(name_in(page_language(), language) or language for language in _lines(value)))


KINDS: Mapping[str, Callable[[Helpline, Spot, Value], Words]] = {
    "hours": _hours,
    "withdrawn": _facts,
    "confirmed": _date,
    "holidays": _date,
    "voices": _languages,
}


def _days(first: str, last: str) -> str:
    """The days of a notice, as far as it has some."""
    if not (first or last):
        return ""
    which = "change_days" if first and last else "change_days_from" if first else "change_days_to"
    return words_in(page_language())[which].format(first=_day(first), last=_day(last))


def _day(text: str) -> str:
    day = read_day(text)
    return day_in(page_language(), day) if day else text


def _lines(value: Value) -> Iterable[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield f"{key}: {' '.join(_lines(inner))}"
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _lines(inner)
    elif value is not None:
        yield str(value)
