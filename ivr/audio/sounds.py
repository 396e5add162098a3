"""Which clip or voice of the carrier's speaks each text, and the address of each sound. Standard library only."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, groupby
from pathlib import Path

from ivr.audio.catalog import MAX_CLIP_BYTES, Catalog
from ivr.audio.wav import join
from ivr.content.clip_text import ClipText
from ivr.content.files import read_file
from ivr.content.model import Helpline
from ivr.content.speech import Voice
from ivr.flow.steps import Play

HASH_DIGITS = 12
ADDRESS = re.compile(rf"([\w-]+/[\w.-]+)\.([0-9a-f]{{{HASH_DIGITS}}})\.wav", re.ASCII)


@dataclass(frozen=True)
class Sound:
    """A sound that can be fetched: `name` is its address without hash, `tag` the start of its content's SHA-256.

    Its `content` is in memory if it must be at hand, else in the file at `path`. A sound that is joined from others has
    no file, and their texts as lines.
    """

    name: str
    text: str
    tag: str
    path: Path | None = None
    content: bytes = b""

    @property
    def file(self) -> str:
        return f"{self.name}.{self.tag}.wav"

    def read(self) -> bytes | None:
        """The content, or None if the file is lost."""
        try:
            return self.content if self.content or not self.path else read_file(self.path, MAX_CLIP_BYTES)
        except OSError:
            return None


def clip_of(catalog: Catalog, clip_text: ClipText) -> Sound | None:
    """The sound of the clip that says exactly this, or None."""
    clip = catalog.find(clip_text)
    if clip is None:
        return None
    held = catalog.held.get((clip.language, clip.prompt), b"")
    return Sound(clip_text.name, clip_text.shown, clip.sha256[:HASH_DIGITS], catalog.path(clip), held)


class Sounds:
    """What speaks each text: a clip, or the carrier's own voice if there is none."""

    def __init__(self, helpline: Helpline, catalog: Catalog) -> None:
        self._helpline = helpline
        clip_texts = chain.from_iterable(each.values() for each in helpline.clip_texts.values())
        self._clips = {text.name: clip for text in clip_texts if (clip := clip_of(catalog, text))}
        self._joined: dict[tuple[Play, ...], Sound] = {}

    def find(self, name: str) -> Sound | None:
        return self._clips.get(name)

    def join(self, name: str, plays: tuple[Play, ...]) -> None:
        """Joins these into one sound, which is used where they are played in a row; the carrier's voices split it."""
        has_clip = groupby(plays, key=lambda play: play.name in self._clips)
        runs = [tuple(run) for clip, run in has_clip if clip]
        for number, run in enumerate((run for run in runs if len(run) > 1), start=1):
            parts = [self._clips[play.name] for play in run]
            content = join([part.read() or b"" for part in parts])
            tag = sha256(content).hexdigest()[:HASH_DIGITS]
            sound = Sound(f"{name}/{number}", "\n".join(part.text for part in parts), tag, content=content)
            self._clips[sound.name] = self._joined[run] = sound

    def spoken(self, plays: tuple[Play, ...]) -> Iterator[Sound | Play]:
        """What speaks these: sounds, and the plays that the carrier's voice must speak."""
        while plays:
            run = next((run for run in self._joined if plays[: len(run)] == run), plays[:1])
            yield self._joined.get(run) or self._clips.get(run[0].name) or run[0]
            plays = plays[len(run) :]

    def speaks(self, play: Play) -> bool:
        """Whether it can be heard at all: by a clip, or as words by the carrier's voice."""
        if play.name in self._clips:
            return True
        return play.prompt in self._helpline.clip_texts.get(play.language, {}) and bool(
            self._helpline.speech(play.language).say
        )

    def files(self, plays: tuple[Play, ...]) -> Iterator[str | Play]:
        """What speaks these: addresses below `/audio/`, and the plays that the carrier's voice must speak."""
        for spoken in self.spoken(plays):
            yield spoken.file if isinstance(spoken, Sound) else spoken

    def all_files(self) -> Iterator[str]:
        """The address of every sound below `/audio/`."""
        return (sound.file for sound in self._clips.values())

    def sentences(self, play: Play) -> tuple[str, ...]:
        return self._helpline.clip_texts[play.language][play.prompt].sentences

    def voice(self, play: Play) -> Voice:
        """The carrier's voice that speaks a play; LookupError for a language that has none."""
        voice = self._helpline.speech(play.language).say
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
