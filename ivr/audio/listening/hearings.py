"""audio/heard.json, beside the manifest: what the recogniser heard of each clip. Standard library only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ivr.audio.manifest import Clip, read_entries, write_entries

HEARD = "heard.json"
REMEDY = "Restore the file from version control; or delete it and run `ivr audio listen`, which hears every clip again."


@dataclass(frozen=True, order=True)
class Hearing:
    """What was heard of one clip; of these bytes only, so that a clip that is made again is unheard."""

    language: str
    prompt: str
    sha256: str  # of the clip's bytes
    taken_for: str  # the language's code, as the recogniser writes it
    edits: int  # letters to add, drop or change until the text heard is the sentence; `characters` at most
    characters: int  # of the sentence, in the form in which the two were compared
    key: str  # of a clip that names a key: the key that was heard; otherwise empty
    text: str  # as heard


Hearings = Mapping[tuple[str, str], Hearing]


def read_hearings(audio_dir: Path) -> dict[tuple[str, str], Hearing]:
    """What was heard, by language and prompt, of whatever clips; HelplineError if the file is damaged."""
    entries = read_entries(audio_dir / HEARD, "hearing", Hearing, REMEDY)
    return {(hearing.language, hearing.prompt): hearing for hearing in entries}


def write_hearings(audio_dir: Path, clips: Iterable[Clip], heard: Hearings) -> None:
    """Replaces the file in one step, without what was heard of other clips than these."""
    found = (hearing_of(clip, heard) for clip in clips)
    write_entries(audio_dir / HEARD, "hearing", sorted(hearing for hearing in found if hearing))


def hearing_of(clip: Clip, heard: Hearings) -> Hearing | None:
    """What was heard of exactly this clip, or None."""
    hearing = heard.get((clip.language, clip.prompt))
    return hearing if hearing and hearing.sha256 == clip.sha256 else None
