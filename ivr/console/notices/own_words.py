"""The notice in staff's own words, language by language, with its days: the form, and what it changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ivr.audio.catalog import Catalog
from ivr.audio.reading_rates import usual_seconds
from ivr.content.changes import Spot, Value
from ivr.content.checks.sentences import MAX_CHARACTERS, digit_or_sign
from ivr.content.clip_text import ClipText
from ivr.content.composing import NOTICE, told_sentences
from ivr.content.model import Helpline
from ivr.content.slots import put_in
from ivr.web.dates import read_day

FILE = "helpline.yaml"
DAYS = {"first": "from", "last": "to"}  # fields, and their keys in YAML

Form = Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """The notice in a language: what is written, how long it takes, and whether it has a clip, a carrier's voice or
    neither."""

    language: str
    text: str
    seconds: float
    voice: str


def field_of(language: str) -> str:
    return f"text-{language}"


def spot_of(language: str) -> Spot:
    return FILE, ("fill", NOTICE, language)


def edits_for(form: Form, said: Mapping[str, Value]) -> dict[Spot, Value]:
    """What a form changes of what was `said` in each of its languages, as YAML has it: a text, or one with its days."""
    days = {key: form[name] for name, key in DAYS.items() if form.get(name)}
    found: dict[Spot, Value] = {}
    for language, before in said.items():
        text = " ".join(form.get(field_of(language), "").split())
        value = ({"text": text, **days} if days else text) if text else None
        if value != (before or None):
            found[spot_of(language)] = value
    return found


def form_of(said: Mapping[str, Value]) -> dict[str, str]:
    """The form that says what is said now; its days are those of the first language that has some."""
    form: dict[str, str] = {}
    for language, value in said.items():
        written = {str(key): str(each or "") for key, each in value.items()} if isinstance(value, Mapping) else {}
        form[field_of(language)] = written.get("text", "") if written else str(value or "")
        for name, key in DAYS.items():
            form[name] = form.get(name) or written.get(key, "")
    return form


def wrong_in(form: Form, rows: Iterable[Row], most: float | None) -> dict[str, str]:
    """By field, the word that says what is wrong with it."""
    days: dict[str, date | None] = {name: read_day(form[name]) for name in DAYS if form.get(name)}
    wrong = {name: "notice_no_day" for name, day in days.items() if day is None}
    first, last = days.get("first"), days.get("last")
    if first and last and last < first:
        wrong["last"] = "notice_days_backwards"
    for row in rows:
        if len(row.text) > MAX_CHARACTERS or (most and row.seconds > most):
            wrong[field_of(row.language)] = "notice_too_long"
        elif digit_or_sign(row.text):
            wrong[field_of(row.language)] = "finding_digit-or-sign"
        elif row.text and not row.voice:
            wrong[field_of(row.language)] = "notice_unvoiced"
    return wrong


def rows_of(helpline: Helpline, catalog: Catalog, form: Form, languages: Iterable[str]) -> list[Row]:
    return [_row(helpline, catalog, name, " ".join(form.get(field_of(name), "").split())) for name in languages]


def _row(helpline: Helpline, catalog: Catalog, language: str, text: str) -> Row:
    """Seconds are the clip's; without one those of ordinary reading."""
    if not text:
        return Row(language, "", 0.0, "")
    words = {"name": helpline.texts[language].name, NOTICE: text}
    sentences = (sentence for _name, sentence in told_sentences(helpline, language, NOTICE))
    spoken = tuple(put_in(each, words) for sentence in sentences for each in sentence.spoken or sentence.text)
    clip = catalog.find(ClipText(language, NOTICE, spoken))
    voice = "clip" if clip else "carrier" if helpline.speech(language).say else ""
    return Row(language, text, clip.seconds if clip else usual_seconds(spoken, language), voice)
