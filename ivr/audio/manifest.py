"""audio/manifest.json: one clip per line, sorted, so that changing one clip changes one line."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ivr.content.files import read_file
from ivr.errors import HelplineError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

MANIFEST = "manifest.json"
VERSION = 1
MAX_BYTES = 20_000_000  # a clip takes 250 of them
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


Entry = TypeVar("Entry", bound="DataclassInstance")


def read_manifest(audio_dir: Path) -> list[Clip]:
    """The clips that the manifest lists; [] if there is no manifest yet. HelplineError if it is damaged."""
    return read_entries(audio_dir / MANIFEST, "clip", Clip, REMEDY)


def write_manifest(audio_dir: Path, clips: Iterable[Clip]) -> None:
    """Replaces the manifest in one step; the same clips give the same bytes."""
    write_entries(audio_dir / MANIFEST, "clip", sorted(clips))


def write_entries(path: Path, what: str, entries: Iterable[Entry]) -> None:
    """Replaces a JSON list of clips or recordings in one step, one entry per line."""
    rows = ",\n".join(json.dumps(asdict(entry), ensure_ascii=False) for entry in entries)
    put_in_place(path, f'{{"version": {VERSION}, "{what}s": [\n{rows}\n]}}\n'.encode())


def put_in_place(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all, even if the process ends in the middle."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}{UNFINISHED}")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def read_entries(path: Path, what: str, kind: type[Entry], remedy: str) -> list[Entry]:
    """The entries of a JSON list of clips or recordings; [] if there is no file. HelplineError if it is damaged."""
    try:
        document = json.loads(read_file(path, MAX_BYTES).decode())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise HelplineError(f"{path} can't be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise HelplineError(f"{path} is damaged: {error}. {remedy}") from error
    if fault := _fault(document, what, kind):
        raise HelplineError(f"{path} is damaged: {fault}. {remedy}")
    return [kind(**row) for row in document[f"{what}s"]]


def _fault(document: object, what: str, kind: type[Entry]) -> str:
    if not isinstance(document, dict) or document.get("version") != VERSION:
        return f"it doesn't say 'version': {VERSION}"
    rows = document.get(f"{what}s")
    if not isinstance(rows, list):
        return f"it has no list of {what}s"
    numbers = {"float": (int, float), "int": (int,)}  # types are names already where annotations are text
    wanted = {each.name: numbers.get(getattr(each.type, "__name__", str(each.type)), (str,)) for each in fields(kind)}
    for number, row in enumerate(rows, 1):
        if fault := _row_fault(row, what, wanted):
            return f"{what} {number} {fault}"
    is_twice = len({(row["language"], row["prompt"]) for row in rows}) < len(rows)
    return f"it lists a {what} twice" if is_twice else ""


def _row_fault(row: object, what: str, wanted: Mapping[str, tuple[type, ...]]) -> str:
    if not isinstance(row, dict) or row.keys() != wanted.keys():
        return f"hasn't the fields of a {what}"
    for name, kinds in wanted.items():
        if not isinstance(row[name], kinds):
            return f"has a strange {name}: {row[name]!r}"
    for name in {"file", "original"} & row.keys():
        if row[name].startswith("/") or ".." in row[name].split("/"):
            return f"lies outside its folder: {row[name]}"
    return ""
