"""Signals that behave like speech where the chain and its checks look, and engines that speak them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from threading import Condition

import numpy as np

from ivr.audio.engines.engine import SpeechError, UnavailableError
from ivr.audio.loudness import Samples
from ivr.audio.reading_rates import READING_RATES, letters
from ivr.content.clip_text import ClipText

RATE = 16000
LINE = ClipText("en", "menu", ("For the coupon, press one.",))


def syllables(text: str, seconds: float, rate: int = RATE) -> Samples:
    """Voiced syllables, four a second, whose pitch and vowel change with the text; the same text sounds the same."""
    random = np.random.default_rng(int(hashlib.sha256(text.encode()).hexdigest()[:8], 16))
    time = np.arange(round(seconds * rate)) / rate
    pitch = 120 + 25 * np.sin(2 * np.pi * 0.7 * time) + 10 * random.random()
    phase = 2 * np.pi * np.cumsum(pitch) / rate
    first, second = random.uniform(400, 700), random.uniform(1200, 2200)
    sound, double = np.zeros_like(time), 2 * np.cos(phase)
    below, wave = np.zeros_like(time), np.sin(phase)
    for harmonic in range(1, 25):
        hertz = 120 * harmonic
        weight = np.exp(-(((hertz - first) / 200) ** 2)) + 0.4 * np.exp(-(((hertz - second) / 300) ** 2))
        sound += weight * wave
        below, wave = wave, double * wave - below  # sin((n + 1)x) = 2 cos(x) sin(nx) - sin((n - 1)x)
    beat = np.sin(np.pi * 4 * time + 0.1) ** 2
    return (0.1 * sound * beat + 0.0005 * random.standard_normal(len(time))).astype(np.float32)


def spoken(line: ClipText, rate: int = RATE) -> list[tuple[Samples, int]]:
    return [(syllables(text, seconds_of(text, line.language), rate), rate) for text in line.sentences]


def seconds_of(text: str, language: str) -> float:
    return max(0.3, letters([text]) / READING_RATES[language])


@dataclass
class Speaker:
    """An engine on the list of those that read English, and Japanese if it is called open-jtalk."""

    name: str = "azure"
    languages: tuple[str, ...] = ("en",)
    rate: float = 1.0
    said: list[str] = field(default_factory=list)

    def voice(self, language: str) -> str | None:
        return f"syllables x{self.rate:g}" if language in self.languages else None

    def speak(self, sentence: str, language: str, /) -> tuple[Samples, int]:
        self.said.append(sentence)
        return syllables(sentence, seconds_of(sentence, language)), RATE


class Mute(Speaker):
    def speak(self, _sentence: str, _language: str, /) -> tuple[Samples, int]:
        return np.zeros(RATE, dtype=np.float32), RATE


class Shouting(Speaker):
    def speak(self, sentence: str, language: str, /) -> tuple[Samples, int]:
        samples, rate = super().speak(sentence, language)
        return np.clip(samples * 30, -1, 1), rate


class Refusing(Speaker):
    def speak(self, sentence: str, _language: str, /) -> tuple[Samples, int]:
        self.said.append(sentence)
        raise SpeechError("it coughed")


class Absent(Speaker):
    def speak(self, sentence: str, _language: str, /) -> tuple[Samples, int]:
        self.said.append(sentence)
        raise UnavailableError("it is not installed")


class Parrot(Speaker):
    """Says the same whatever it is given."""

    def speak(self, _sentence: str, _language: str, /) -> tuple[Samples, int]:
        return syllables("the same", 1.5), RATE


@dataclass
class Together(Speaker):
    """Waits until two sentences are spoken at once, at most for its patience in seconds; `most` were."""

    patience: float = 5.0
    most: int = 0
    now: int = 0
    change: Condition = field(default_factory=Condition)

    def speak(self, sentence: str, language: str, /) -> tuple[Samples, int]:
        with self.change:
            self.now += 1
            self.most = max(self.most, self.now)
            self.change.notify_all()
            self.change.wait_for(lambda: self.most > 1, self.patience)
        spoken_one = super().speak(sentence, language)
        with self.change:
            self.now -= 1
        return spoken_one
