"""What the check of an edition found, in words, each with the page on which it is put right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from ivr.console.changes.described import kind_of, language_of, page_of
from ivr.content.changes import Spot
from ivr.web.page_context import PageContext

# Rules that mean the same to staff: their word is that of the one they stand for here.
ALIKE = {
    "too-long-mean": "too-long-list",
    "too-long-worst": "too-long-list",
    "too-long-as-heard": "too-long-at-once",
    "too-long-to-the-end": "too-long-at-once",
    "too-long-prompt": "too-long-turn",
    "wrong-type": "wrong-value",
    "wrong-form": "wrong-value",
    "out-of-range": "wrong-value",
    "missing-key": "empty-value",
    "empty-words": "empty-value",
    "clip-missing": "clip-stale",
    "clip-damaged": "clip-stale",
    "hours-without-language": "bad-hours",
    "hours-without-holidays": "bad-hours",
    "fill-too-long": "sentence-too-long",
    "unknown-slot": "braces",
    "broken-braces": "braces",
    "braces-in-a-word": "braces",
    "braces-differ": "braces",
}


@dataclass(frozen=True)
class Finding:
    """`word` names what is wrong; `message` says it exactly, in English; `href` leads to where it is put right.

    `kind`, `about` and `language` name what it is about as they do for a change; empty if it is about no place.
    """

    word: str
    message: str
    spot: Spot
    href: str
    kind: str
    about: str
    language: str


def in_plain_words(context: PageContext, found: Iterable[Mapping[str, str]], words: Mapping[str, str]) -> list[Finding]:
    return [_finding(context, each, words) for each in found]


def word_of(rule: str, words: Mapping[str, str]) -> str:
    """What the word for a rule is called after `finding_`; "other" if it has none of its own."""
    word = ALIKE.get(rule, rule)
    return word if f"finding_{word}" in words else "other"


def _finding(context: PageContext, found: Mapping[str, str], words: Mapping[str, str]) -> Finding:
    file, where = found.get("file", ""), tuple(filter(None, found.get("place", "").split("/")))
    spot = (file, _prompt_in(where) if where[:1] == ("prompts",) else where)
    href = page_of(context.helpline, spot) if file else ""
    if found["rule"] == "overtaken":
        href = url_for("staff.changes")
    kind, about = kind_of(spot) if file else ("", "")
    return Finding(word_of(found["rule"], words), found["message"], spot, href, kind, about, language_of(spot))


def _prompt_in(where: tuple[str, ...]) -> tuple[str, ...]:
    """Without the parts of a sentence, which its page shows together."""
    return where[:3]
