"""Which voices speak which language: a wrong pair may fail the instruction, so it is refused.

Gathered from Twilio's list of voices; it grows. A locale that is not here is refused too: add it
once the list has it.
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
    "ca-ES": "Arlet",
    "cs-CZ": "",
    "cy-GB": "Gwyneth",
    "da-DK": "Mads Naja Sofie",
    "de-AT": "Hannah",
    "de-DE": "Daniel Hans Marlene Vicki",
    "el-GR": "",
    "en-IE": "Niamh",
    "en-NZ": "Aria",
    "en-ZA": "Ayanda",
    "fi-FI": "Suvi",
    "fr-CA": "Chantal Gabrielle Liam",
    "gu-IN": "",
    "he-IL": "",
    "hi-IN": "Aditi Kajal",
    "hu-HU": "",
    "is-IS": "Dora Karl",
    "it-IT": "Adriano Bianca Carla Giorgio",
    "nb-NO": "Ida Liv",
    "nl-NL": "Laura Lotte Ruben",
    "pl-PL": "Ewa Jacek Jan Maja Ola",
    "pt-PT": "Cristiano Ines",
    "ro-RO": "Carmen",
    "sk-SK": "",
    "sv-SE": "Astrid Elin",
    "ta-IN": "",
    "tr-TR": "Burcu Filiz",
    "uk-UA": "",
}
_NO_GOOGLE = {"arb", "ar-AE"}
_BASIC = {"man": {"en", "en-US", "en-GB"}, "woman": {"en", "en-US", "en-GB"}, "alice": {*_POLLY} - {"arb", "ar-AE"}}
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
