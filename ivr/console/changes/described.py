"""A change of the content as staff read it: what it is about, before and after, and what speaks it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from flask import current_app, url_for

from ivr.content.changes import Change, Spot, Value, fingerprint
from ivr.content.model import Helpline
from ivr.database.changes import StaffChange
from ivr.web.meanings import as_staff_write
from ivr.web.page_context import PageContext
from ivr.web.words import page_language

# What stood in a place before, as far as it is known.
Before: TypeAlias = Mapping[Spot, Value]

TEXTS, FACTS = "text/", "withdrawn"
# What stands behind the first key of a file, and the page on which it is changed.
KINDS = {
    ("desks.yaml", "desks"): ("desk", "staff.desks"),
    ("helpline.yaml", "fill"): ("fill", "staff.notices"),
    ("helpline.yaml", "withdrawn"): (FACTS, "staff.still_true"),
    ("helpline.yaml", "confirmed_on"): ("confirmed", "staff.confirm"),
    ("helpline.yaml", "holidays_verified_until"): ("holidays", "staff.holidays"),
    ("helpline.yaml", "accepted_voices"): ("other", "staff.home"),
    ("facts.yaml", "facts"): ("other", "staff.still_true"),
}
OTHER = ("other", "")
ITS_WORDS = ("text", "gloss")


@dataclass(frozen=True)
class Words:
    """A value as lines; `meaning` is what a text says, in English."""

    lines: tuple[str, ...]
    meaning: str = ""


@dataclass(frozen=True)
class Described:
    """`kind` and `about` name what is changed, `language` the language of its words, if it is in one.

    `voice` is empty if no caller hears it by a voice, else "carrier" or "waits". `says` is what a text says in the
    page's language, if that isn't English.
    """

    said: StaffChange
    kind: str
    about: str
    language: str
    href: str
    before: Words | None
    after: Words
    voice: str = ""
    says: str = ""


def describe(context: PageContext, said: Iterable[StaffChange], before: Before) -> list[Described]:
    return [_described(context, each, before) for each in said]


def fits(context: PageContext, change: Change) -> bool:
    """Whether the file still says what it said when this was changed, or has come to say the same."""
    now = context.written_at(change.spot)
    return fingerprint(now) == change.base or now == change.value


def compared(
    context: PageContext, now: Iterable[StaffChange], base: Iterable[StaffChange]
) -> tuple[list[Described], list[Described]]:
    """What an edition adds to the one before it; and what it takes back, each with what the file says, which holds
    again then.
    """
    now, base = tuple(now), tuple(base)
    numbers, spots = {each.number for each in base}, {each.change.spot for each in now}
    added = [each for each in now if each.number not in numbers]
    removed = [each for each in base if each.change.spot not in spots]
    files = {each.change.spot: context.written_at(each.change.spot) for each in added if fits(context, each.change)}
    before = {**files, **{each.change.spot: each.change.value for each in base}}
    said = {each.change.spot: context.written_at(each.change.spot) for each in removed}
    return describe(context, added, before), describe(context, removed, said)


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
    endpoint = KINDS.get((file, where[0] if where else ""), OTHER)[1]
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
    spot, helpline = said.change.spot, context.helpline
    kind, about = _kind(spot)
    return Described(
        said,
        kind,
        about,
        language_of(spot),
        page_of(helpline, spot),
        _words(helpline, kind, before[spot]) if spot in before else None,
        _words(helpline, kind, said.change.value),
        voice_of(helpline, language_of(spot)) if kind in ("text", "fill") else "",
        in_page_language(helpline, spot[1]) if kind == "text" and language_of(spot) != page_language() else "",
    )


def in_page_language(helpline: Helpline, where: tuple[str, ...]) -> str:
    """What a sentence says in a page that isn't in English: its text in that language."""
    page = page_language()
    if page == "en" or page not in helpline.texts or len(where) < 3:  # prompts, prompt, sentence
        return ""
    sentence = helpline.texts[page].prompts.get(where[1], {}).get(where[2])
    return as_staff_write(page, " ".join(sentence.text)) if sentence else ""


def _words(helpline: Helpline, kind: str, value: Value) -> Words:
    """As lines; facts by what they say."""
    found = in_words(value)
    if kind != FACTS:
        return found
    facts = helpline.facts
    return Words(tuple(f"{fact}: {facts[fact].says}" if fact in facts else fact for fact in found.lines))


def _kind(spot: Spot) -> tuple[str, str]:
    """And what it is about: of things that have a page of their own the name that they have there."""
    file, where = spot
    if file.startswith(TEXTS) and where[:1] == ("prompts",):
        return "text", "/".join(where[1:])
    kind = KINDS.get((file, where[0] if where else ""), OTHER)[0]
    if kind == "fill":
        return kind, where[1] if len(where) > 1 else ""
    return kind, ", ".join(where[1:]) if kind == "desk" else f"{file} {'/'.join(where)}"


def _lines(value: Value) -> Iterable[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield f"{key}: {' '.join(_lines(inner))}"
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _lines(inner)
    elif value is not None:
        yield str(value)
