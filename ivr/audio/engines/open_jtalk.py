"""Japanese by Open JTalk (pip install 'ivr-helpline[offline-voices]'); voice: Mei, CC-BY 3.0, MMDAgent Project Team."""

import contextlib
import io
from dataclasses import dataclass
from types import ModuleType

import numpy as np

from ivr.audio.engines.engine import SpeechError, UnavailableError
from ivr.audio.loudness import Samples
from ivr.audio.pauses import shorten_pauses

VOICE = "mei_normal"
SPEED = 0.57  # makes 330 morae a minute, pauses shortened (60 sentences); 1.0 makes 490, and between it isn't linear

MAX_PAUSE = 0.35  # seconds; slowed like this, the voice rests for up to 1.6 s at a comma
FULL_SCALE = 131072  # its samples are floats that go past 16 bits, up to 57,000 in 300 sentences


@dataclass(frozen=True)
class OpenJTalk:
    rate: float = 1.0

    @property
    def name(self) -> str:
        return "open-jtalk"

    def voice(self, language: str) -> str | None:
        return f"{VOICE} x{self.rate:g}" if language == "ja" else None

    def speak(self, sentence: str, _language: str, /) -> tuple[Samples, int]:
        # predict_nani needs onnxruntime: off, so that what else is installed doesn't change the sound
        samples, rate = _open_jtalk().tts(sentence, speed=SPEED * self.rate, predict_nani=False)
        if not len(samples):
            raise SpeechError("Open JTalk gave no sound.")
        scaled = (samples / FULL_SCALE).astype(np.float32)
        return shorten_pauses(scaled, rate, MAX_PAUSE), rate


def _open_jtalk() -> ModuleType:
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints advice about onnxruntime, which isn't wanted
            import pyopenjtalk
    except ImportError as error:
        message = "Open JTalk is not installed: pip install 'ivr-helpline[offline-voices]'"
        raise UnavailableError(message) from error
    return pyopenjtalk
