"""Makes one clip: spoken or recorded, sent through the telephone chain, and checked."""

import hashlib
from pathlib import Path

from ivr.audio import telephone_sound
from ivr.audio.catalog import file_of, text_hash
from ivr.audio.engines.allowed import why_not
from ivr.audio.engines.engine import Engine, SpeechError
from ivr.audio.loudness import Samples, speech_level
from ivr.audio.manifest import Clip
from ivr.audio.quality import sound_faults, source_faults
from ivr.audio.recordings import ENGINE, Recording, content_of
from ivr.audio.room_noise import read_recording
from ivr.content.clip_text import ClipText
from ivr.errors import HelplineError


def spoken(clip_text: ClipText, engine: Engine) -> tuple[Clip, bytes]:
    """A clip by an engine, and its file's bytes; SpeechError, with every fault, if it isn't fit for callers."""
    if why := why_not(engine.name, clip_text.language, own_word=(engine.name,)):  # whose word, the caller has asked
        raise SpeechError(why)
    voice = engine.voice(clip_text.language)
    if voice is None:
        raise SpeechError(f"{engine.name} has no voice for {clip_text.language}.")
    return _checked(clip_text, _sentences(clip_text, engine), (engine.name, voice), build_key(clip_text, engine))


def recorded(clip_text: ClipText, recording: Recording, audio_dir: Path) -> tuple[Clip, bytes]:
    """A clip from a person's recording, and its file's bytes; SpeechError, with every fault, if it isn't fit."""
    try:
        content = content_of(audio_dir, recording)
    except HelplineError as error:
        raise SpeechError(str(error)) from error
    return recorded_from(clip_text, recording, content)


def recorded_from(clip_text: ClipText, recording: Recording, content: bytes) -> tuple[Clip, bytes]:
    """What `recorded` gives, for a recording with this content."""
    parts = [(read_recording(content), telephone_sound.RATE)]
    return _checked(clip_text, parts, (ENGINE, recording.speaker), recording_key(clip_text, recording))


def build_key(clip_text: ClipText, engine: Engine) -> str:
    """16 hexadecimal digits that change with anything that shapes the clip: text, engine, voice, rate, pipeline."""
    return _key(clip_text, engine.name, str(engine.voice(clip_text.language)))


def recording_key(clip_text: ClipText, recording: Recording) -> str:
    """The build key of a clip that a person spoke: the recording's bytes take the place of the voice."""
    return _key(clip_text, ENGINE, recording.sha256)


def _key(clip_text: ClipText, engine: str, voice: str) -> str:
    parts = [text_hash(clip_text.sentences), engine, voice, telephone_sound.PIPELINE]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _sentences(clip_text: ClipText, engine: Engine) -> list[tuple[Samples, int]]:
    parts = []
    for sentence in clip_text.sentences:
        samples, rate = engine.speak(sentence, clip_text.language)
        _refuse(source_faults(samples))
        parts.append((samples, rate))
    return parts


def _refuse(faults: list[str]) -> None:
    if faults:
        raise SpeechError(" ".join(faults))


def _checked(
    clip_text: ClipText, parts: list[tuple[Samples, int]], by: tuple[str, str], key: str
) -> tuple[Clip, bytes]:
    content = telephone_sound.encoded(telephone_sound.clip_of(parts))
    heard = telephone_sound.decoded(content)
    _refuse(sound_faults(heard, clip_text))
    return clip_entry(clip_text, content, heard, by, key), content


def clip_entry(clip_text: ClipText, content: bytes, heard: Samples, by: tuple[str, str], key: str) -> Clip:
    """The manifest's entry for a clip; `by` is its engine and voice."""
    return Clip(
        language=clip_text.language,
        prompt=clip_text.prompt,
        file=file_of(clip_text),
        text_hash=text_hash(clip_text.sentences),
        build_key=key,
        engine=by[0],
        voice=by[1],
        seconds=round(len(heard) / telephone_sound.RATE, 3),
        level_dbfs=round(speech_level(heard, telephone_sound.RATE), 1),
        sha256=hashlib.sha256(content).hexdigest(),
    )
