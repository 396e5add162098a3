"""English by Flite (apt-get install flite): of the engines without a network, the one best understood over a telephone.

docs/speech.md has the table of what was measured.
"""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import soundfile

from ivr.audio.engines.engine import SpeechError, UnavailableError
from ivr.audio.loudness import Samples

VOICE = "rms"
STRETCH = 0.98  # its own rate is 153 words a minute; this makes it 155
PATIENCE = 30  # seconds; a sentence takes half of one


@dataclass(frozen=True)
class Flite:
    rate: float = 1.0

    @property
    def name(self) -> str:
        return "flite"

    def voice(self, language: str) -> str | None:
        return f"{VOICE} x{self.rate:g}" if language == "en" else None

    def speak(self, sentence: str, _language: str, /) -> tuple[Samples, int]:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "out.wav"
            self._run(sentence, out)
            try:
                samples, rate = soundfile.read(out, dtype="float32")
            except (soundfile.LibsndfileError, OSError) as error:
                raise SpeechError(f"flite wrote no sound: {error}") from error
        return samples, rate

    def _run(self, sentence: str, out: Path) -> None:
        stretch = f"duration_stretch={STRETCH / self.rate:.4f}"
        command = ["flite", "-voice", VOICE, "--setf", stretch, "-t", sentence, "-o", str(out)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)  # noqa: S603 - no shell, and the text is our own
        except FileNotFoundError as error:
            raise UnavailableError("flite is not installed: apt-get install flite") from error
        except subprocess.SubprocessError as error:
            raise SpeechError(f"flite failed: {error}") from error
