"""A change of the content as staff read it: what it is about, before and after, and what speaks it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from flask import current_app, url_for

from ivr.content.changes import Change, Spot, Value, fingerprint
from ivr.content.model import Helpline
from ivr.database.changes import StaffChange
from ivr.web.page_context import PageContext

# What stood in a place before, as far as it is known.
Before: TypeAlias = Mapping[Spot, Value]

TEXTS, OWN_PAGES = "text/", {"desks.yaml": "staff.desks", "helpline.yaml": "staff.home"}
KINDS = {
    ("helpline.yaml", "withdrawn"): "withdrawn",
    ("helpline.yaml", "confirmed_on"): "confirmed",
    ("helpline.yaml", "holidays_verified_until"): "holidays",
}
ITS_WORDS = ("text", "gloss")


@dataclass(frozen=True)
class Words:
    """A value as lines; `meaning` is what a text says, in English."""

    lines: tuple[str, ...]
    meaning: str = ""


@dataclass(frozen=True)
class Described:
    """`kind` and `about` name what is changed, `language` the language of its words, if it is in one.

    `voice` is empty if no caller hears it by a voice, else "carrier" or "waits".
    """

    said: StaffChange
    kind: str
    about: str
    language: str
    href: str
    before: Words | None
    after: Words
    voice: str = ""


def describe(context: PageContext, said: Iterable[StaffChange], before: Before) -> list[Described]:
    return [_described(context, each, before) for each in said]


def written(context: PageContext, spot: Spot) -> Value:
    """What the file itself says, without what staff changed."""
    laid = context.line.laid.written
    return laid[spot] if spot in laid else context.value_at(spot)


def fits(context: PageContext, change: Change) -> bool:
    """Whether the file still says what it said when this was changed, or has come to say the same."""
    now = written(context, change.spot)
    return fingerprint(now) == change.base or now == change.value


def compared(
    context: PageContext, now: Iterable[StaffChange], base: Iterable[StaffChange]
) -> tuple[list[Described], list[Described]]:
    """What an edition adds to the one before it, and what it takes back, so that the file's own words hold again."""
    now, base = tuple(now), tuple(base)
    files = {
        each.change.spot: written(context, each.change.spot) for each in (*now, *base) if fits(context, each.change)
    }
    before = {**files, **{each.change.spot: each.change.value for each in base}}
    numbers, spots = {each.number for each in base}, {each.change.spot for each in now}
    added = (each for each in now if each.number not in numbers)
    removed = (each for each in base if each.change.spot not in spots)
    return describe(context, added, before), describe(context, removed, files)


def language_of(spot: Spot) -> str:
    """The language whose words stand in this place; empty if it is in none."""
    file, where = spot
    if file.startswith(TEXTS):
        return file.removeprefix(TEXTS).removesuffix(".yaml")
    return where[2] if where[:1] == ("fill",) and len(where) > 2 else ""


def page_of(helpline: Helpline, spot: Spot) -> str:
    """The address of the page on which a place is changed; empty if there is none."""
    (file, where), language = spot, language_of(spot)
    if file.startswith(TEXTS):
        if where[:1] == ("prompts",) and len(where) > 1 and where[1] in helpline.prompts:
            return url_for("staff.correct", language=language, prompt=where[1])
        return url_for("staff.words_and_voices", language=language)
    endpoint = OWN_PAGES.get(file, "")
    return url_for(endpoint) if endpoint in current_app.view_functions else ""


def in_words(value: Value) -> Words:
    """A value as lines; of a sentence its text, and what that means."""
    if isinstance(value, Mapping) and "text" in value:
        others = {key: inner for key, inner in value.items() if key not in ITS_WORDS}
        return Words((*_lines(value["text"]), *_lines(others)), str(value.get("gloss") or ""))
    return Words(tuple(_lines(value)))


def voice_of(helpline: Helpline, language: str) -> str:
    """What speaks a changed text: "carrier", its own voice; "waits" where callers would hear nothing; else empty."""
    if language not in helpline.spoken:
        return ""
    if helpline.speech(language).say:
        return "carrier"
    return "waits" if language in helpline.ready else ""


def _described(context: PageContext, said: StaffChange, before: Before) -> Described:
    change, helpline = said.change, context.helpline
    kind, about = _kind(change.spot)
    return Described(
        said,
        kind,
        about,
        language_of(change.spot),
        page_of(helpline, change.spot),
        in_words(before[change.spot]) if change.spot in before else None,
        in_words(change.value),
        voice_of(helpline, language_of(change.spot)) if kind in ("text", "fill") else "",
    )


def _kind(spot: Spot) -> tuple[str, str]:
    file, where = spot
    if file.startswith(TEXTS) and where[:1] == ("prompts",):
        return "text", "/".join(where[1:])
    if file == "helpline.yaml" and where[:1] == ("fill",):
        return "fill", where[1] if len(where) > 1 else ""
    if file == "desks.yaml" and where[:1] == ("desks",):
        return "desk", ", ".join(where[1:])
    return KINDS.get((file, where[0] if where else ""), "other"), f"{file} {'/'.join(where)}"


def _lines(value: Value) -> Iterable[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield f"{key}: {' '.join(_lines(inner))}"
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _lines(inner)
    elif value is not None:
        yield str(value)
