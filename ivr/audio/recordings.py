"""audio/recordings/recordings.json: who said what, when, and with whose consent. Standard library only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path, PurePosixPath

from ivr.audio.catalog import text_hash
from ivr.audio.manifest import put_in_place
from ivr.content.clip_text import ClipText
from ivr.errors import HelplineError

FOLDER = "recordings"
REGISTER = "recordings.json"
VERSION = 1
ENGINE = "recording"  # what a clip made from a recording names as its engine


@dataclass(frozen=True, order=True)
class Recording:
    """One file as a person delivered it. `speaker` is a name, or a mark that the operator can resolve."""

    language: str
    prompt: str
    file: str  # relative to audio/recordings, with "/"; what clips are made from
    original: str  # as delivered, if that had to be converted; else the same as `file`
    speaker: str
    recorded: str  # day, as 2026-11-24
    consent: str  # the day on which the speaker agreed that callers hear it
    text_hash: str  # of the sentences that were read
    sha256: str  # of the file's bytes, hexadecimal

    def says(self, clip_text: ClipText) -> bool:
        """Whether it was read from the current text."""
        return self.text_hash == text_hash(clip_text.sentences)


Recordings = dict[tuple[str, str], Recording]


def read_recordings(audio_dir: Path) -> Recordings:
    """Recordings by language and prompt; {} if there is no register. HelplineError if it is damaged."""
    path = audio_dir / FOLDER / REGISTER
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError) as error:
        raise _damaged(path, str(error)) from error
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise _damaged(path, f"it doesn't say 'version': {VERSION}")
    rows = document.get("recordings")
    if not isinstance(rows, list):
        raise _damaged(path, "it has no list of recordings")
    found = [_recording(path, number, row) for number, row in enumerate(rows, 1)]
    return {(recording.language, recording.prompt): recording for recording in found}


def write_recordings(audio_dir: Path, recordings: Iterable[Recording]) -> None:
    """Replaces the register in one step, one recording a line."""
    rows = ",\n".join(json.dumps(asdict(recording), ensure_ascii=False) for recording in sorted(recordings))
    text = f'{{"version": {VERSION}, "recordings": [\n{rows}\n]}}\n'
    put_in_place(audio_dir / FOLDER / REGISTER, text.encode())


def content_of(audio_dir: Path, recording: Recording) -> bytes:
    """The file's bytes; HelplineError if it is lost or has been changed."""
    path = audio_dir / FOLDER / recording.file
    try:
        content = path.read_bytes()
    except OSError as error:
        raise HelplineError(f"The recording {path} is lost.") from error
    if hashlib.sha256(content).hexdigest() != recording.sha256:
        raise HelplineError(f"The recording {path} isn't the one that was imported; import it again.")
    return content


def _recording(path: Path, number: int, row: object) -> Recording:
    names = {field.name for field in fields(Recording)}
    if not isinstance(row, dict) or set(row) != names or not all(isinstance(value, str) for value in row.values()):
        raise _damaged(path, f"recording {number} hasn't the fields of a recording")
    for name in (row["file"], row["original"]):
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise _damaged(path, f"recording {number} lies outside its folder: {name}")
    return Recording(**row)


def _damaged(path: Path, what: str) -> HelplineError:
    return HelplineError(f"{path} is damaged: {what}. Restore the file from version control.")
