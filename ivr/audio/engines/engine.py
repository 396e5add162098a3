"""What the build asks of an engine."""

from typing import Protocol

from ivr.audio.loudness import Samples
from ivr.errors import HelplineError


class SpeechError(HelplineError):
    """The engine gave no speech for this sentence; the next engine is asked."""


class UnavailableError(HelplineError):
    """The engine can't work at all here and now (not installed, no network); it isn't asked again in this build."""


class Engine(Protocol):
    @property
    def name(self) -> str:
        """As in `allowed` and in the helpline's list of engines."""

    def voice(self, language: str) -> str | None:
        """Voice and rate, which together make the sound what it is; None if it has no voice for this language."""

    def speak(self, sentence: str, language: str, /) -> tuple[Samples, int]:
        """One sentence as samples (full scale 1.0) and their rate in Hz. SpeechError or UnavailableError."""
