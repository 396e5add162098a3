"""audio/manifest.json: one clip per line, sorted, so that changing one clip changes one line."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path, PurePosixPath

from ivr.errors import HelplineError

MANIFEST = "manifest.json"
VERSION = 1
UNFINISHED = ".tmp"  # left by an interrupted build; the next one removes it
REMEDY = "Restore the file from version control; or delete it and run `ivr audio build`, which makes every clip again."


@dataclass(frozen=True, order=True)
class Clip:
    """One sound file: what it says, who spoke it, and what its bytes are."""

    language: str
    prompt: str
    file: str  # relative to the audio folder, with "/"
    text_hash: str  # of the sentences that it says
    build_key: str  # of everything that made it: text, engine, voice, pipeline
    engine: str
    voice: str
    seconds: float
    level_dbfs: float  # active speech level, RMS against 1.0
    sha256: str  # of the file's bytes, hexadecimal


def read_manifest(audio_dir: Path) -> list[Clip]:
    """The clips that the manifest lists; [] if there is no manifest yet. HelplineError if it is damaged."""
    path = audio_dir / MANIFEST
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise HelplineError(f"{path} can't be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise _damaged(path, str(error)) from error
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise _damaged(path, f"it doesn't say 'version': {VERSION}")
    return _clips(path, document.get("clips"))


def write_manifest(audio_dir: Path, clips: Iterable[Clip]) -> None:
    """Replaces the manifest in one step; the same clips give the same bytes."""
    rows = [json.dumps(asdict(clip), ensure_ascii=False) for clip in sorted(clips)]
    body = ",\n".join(rows)
    text = f'{{"version": {VERSION}, "clips": [\n{body}\n]}}\n'
    put_in_place(audio_dir / MANIFEST, text.encode())


def put_in_place(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all, even if the process ends in the middle."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}{UNFINISHED}")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def _clips(path: Path, rows: object) -> list[Clip]:
    if not isinstance(rows, list):
        raise _damaged(path, "it has no list of clips")
    clips = [_clip(path, number, row) for number, row in enumerate(rows, 1)]
    if len({(clip.language, clip.prompt) for clip in clips}) < len(clips):
        raise _damaged(path, "it lists a clip twice")
    return clips


def _clip(path: Path, number: int, row: object) -> Clip:
    if not isinstance(row, dict) or set(row) != {field.name for field in fields(Clip)}:
        raise _damaged(path, f"clip {number} hasn't the fields of a clip")
    for field in fields(Clip):
        kinds = (int, float) if field.type == "float" else (str,)
        if not isinstance(row[field.name], kinds):
            raise _damaged(path, f"clip {number} has a strange {field.name}: {row[field.name]!r}")
    if PurePosixPath(row["file"]).is_absolute() or ".." in PurePosixPath(row["file"]).parts:
        raise _damaged(path, f"clip {number} lies outside the audio folder: {row['file']}")
    return Clip(**row)


def _damaged(path: Path, what: str) -> HelplineError:
    return HelplineError(f"{path} is damaged: {what}. {REMEDY}")
