"""Imports a person's recording: it is checked as callers will hear it, kept as delivered, and played from then on."""

import hashlib
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ivr.audio.catalog import file_of, text_hash
from ivr.audio.make_clip import recorded_from
from ivr.audio.manifest import Clip, put_in_place, read_manifest, write_manifest
from ivr.audio.recordings import FOLDER, MAX_RECORDING_BYTES, Recording, Recordings, read_recordings, write_recordings
from ivr.audio.room_noise import MAX_SECONDS
from ivr.content.clip_text import ClipText
from ivr.content.files import read_file
from ivr.errors import HelplineError

# By soundfile; messengers send voice messages as Opus in Ogg, under any of its three endings.
READ = (".wav", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".aif", ".aiff")
CONVERTED = (".m4a", ".aac", ".mp4", ".3gp", ".amr", ".webm", ".wma")  # telephones record these; soundfile doesn't
BEGIN_OF_CONVERTED = (b"ftyp", b"#!AMR", b"\x1aE\xdf\xa3")  # whatever the file is called
PATIENCE = 60  # seconds


@dataclass(frozen=True)
class Delivery:
    """A file, who speaks in it, when, and the day on which they agreed that callers may hear it."""

    file: Path
    speaker: str
    recorded: date
    consent: date


def import_recording(audio_dir: Path, clip_text: ClipText, delivery: Delivery) -> Clip:
    """Keeps the file and its record and puts its clip in place. HelplineError if it is unfit; then nothing is kept."""
    suffix = delivery.file.suffix.lower()
    delivered = _bytes(delivery.file)
    is_converted = suffix in CONVERTED or any(begin in delivered[:12] for begin in BEGIN_OF_CONVERTED)
    content = _converted(delivery.file) if is_converted else delivered
    name = Path(file_of(clip_text)).with_suffix("")
    recording = Recording(
        language=clip_text.language,
        prompt=clip_text.prompt,
        file=f"{name}{'.flac' if is_converted else suffix}",
        original=f"{name}{suffix}",
        speaker=delivery.speaker,
        recorded=delivery.recorded.isoformat(),
        consent=delivery.consent.isoformat(),
        text_hash=text_hash(clip_text.sentences),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    known = read_recordings(audio_dir)
    _refuse_twin(known, recording)
    clip, sound = recorded_from(clip_text, recording, content)
    _remove_former(audio_dir, known, recording)
    for file, kept in ((recording.original, delivered), (recording.file, content)):
        put_in_place(audio_dir / FOLDER / file, kept)
    known[clip_text.language, clip_text.prompt] = recording
    write_recordings(audio_dir, known.values())
    put_in_place(audio_dir / clip.file, sound)
    others = [
        other
        for other in read_manifest(audio_dir)
        if (other.language, other.prompt) != (clip_text.language, clip_text.prompt)
    ]
    write_manifest(audio_dir, [*others, clip])
    return clip


def _bytes(file: Path) -> bytes:
    if file.suffix.lower() not in (*READ, *CONVERTED):
        raise HelplineError(
            f"{file}: {file.suffix or 'no ending'} isn't read here; deliver WAV, FLAC, OGG, OPUS, MP3, AIFF or M4A."
        )
    try:
        return read_file(file, MAX_RECORDING_BYTES)
    except OSError as error:
        raise HelplineError(f"{file} can't be read: {error.strerror}") from error


def _converted(file: Path) -> bytes:
    """The file as FLAC, which loses nothing."""
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        kind = file.suffix[1:].upper() if file.suffix.lower() in CONVERTED else "M4A or the like by its content"
        raise HelplineError(
            f"{file} is {kind}, which needs ffmpeg (apt-get install ffmpeg); or deliver WAV: "
            "elsewhere `ffmpeg -i FILE NAME.wav` makes one"
        )
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.flac"
        command = [ffmpeg, "-v", "error", "-i", str(file.absolute()), "-vn", "-t", str(MAX_SECONDS + 1), str(out)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)  # noqa: S603 - no shell, a file's path
            return read_file(out, MAX_RECORDING_BYTES)
        except (subprocess.SubprocessError, OSError) as error:
            raise HelplineError(f"{file}: ffmpeg can't convert it: {error}") from error


def _refuse_twin(known: Recordings, recording: Recording) -> None:
    """Refuses a file that was imported for another text: a slip of somebody who imports a whole folder."""
    for other in known.values():
        if other.sha256 == recording.sha256 and other.text_hash != recording.text_hash:
            raise HelplineError(
                f"The same recording was already imported for {other.language} {other.prompt}, a different text."
            )


def _remove_former(audio_dir: Path, known: Recordings, recording: Recording) -> None:
    former = known.get((recording.language, recording.prompt))
    for file in {former.file, former.original} if former else ():
        (audio_dir / FOLDER / file).unlink(missing_ok=True)
