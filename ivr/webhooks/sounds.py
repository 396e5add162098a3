"""The clips of a line: their addresses, which carry their hash, and the answers to those who fetch them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, abort, request

from ivr.audio.catalog import Catalog
from ivr.audio.wav import join
from ivr.content.model import Helpline, Voice
from ivr.errors import HelplineError
from ivr.flow.language_list import items
from ivr.flow.steps import Play

log = logging.getLogger(__name__)

YEAR = 365 * 24 * 3600
HASH_DIGITS = 12
ADDRESS = re.compile(rf"([\w-]+/[\w.-]+)\.([0-9a-f]{{{HASH_DIGITS}}})\.wav", re.ASCII)


@dataclass(frozen=True)
class Sound:
    """A sound that can be fetched: `name` is its address without hash, `tag` the start of its content's SHA-256.

    Its content is the file at `path`; one that was joined from others at start-up has it in memory, and their texts
    as lines.
    """

    name: str
    text: str
    tag: str
    path: Path | None = None
    joined: bytes = b""

    @property
    def file(self) -> str:
        return f"{self.name}.{self.tag}.wav"

    def read(self) -> bytes | None:
        """The content, or None if the file is lost."""
        try:
            return self.path.read_bytes() if self.path else self.joined
        except OSError:
            return None


class Sounds:
    """Which clip speaks each line, and which Twilio voice where there is none."""

    def __init__(self, helpline: Helpline, catalog: Catalog, audio_url: str) -> None:
        self._helpline, self._audio_url = helpline, audio_url
        self._clips: dict[str, Sound] = {}
        self._joined: dict[tuple[Play, ...], Sound] = {}
        for clip_texts in helpline.clip_texts.values():
            for clip_text in clip_texts.values():
                clip = catalog.find(clip_text)
                if clip:
                    text = clip_text.written or clip_text.text
                    self._clips[clip_text.name] = Sound(
                        clip_text.name, text, clip.sha256[:HASH_DIGITS], catalog.path(clip)
                    )

    def find(self, name: str) -> Sound | None:
        return self._clips.get(name)

    def join(self, name: str, plays: tuple[Play, ...]) -> None:
        """Wherever these are played in a row, play one sound, cut only where a Twilio voice has to speak."""
        has_clip = groupby(plays, key=lambda play: play.name in self._clips)
        runs = [tuple(run) for clip, run in has_clip if clip]
        for number, run in enumerate((run for run in runs if len(run) > 1), start=1):
            parts = [self._clips[play.name] for play in run]
            content = join([part.read() or b"" for part in parts])
            tag = sha256(content).hexdigest()[:HASH_DIGITS]
            sound = Sound(f"{name}/{number}", "\n".join(part.text for part in parts), tag, joined=content)
            self._clips[sound.name] = self._joined[run] = sound

    def spoken(self, plays: tuple[Play, ...]) -> Iterator[Sound | Play]:
        """What speaks these: sounds, and those plays that a Twilio voice has to speak."""
        while plays:
            run = next((run for run in self._joined if plays[: len(run)] == run), plays[:1])
            yield self._joined.get(run) or self._clips.get(run[0].name) or run[0]
            plays = plays[len(run) :]

    def speaks(self, play: Play) -> bool:
        """Whether it can be heard at all: there is a clip, or words and a Twilio voice."""
        if play.name in self._clips:
            return True
        return play.prompt in self._helpline.clip_texts.get(play.language, {}) and bool(
            self._helpline.languages[play.language].say
        )

    def files(self, plays: tuple[Play, ...]) -> Iterator[str | Play]:
        """The same, as addresses below `/audio/`."""
        for spoken in self.spoken(plays):
            yield spoken.file if isinstance(spoken, Sound) else spoken

    def url(self, sound: Sound) -> str:
        return f"{self._audio_url}/{sound.file}"

    def urls(self) -> Iterator[str]:
        """The address of every sound."""
        return map(self.url, self._clips.values())

    def text(self, play: Play) -> str:
        return self._helpline.clip_texts[play.language][play.prompt].text

    def voice(self, play: Play) -> Voice:
        """Raises LookupError for a language that has no Twilio voice; such a language needs all its clips."""
        voice = self._helpline.languages[play.language].say
        if voice is None:
            raise LookupError(f"{play.name} has neither a clip nor a voice")
        return voice

    def silent(self) -> Mapping[str, list[str]]:
        """Per language, the prompts that have no clip."""
        found: dict[str, list[str]] = {}
        for language, clip_texts in self._helpline.clip_texts.items():
            missing = [prompt for prompt, clip_text in clip_texts.items() if clip_text.name not in self._clips]
            if missing:
                found[language] = missing
        return found


def audible_languages(helpline: Helpline, sounds: Sounds) -> frozenset[str]:
    """Languages with a text of which every line can be heard, from a clip or a voice."""
    silent = sounds.silent()
    return frozenset(name for name in helpline.texts if helpline.languages[name].say or name not in silent)


def ready_languages(helpline: Helpline, sounds: Sounds) -> frozenset[str]:
    """The same; raises HelplineError if one that the line cannot do without is not among them."""
    ready = audible_languages(helpline, sounds)
    for name in (*helpline.about.first_languages, helpline.about.desk_language):
        if name not in ready:
            missing = ", ".join(sounds.silent()[name][:5])
            raise HelplineError(
                f'"{name}" has neither clips nor a voice for: {missing} ...; "ivr audio build" makes clips'
            )
    return ready


def sounding(helpline: Helpline, catalog: Catalog, audio_url: str) -> tuple[Helpline, Sounds]:
    """The helpline as it is served: offering the languages that can be heard, with the language list in one sound.

    Raises HelplineError if it could not speak at all.
    """
    sounds = Sounds(helpline, catalog, audio_url)
    served = replace(helpline, ready=ready_languages(helpline, sounds))
    sounds.join("languages", items(served))
    return served, sounds


def sound_pages(helpline: Helpline, sounds: Sounds) -> Blueprint:
    """Serves clips. Public: they hold nothing but what everybody may hear."""
    pages = Blueprint("sound", __name__)
    apologies, told = _apologies(helpline, sounds), set[str]()

    @pages.get("/audio/<path:name>")
    def clip(name: str) -> Response:
        match = ADDRESS.fullmatch(name)
        if match is None:
            abort(404)
        apology = apologies.get(match[1].partition("/")[0], apologies[""])
        sound = sounds.find(match[1]) or apology
        content = sound.read()
        if not content:
            _tell_once(sound, told)
            return _unkept(apology.joined, sound)
        if match[2] != sound.tag or sha256(content).hexdigest()[:HASH_DIGITS] != sound.tag:
            return _unkept(content, sound)
        return _kept(content, sound)

    return pages


def _apologies(helpline: Helpline, sounds: Sounds) -> dict[str, Sound]:
    """By language, read before anything is lost; "" is for a language without one, or of another version."""
    clips = {name: sounds.find(f"{name}/apology") for name in helpline.texts}
    held = {name: replace(clip, path=None, joined=clip.read() or b"") for name, clip in clips.items() if clip}
    first = next((held[name] for name in helpline.about.first_languages if name in held), Sound("", "", ""))
    return {"": first, **held}


def _tell_once(lost: Sound, told: set[str]) -> None:
    """Anybody may ask for it again and again."""
    if lost.name not in told:
        told.add(lost.name)
        log.error("the clip %s is lost: callers hear an apology in its place", lost.name)


def _kept(content: bytes, sound: Sound) -> Response:
    """The address names the content, so it may be kept for ever (RFC 8246)."""
    response = _wav(content, sound)
    response.set_etag(sound.tag)
    response.cache_control.public = True
    response.cache_control.max_age = YEAR
    response.cache_control.immutable = True
    return response.make_conditional(request)  # type: ignore[return-value]


def _unkept(content: bytes, sound: Sound) -> Response:
    """A document of another version, a lost file, or one that was changed under the running server.

    The best there is now, not to be kept under this address.
    """
    if not content:
        abort(404)
    response = _wav(content, sound)
    response.cache_control.no_store = True
    return response


def _wav(content: bytes, sound: Sound) -> Response:
    response = Response(content, mimetype="audio/wav")
    response.headers["X-Prompt"] = sound.name
    response.headers["X-Prompt-Text"] = quote(sound.text)
    return response
