"""The clips of a line: their addresses, which carry their hash, and the answers to those who fetch them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, abort, request

from ivr.errors import HelplineError
from ivr.flow.lines import Line
from ivr.flow.model import Helpline, Voice
from ivr.flow.steps import Play
from ivr.speech.catalog import Catalog

YEAR = 365 * 24 * 3600
HASH_DIGITS = 12
ADDRESS = re.compile(rf"([\w-]+)/([\w.-]+)\.([0-9a-f]{{{HASH_DIGITS}}})\.wav", re.ASCII)


@dataclass(frozen=True)
class Sound:
    """One clip on disk: `tag` is the start of its content's SHA-256."""

    line: Line
    path: Path
    tag: str


class Sounds:
    """Which clip speaks each line, and which Twilio voice where there is none."""

    def __init__(self, helpline: Helpline, catalog: Catalog, audio_url: str) -> None:
        self._helpline, self._audio_url = helpline, audio_url
        self._clips: dict[tuple[str, str], Sound] = {}
        for lines in helpline.lines.values():
            for line in lines.values():
                clip = catalog.find(line)
                if clip:
                    sound = Sound(line, catalog.path(clip), clip.sha256[:HASH_DIGITS])
                    self._clips[line.language, line.prompt] = sound

    def clip(self, language: str, prompt: str) -> Sound | None:
        return self._clips.get((language, prompt))

    def url(self, play: Play) -> str | None:
        """The clip's address, or None where a Twilio voice has to speak."""
        sound = self.clip(play.language, play.prompt)
        return f"{self._audio_url}/{play.language}/{play.prompt}.{sound.tag}.wav" if sound else None

    def text(self, play: Play) -> str:
        return self._helpline.lines[play.language][play.prompt].text

    def voice(self, play: Play) -> Voice:
        """Raises LookupError for a language that has no Twilio voice; such a language needs all its clips."""
        voice = self._helpline.languages[play.language].say
        if voice is None:
            raise LookupError(f"{play.language}/{play.prompt} has neither a clip nor a voice")
        return voice

    def silent(self) -> Mapping[str, list[str]]:
        """Per language, the prompts that have no clip."""
        found: dict[str, list[str]] = {}
        for language, lines in self._helpline.lines.items():
            missing = [prompt for prompt in lines if (language, prompt) not in self._clips]
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


def sound_pages(helpline: Helpline, sounds: Sounds) -> Blueprint:
    """Serves clips. Public: they hold nothing but what everybody may hear."""
    pages = Blueprint("sound", __name__)
    apologies = {name: _read(sounds.clip(name, "apology")) for name in helpline.texts}

    @pages.get("/audio/<path:name>")
    def clip(name: str) -> Response:
        match = ADDRESS.fullmatch(name)
        sound = sounds.clip(match[1], match[2]) if match else None
        if match is None or sound is None:
            abort(404)
        content = _read(sound)
        if content is None:
            return _unkept(apologies[match[1]] or b"", sound)
        if match[3] != sound.tag:
            return _unkept(content, sound)
        return _kept(content, sound)

    return pages


def _read(sound: Sound | None) -> bytes | None:
    try:
        return sound.path.read_bytes() if sound else None
    except OSError:
        return None


def _kept(content: bytes, sound: Sound) -> Response:
    """The address names the content, so it may be kept for ever (RFC 8246)."""
    response = _wav(content, sound)
    response.set_etag(sound.tag)
    response.cache_control.public = True
    response.cache_control.max_age = YEAR
    response.cache_control.immutable = True
    return response.make_conditional(request)  # type: ignore[return-value]


def _unkept(content: bytes, sound: Sound) -> Response:
    """A document of another version, or a lost file: the best there is now, not to be kept under this address."""
    if not content:
        abort(404)
    response = _wav(content, sound)
    response.cache_control.no_store = True
    return response


def _wav(content: bytes, sound: Sound) -> Response:
    response = Response(content, mimetype="audio/wav")
    response.headers["X-Prompt"] = f"{sound.line.language}/{sound.line.prompt}"
    response.headers["X-Prompt-Text"] = quote(sound.line.text)
    return response
