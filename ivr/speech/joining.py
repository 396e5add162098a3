"""One clip out of several that are there already: no engine is asked, and nothing is coded anew."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from ivr.errors import HelplineError
from ivr.flow.lines import Line
from ivr.speech.catalog import Catalog, file_of, text_hash
from ivr.speech.joined import JOINED, find_joined, joined_key
from ivr.speech.levels import speech_level
from ivr.speech.manifest import Clip, put_in_place, write_manifest
from ivr.speech.telephone import RATE, decoded, encoded

GAP = 0.2  # seconds; with the tail of one clip and the lead of the next 0.43


def join(audio_dir: Path, wanted: Mapping[str, Sequence[Clip]]) -> tuple[Clip, ...]:
    """Makes the clips `wanted`, each of its parts in their order, that aren't there; removes all other joined ones.

    The clips of a build are equally loud, so that they stand beside each other as they are. Returns what was made;
    HelplineError if a part is lost or damaged, or the manifest is.
    """
    catalog = Catalog.load(audio_dir)
    clips = {key: clip for key, clip in catalog.clips.items() if key[0] != JOINED or key[1] in wanted}
    made = []
    for name, parts in wanted.items():
        if find_joined(catalog, name, parts) is None:
            clips[JOINED, name] = _join(catalog, name, parts)
            made.append(clips[JOINED, name])
    if clips != catalog.clips:
        write_manifest(audio_dir, clips.values())
    for key in catalog.clips.keys() - clips.keys():
        catalog.path(catalog.clips[key]).unlink(missing_ok=True)
    return tuple(made)


def _join(catalog: Catalog, name: str, parts: Sequence[Clip]) -> Clip:
    if not parts:
        raise HelplineError(f"There is nothing to join for {name!r}.")
    gap = np.zeros(round(GAP * RATE), dtype=np.float32)
    sounds = [piece for part in parts for piece in (gap, decoded(_bytes(catalog, part)))][1:]
    heard = np.concatenate(sounds)
    content = encoded(heard)
    clip = Clip(
        language=JOINED,
        prompt=name,
        file=file_of(Line(JOINED, name, ())),
        text_hash=text_hash(part.text_hash for part in parts),
        build_key=joined_key(parts),
        engine=JOINED,
        voice=" ".join(part.language for part in parts),
        seconds=round(len(heard) / RATE, 3),
        level_dbfs=round(speech_level(heard, RATE), 1),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    put_in_place(catalog.audio_dir / clip.file, content)
    return clip


def _bytes(catalog: Catalog, part: Clip) -> bytes:
    path = catalog.path(part)
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != part.sha256:
        raise HelplineError(f"{path} is lost or damaged; `ivr audio build` makes it again.")
    return content
