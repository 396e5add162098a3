"""The clips in audio/manifest.json, and the state of their files. Standard library only: the web server loads it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from ivr.audio.manifest import Clip, read_manifest
from ivr.content.clip_text import ClipText
from ivr.content.files import read_file
from ivr.errors import HelplineError

MAX_CLIP_BYTES = 5_000_000  # ten minutes at 8 kHz
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
# The language list is joined from its clips, and the apology replaces a clip that is lost while calls go on.
HELD = frozenset({"language.item", "apology"})


class State(StrEnum):
    READY = "ready"
    STALE = "stale"  # says an older text
    DAMAGED = "damaged"  # the file is lost, or isn't the one that was built
    MISSING = "missing"


@dataclass(frozen=True)
class Catalog:
    """The clips of one audio folder, by language and prompt.

    `sound` are those whose file had the right bytes when it was read; `held` is the content of those in HELD.
    """

    audio_dir: Path
    clips: Mapping[tuple[str, str], Clip]
    sound: frozenset[tuple[str, str]]
    held: Mapping[tuple[str, str], bytes] = field(default_factory=dict)

    @classmethod
    def load(cls, audio_dir: Path) -> Catalog:
        """Reads the manifest and, once, every file that it names; HelplineError if the manifest is damaged."""
        clips = {(clip.language, clip.prompt): clip for clip in read_manifest(audio_dir)}
        sound, held = set(), {}
        for key, clip in clips.items():
            content = _content(audio_dir, clip)
            if content is not None:
                sound.add(key)
                if clip.prompt in HELD:
                    held[key] = content
        return cls(audio_dir, clips, frozenset(sound), held)

    def only(self, wanted: Callable[[Clip], bool]) -> Catalog:
        """The same as if the other clips had never been made."""
        return replace(self, clips={key: clip for key, clip in self.clips.items() if wanted(clip)})

    def find(self, clip_text: ClipText) -> Clip | None:
        """The clip that says exactly this, or None: callers never hear an older text or a damaged file."""
        return self.clips[_key(clip_text)] if self.state(clip_text) is State.READY else None

    def state(self, clip_text: ClipText) -> State:
        clip = self.clips.get(_key(clip_text))
        if clip is None:
            return State.MISSING
        if clip.text_hash != text_hash(clip_text.sentences):
            return State.STALE
        return State.READY if _key(clip_text) in self.sound else State.DAMAGED

    def path(self, clip: Clip) -> Path:
        return self.audio_dir / clip.file


def text_hash(sentences: Iterable[str]) -> str:
    """16 hexadecimal digits that change with any sentence, and with where one ends."""
    return hashlib.sha256("\n".join(sentences).encode()).hexdigest()[:16]


def file_of(clip_text: ClipText) -> str:
    """Where the clip of a text lies, relative to the audio folder: ``en/main.menu.wav``."""
    for name in _key(clip_text):
        if not _NAME.fullmatch(name):
            message = f"{name!r} cannot be a file's name: use letters, digits, '.', '-' and '_'"
            raise HelplineError(message)
    return f"{clip_text.language}/{clip_text.prompt}.wav"


def _content(audio_dir: Path, clip: Clip) -> bytes | None:
    """None if the file is lost, or isn't the one that was built."""
    try:
        content = read_file(audio_dir / clip.file, MAX_CLIP_BYTES)
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == clip.sha256 else None


def _key(clip_text: ClipText) -> tuple[str, str]:
    return (clip_text.language, clip_text.prompt)
