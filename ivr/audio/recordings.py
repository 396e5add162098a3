"""audio/recordings/recordings.json: who said what, when, and with whose consent. Standard library only."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ivr.audio.catalog import text_hash
from ivr.audio.manifest import read_entries, write_entries
from ivr.content.clip_text import ClipText
from ivr.content.files import read_file
from ivr.errors import HelplineError

FOLDER = "recordings"
REGISTER = "recordings.json"
MAX_RECORDING_BYTES = 50_000_000  # three minutes as a studio delivers them: 24 bits, 48 kHz, stereo
REMEDY = "Restore the file from version control."
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
    found = read_entries(audio_dir / FOLDER / REGISTER, "recording", Recording, REMEDY)
    return {(recording.language, recording.prompt): recording for recording in found}


def write_recordings(audio_dir: Path, recordings: Iterable[Recording]) -> None:
    """Replaces the register in one step, one recording a line."""
    write_entries(audio_dir / FOLDER / REGISTER, "recording", sorted(recordings))


def content_of(audio_dir: Path, recording: Recording) -> bytes:
    """The file's bytes; HelplineError if it is lost or has been changed."""
    path = audio_dir / FOLDER / recording.file
    try:
        content = read_file(path, MAX_RECORDING_BYTES)
    except OSError as error:
        raise HelplineError(f"The recording {path} is lost: {error.strerror}.") from error
    if hashlib.sha256(content).hexdigest() != recording.sha256:
        raise HelplineError(f"The recording {path} isn't the one that was imported; import it again.")
    return content
