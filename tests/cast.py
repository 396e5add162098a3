"""The cast of the tests: the line with its numbers, the desks, and the day on which most calls are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask

from ivr.app import create_app
from ivr.audio.line import Line, line_of
from ivr.config import read_settings
from ivr.content.loader import load_helpline
from ivr.content.model import Helpline
from ivr.content.words import Filled
from ivr.database.no_database import NO_DATABASE, Database
from ivr.simulator import Call, Heard, Response, WsgiTransport

ROOT = Path(__file__).parent.parent
TOKYO = ZoneInfo("Asia/Tokyo")

LINE = "+999501110000"
CINGA = "+999332220001"
FRESC = "+999570330002"
NUMBERS = {"CINGA_PHONE": CINGA, "FRESC_PHONE": FRESC}
NOBODY = {"CINGA_PHONE": "", "FRESC_PHONE": ""}

# A Tuesday between two working days, when both desks answer.
BOTH_OPEN = "2026-11-24 11:00"
ONLY_FRESC = "2026-11-24 09:30"
NONE_OPEN = "2026-11-24 20:00"

TOKEN = "the token of the tests"
URL = "http://127.0.0.1:8000/voice"


@cache
def helpline(folder: Path = ROOT / "prompts") -> Helpline:
    """As if every language that has a text could be heard."""
    loaded = load_helpline(folder)
    return replace(loaded, ready=frozenset(loaded.texts))


def changed(**fields: Any) -> Helpline:
    """The helpline with other values in helpline.yaml, its lines made anew."""
    from ivr.content.composing import all_clip_texts

    if "fill" in fields:
        written = {
            slot: {key: _filled(words) for key, words in table.items()} for slot, table in fields["fill"].items()
        }
        fields["fill"] = written
    other = replace(helpline(), about=helpline().about.model_copy(update=fields))
    return replace(other, clip_texts=all_clip_texts(other))


def _filled(words: str | Filled) -> Filled:
    return words if isinstance(words, Filled) else Filled(text=words)


def call_reaching(moment: str, keys: str, **options: Any) -> Call:
    """A call whose last key arrives at this very moment, however long the sounds before it are."""
    elapsed = call(BOTH_OPEN, keys, **options).documents[-1].at
    dialled_at = datetime.fromisoformat(moment) - timedelta(seconds=elapsed)
    return call(dialled_at.isoformat(sep=" "), keys, **options)


def without(*languages: str) -> Helpline:
    """The helpline as it would be if these languages had no text yet: they are not ready."""
    line = helpline()
    texts = {name: text for name, text in line.texts.items() if name not in languages}
    lines = {name: found for name, found in line.clip_texts.items() if name not in languages}
    return replace(line, texts=texts, clip_texts=lines, ready=frozenset(texts))


@cache
def loaded() -> Line:
    """The line as it is shipped."""
    return line_of(helpline())


def line_with(line: Helpline, *, demo: bool = False) -> Line:
    """Of this content; the clips that are shipped are read once for all."""
    return line_of(line, demo=demo, built=loaded().built if line.audio_dir == helpline().audio_dir else None)


@cache
def confirmed() -> Line:
    """The same, once an operator has confirmed what it says: the public may hear it."""
    about = helpline().about.model_copy(update={"confirmed_on": date(2021, 10, 1)})
    return replace(loaded(), helpline=replace(loaded().helpline, about=about))


@cache
def offered() -> tuple[str, ...]:
    """The languages that callers are offered, in the order of the list."""
    return tuple(name for name in helpline().languages if name in loaded().helpline.ready)


@cache
def with_clips() -> tuple[str, ...]:
    """Those of them of which every line has a clip: what is heard in them is known by its prompt."""
    return tuple(name for name in offered() if name not in loaded().sounds.silent())


@cache
def _by_sentence() -> dict[tuple[str, str], str]:
    """By the language as the carrier names it, and the sentence; a sentence of two prompts counts for the first."""
    voices = {name: language.say.language for name, language in helpline().languages.items() if language.say}
    lines = [line for name in voices for line in helpline().clip_texts[name].values()]
    return {(voices[line.language], said): line.name for line in reversed(lines) for said in line.sentences}


def name_of(sound: Heard) -> str:
    """The prompt that a sound said, also where the carrier's voice spoke one of its sentences."""
    return sound.prompt or _by_sentence()[sound.language, sound.text]


def names_of(made: Call) -> list[str]:
    """The prompts of this turn on the caller's leg; each once, however many sentences the carrier's voice said."""
    return [name for name, _ in groupby(name_of(sound) for sound in made.just_heard if sound.leg == "caller")]


@cache
def _app(environ: tuple[tuple[str, str], ...]) -> Flask:
    return app(helpline(), dict(environ))


@cache
def demo() -> Flask:
    """The same as a demo, in which what comes after the carrier's own voice speaks."""
    settings = read_settings({"TWILIO_AUTH_TOKEN": TOKEN, **NUMBERS}, helpline().desks, demo=True)
    return create_app(line_with(helpline(), demo=True), settings)


_LAST: dict[str, Any] = {}


def _served(line: Helpline, environ: Mapping[str, str]) -> Flask:
    """The app of this helpline; the last one is kept, since a test often makes many calls to one."""
    if _LAST.get("line") is not line or _LAST.get("environ") != environ:
        _LAST.update(line=line, environ=environ, app=app(line, environ))
    return _LAST["app"]


def app(line: Helpline, environ: Mapping[str, str] = NUMBERS, counts: Database = NO_DATABASE) -> Flask:
    """The line as it is deployed, except that it follows the clock of the telephone."""
    settings = read_settings({"TWILIO_AUTH_TOKEN": TOKEN, **environ}, line.desks, line.languages, demo=True)
    return create_app(loaded() if line is helpline() else line_with(line), settings, counts)


@dataclass
class Quick:
    """A telephone line that fetches each sound once, whatever the number of calls."""

    line: WsgiTransport

    def send(self, method, url, headers, body):
        if method != "GET":
            return self.line.send(method, url, headers, body)
        if url not in SOUNDS:
            SOUNDS[url] = self.line.send(method, url, headers, body)
        return SOUNDS[url]


SOUNDS: dict[str, Response] = {}


def call(
    at: str = BOTH_OPEN,
    keys: str = "",
    *,
    environ: Mapping[str, str] = NUMBERS,
    line: Helpline | None = None,
    **phone: Any,
) -> Call:
    """A call that has been answered, after these groups of keys: ``call(BOTH_OPEN, "02 1 3")``."""
    served = _served(line, environ) if line else _app(tuple(environ.items()))
    phone = {"from_": "anonymous", "to": LINE, "portable": True, "fallback_url": f"{URL}/fallback", **phone}
    moment = datetime.fromisoformat(at).replace(tzinfo=TOKYO)
    through = WsgiTransport(served) if line else Quick(WsgiTransport(served))
    made = Call(through, URL, token=TOKEN, at=moment, **phone).start()
    for group in keys.split():
        made.press(group)
    return made
