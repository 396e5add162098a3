"""Which voices speak which language: a wrong pair may fail the instruction, so it is refused.

A small table, of the languages that a helpline in Japan meets. A locale that is not in it is
refused too: add it here once Twilio's list of voices has it.
"""

from __future__ import annotations

import re

_POLLY = {
    "ja-JP": "Mizuki Takumi Kazuha Tomoko",
    "en-US": "Joanna Matthew Salli Kendra Kimberly Ivy Joey Justin Kevin Ruth Stephen Danielle",
    "en-GB": "Amy Emma Brian Arthur",
    "en-AU": "Nicole Olivia Russell",
    "en-IN": "Aditi Raveena Kajal",
    "cmn-CN": "Zhiyu",
    "cmn-TW": "",
    "ko-KR": "Seoyeon Jihye",
    "es-ES": "Conchita Lucia Enrique Sergio",
    "es-MX": "Mia Andres",
    "es-US": "Lupe Miguel Penelope Pedro",
    "pt-BR": "Camila Vitoria Ricardo Thiago",
    "vi-VN": "",
    "th-TH": "",
    "id-ID": "",
    "fil-PH": "",
    "fr-FR": "Celine Lea Mathieu Remi",
    "bn-IN": "",
    "arb": "Zeina",
    "ar-XA": "",
    "ar-AE": "Hala Zayd",
    "ms-MY": "",
    "ru-RU": "Tatyana Maxim",
}
_NO_GOOGLE = {"arb", "ar-AE"}
_BASIC = {
    "man": {"en", "en-US", "en-GB"},
    "woman": {"en", "en-US", "en-GB"},
    "alice": {*_POLLY} - {"arb", "ar-AE"},
}
_VOICELESS = {"ne", "my", "km", "mn", "si", "ur", "fa"}


def objection(language: str, voice: str) -> str:
    """Why this pair can't speak, or nothing. No voice means the language's default one."""
    if language.partition("-")[0] in _VOICELESS:
        return f"Twilio has no voice for {language}: play recorded audio"
    if language not in _POLLY and language != "en":
        return f"the language {language} is not among {', '.join(_POLLY)}"
    if voice and not _speaks(voice, language):
        return f"the voice {voice} doesn't speak {language}"
    return ""


def _speaks(voice: str, language: str) -> bool:
    maker, _, name = voice.partition(".")
    if maker == "Polly":
        return name.partition("-")[0] in _POLLY.get(language, "").split()
    if maker == "Google":
        # Google.<locale>-Standard-A, -Wavenet-B, -Neural2-C, -Chirp3-HD-Name
        return language not in _NO_GOOGLE and re.match(f"{re.escape(language)}-[A-Z]", name) is not None
    return language in _BASIC[maker]
