"""One clip: spoken, sent through the chain, checked."""

from __future__ import annotations

import hashlib

from ivr.flow.lines import Line
from ivr.speech import telephone
from ivr.speech.catalog import file_of, text_hash
from ivr.speech.engines.allowed import reads, why_not
from ivr.speech.engines.engine import Engine, SpeechError
from ivr.speech.levels import Samples, speech_level
from ivr.speech.manifest import Clip
from ivr.speech.quality import sound_faults, source_faults


def spoken(line: Line, engine: Engine) -> tuple[Clip, bytes]:
    """The clip and its file's bytes; SpeechError, with every fault, if it isn't fit for a caller."""
    if not reads(engine.name, line.language):
        raise SpeechError(why_not(engine.name, line.language))
    if engine.voice(line.language) is None:
        raise SpeechError(f"{engine.name} has no voice for {line.language}.")
    content = telephone.encoded(telephone.clip_of(_sentences(line, engine)))
    heard = telephone.decoded(content)
    _refuse(sound_faults(heard, line))
    return _clip(line, engine, content, heard), content


def build_key(line: Line, engine: Engine) -> str:
    """16 hexadecimal digits that change with all that makes the clip: text, engine, voice, rate, pipeline."""
    voice = str(engine.voice(line.language))
    parts = [text_hash(line.sentences), engine.name, voice, telephone.PIPELINE]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _sentences(line: Line, engine: Engine) -> list[tuple[Samples, int]]:
    parts = []
    for sentence in line.sentences:
        samples, rate = engine.speak(sentence, line.language)
        _refuse(source_faults(samples))
        parts.append((samples, rate))
    return parts


def _refuse(faults: list[str]) -> None:
    if faults:
        raise SpeechError(" ".join(faults))


def _clip(line: Line, engine: Engine, content: bytes, heard: Samples) -> Clip:
    return Clip(
        language=line.language,
        prompt=line.prompt,
        file=file_of(line),
        text_hash=text_hash(line.sentences),
        build_key=build_key(line, engine),
        engine=engine.name,
        voice=str(engine.voice(line.language)),
        seconds=round(len(heard) / telephone.RATE, 3),
        level_dbfs=round(speech_level(heard, telephone.RATE), 1),
        sha256=hashlib.sha256(content).hexdigest(),
    )
