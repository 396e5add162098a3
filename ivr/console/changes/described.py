"""A change of the content as staff read it: what it is about, before and after, and what speaks it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from flask import current_app, url_for

from ivr.console.changes.value_words import Words, in_words
from ivr.content.changes import Change, Spot, Value, fingerprint
from ivr.content.composing import NOTICE
from ivr.content.model import Helpline
from ivr.database.changes import StaffChange
from ivr.web.meanings import as_staff_write
from ivr.web.page_context import PageContext
from ivr.web.words import page_language

# What stood in a place before, as far as it is known.
Before: TypeAlias = Mapping[Spot, Value]

TEXTS = "text/"
# What stands behind the first key of a file, and the page on which it is changed.
KINDS = {
    ("desks.yaml", "desks"): ("desk", "staff.desks"),
    ("helpline.yaml", "fill"): ("fill", "staff.notices"),
    ("helpline.yaml", "withdrawn"): ("withdrawn", "staff.still_true"),
    ("helpline.yaml", "confirmed_on"): ("confirmed", "staff.confirm"),
    ("helpline.yaml", "holidays_verified_until"): ("holidays", "staff.holidays"),
    ("helpline.yaml", "accepted_voices"): ("voices", "staff.home"),
    ("facts.yaml", "facts"): ("other", "staff.still_true"),
}
OTHER = ("other", "")


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


def voice_of(helpline: Helpline, language: str) -> str:
    """What speaks a changed text: "carrier", its own voice; "waits" where callers would hear nothing; else empty."""
    if language not in helpline.spoken:
        return ""
    if helpline.speech(language).say:
        return "carrier"
    return "waits" if language in helpline.ready else ""


def _described(context: PageContext, said: StaffChange, before: Before) -> Described:
    spot, helpline = said.change.spot, context.helpline
    kind, about = kind_of(spot)
    language = language_of(spot)
    return Described(
        said,
        kind,
        about,
        language,
        page_of(helpline, spot),
        in_words(helpline, kind, spot, language, before[spot]) if spot in before else None,
        in_words(helpline, kind, spot, language, said.change.value),
        voice_of(helpline, language) if kind in ("text", "fill", "notice") else "",
        in_page_language(helpline, spot[1]) if kind == "text" and language != page_language() else "",
    )


def in_page_language(helpline: Helpline, where: tuple[str, ...]) -> str:
    """What a sentence says in a page that isn't in English: its text in that language."""
    page = page_language()
    if page == "en" or page not in helpline.texts or len(where) < 3:  # prompts, prompt, sentence
        return ""
    sentence = helpline.texts[page].prompts.get(where[1], {}).get(where[2])
    return as_staff_write(page, " ".join(sentence.text)) if sentence else ""


def kind_of(spot: Spot) -> tuple[str, str]:
    """What is changed; and its name there, as other pages have it, where there are several."""
    file, where = spot
    if file.startswith(TEXTS):
        return ("text" if where else "language"), "/".join(where[1:] if where[:1] == ("prompts",) else where)
    kind = KINDS.get((file, where[0] if where else ""), OTHER)[0]
    if kind == "desk" and len(where) > 1:
        return ("hours", where[1].upper()) if where[2:] == ("hours",) else (kind, ", ".join(where[1:]))
    if kind == "fill" and len(where) > 1:
        return ("notice", "") if where[1] == NOTICE else (kind, where[1])
    return kind, f"{file} {'/'.join(where)}" if kind in ("desk", "fill", "other") else ""
