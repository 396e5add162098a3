"""Which voices speak which language: a wrong pair may fail the instruction, so it is refused.

Twilio's list is in voices.json, with its date. A locale or a voice that is not there is refused too: add it once Twilio
has it. Voices of other carriers (``gcloud.en-US-Wavenet-A``) are not known here, and any of them is taken.
"""

import json
from collections.abc import Iterator
from pathlib import Path

_LIST = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
AS_OF: str = _LIST["as_of"]
_POLLY: dict[str, list[str]] = _LIST["polly"]
_GOOGLE: dict[str, dict[str, str]] = _LIST["google"]  # locale -> kind of voice -> the letters of its voices
LOCALES = list({**_POLLY, **_GOOGLE})
_BASIC = {
    "man": {"en", "en-US", "en-GB"},
    "woman": {"en", "en-US", "en-GB"},
    "alice": {*LOCALES} - {*_LIST["without_alice"]},
}


def is_of_another_carrier(voice: str) -> bool:
    """Twilio's makers begin with a capital: ``Polly.Joanna``, ``Google.en-US-Standard-A``."""
    return "." in voice and voice[0].islower()


def objection(language: str, voice: str) -> str:
    """Why this pair can't speak, or nothing. No voice means the language's default one."""
    if is_of_another_carrier(voice):
        return ""
    if language.partition("-")[0] in _LIST["without_voice"]:
        return f"Twilio has no voice for {language}: play recorded audio"
    if language not in LOCALES and language != "en":
        return f"the language {language} is not among {', '.join(LOCALES)}"
    if voice and not _speaks(voice, language):
        return f"the voice {voice} doesn't speak {language}"
    return ""


def _speaks(voice: str, language: str) -> bool:
    maker, _, name = voice.partition(".")
    if maker == "Polly":
        return name in _POLLY.get(language, [])
    if maker == "Google":
        return name.startswith(f"{language}-") and name.removeprefix(f"{language}-") in _google(language)
    return language in _BASIC.get(maker, ())


def _google(language: str) -> Iterator[str]:
    """The voices of Google's in a language: Standard-A, Wavenet-B, Neural2-C, Chirp3-HD-Kore."""
    for kind, letters in _GOOGLE.get(language, {}).items():
        yield from (f"{kind}-{letter}" for letter in letters)
    chirp = _LIST["chirp3_hd"]
    if language in chirp["locales"]:
        yield from (f"Chirp3-HD-{name}" for name in chirp["names"])
