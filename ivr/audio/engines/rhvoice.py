"""Russian by RHVoice (docs/speech.md says how to install it); voice: aleksandr-hq, CC-BY-SA 4.0."""

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import soundfile

from ivr.audio.engines.engine import SpeechError, UnavailableError
from ivr.audio.loudness import Samples
from ivr.audio.pauses import shorten_pauses

VOICE = "aleksandr-hq"  # the voices of other makers may not be used commercially
PERCENT = 134  # of its own rate: so set, texts take as long as in `reading_rates`
MAX_PAUSE = 0.35  # seconds, within a sentence
PATIENCE = 30  # seconds; a sentence takes half of one


@dataclass(frozen=True)
class RHVoice:
    rate: float = 1.0

    @property
    def name(self) -> str:
        return "rhvoice"

    def voice(self, language: str) -> str | None:
        return f"{VOICE} {self._percent()}%" if language == "ru" else None

    def speak(self, sentence: str, _language: str, /) -> tuple[Samples, int]:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "out.wav"
            self._run(sentence, out)
            try:
                samples, rate = soundfile.read(out, dtype="float32")
            except (soundfile.LibsndfileError, OSError) as error:
                raise SpeechError(f"RHVoice wrote no sound: {error}") from error
        return shorten_pauses(samples, rate, MAX_PAUSE), rate

    def _percent(self) -> int:
        return round(PERCENT * self.rate)

    def _run(self, sentence: str, out: Path) -> None:
        command = ["RHVoice-test", "-p", VOICE, "-r", str(self._percent()), "-o", str(out)]
        try:
            subprocess.run(command, input=sentence.encode(), check=True, capture_output=True, timeout=PATIENCE)  # noqa: S603 - no shell, and the text is our own
        except FileNotFoundError as error:
            raise UnavailableError("RHVoice is not installed: docs/speech.md says how.") from error
        except subprocess.SubprocessError as error:
            raise SpeechError(f"RHVoice failed: {error}") from error
