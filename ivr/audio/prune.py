"""Removes clips that no clip text names, and what interrupted builds left."""

from collections.abc import Collection, Iterable
from pathlib import Path

from ivr.audio.manifest import UNFINISHED, Clip, write_manifest
from ivr.audio.recordings import FOLDER as RECORDINGS  # human voices as delivered: never the build's to remove
from ivr.content.clip_text import ClipText


def prune(
    audio_dir: Path,
    clips: dict[tuple[str, str], Clip],
    clip_texts: Iterable[ClipText],
    only: Collection[str] | None,
) -> list[str]:
    """Takes unnamed clips out of `clips`, the manifest and the folder; returns the sound files that are gone.

    The manifest goes first: a file that it doesn't name is removed by the next build, whenever this one ends.
    """
    named = {(clip_text.language, clip_text.prompt) for clip_text in clip_texts}
    unnamed = [key for key in clips if key not in named and (only is None or key[0] in only)]
    for key in unnamed:
        del clips[key]
    if unnamed:
        write_manifest(audio_dir, clips.values())
    kept = {clip.file for clip in clips.values()}
    return [file for folder in _folders(audio_dir, only) for file in _sweep(audio_dir, folder, kept)]


def _folders(audio_dir: Path, only: Collection[str] | None) -> list[Path]:
    if not audio_dir.is_dir():
        return []
    folders = (path for path in sorted(audio_dir.iterdir()) if path.is_dir())
    return [folder for folder in folders if folder.name != RECORDINGS and (only is None or folder.name in only)]


def _sweep(audio_dir: Path, folder: Path, kept: set[str]) -> list[str]:
    for left in [*audio_dir.glob(f".*{UNFINISHED}"), *folder.glob(f".*{UNFINISHED}")]:
        left.unlink(missing_ok=True)
    files = [path.relative_to(audio_dir).as_posix() for path in sorted(folder.glob("[!.]*.wav"))]
    gone = [file for file in files if file not in kept]
    for file in gone:
        (audio_dir / file).unlink()
    return gone
