"""How far a text that was heard is from the sentence, with both in a form fit for comparison.

What can't be heard doesn't count: case, spaces, punctuation, accents, which characters write a Chinese or Japanese
word, and whether a number stands in digits. Chinese is compared as pinyin without tones, Japanese as the kana
that Open JTalk reads, Korean by its letters, Urdu by the consonants of its romanisation: Whisper may write it as Hindi.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import partial

ACCENTS = re.compile("[\u0300-\u036f\u064b-\u0652]")  # combining, as in é and й; the vowel marks of Arabic
NUMBER = re.compile(r"(\d+)(?:[:.]00\b)?")  # 9:00 is spoken as 9
# Letters of Urdu that sound alike, and signs of Hindi for the same nasal.
ALIKE = str.maketrans(
    {**dict.fromkeys("ثص", "س"), **dict.fromkeys("ذضظ", "ز"), "ط": "ت", "ق": "ک", "ع": "", "ं": "न", "ँ": "न"}
)
NO_CONSONANTS = re.compile("[^bcdfgjklmnprstxz]|q")  # nor w, y and h: they mark vowels and breath
# Languages whose numbers num2words doesn't know, by one that counts like them (Tagalog: as the time is told).
COUNTED_AS = {"zh": "ja", "ms": "id", "tl": "es"}


def errors(said: str, heard: str, language: str, keys: Mapping[str, str]) -> tuple[int, int]:
    """The edits from the text heard to the sentence, and the characters of the sentence; no more edits than characters.

    A number in digits counts as the words that fit the sentence best, `keys` being the language's words for its keys.
    """
    sentence = plain(said, language)
    parts = NUMBER.split(heard)
    ways = {place: readings(parts[place], language, keys) for place in range(1, len(parts), 2)}
    parts = [ways[place][0] if place in ways else part for place, part in enumerate(parts)]
    for place, possible in ways.items():
        parts[place] = min(possible, key=partial(_edits_with, parts, place, sentence, language))
    return min(edits(sentence, plain("".join(parts), language)), len(sentence)), len(sentence)


def _edits_with(parts: list[str], place: int, sentence: str, language: str, words: str) -> int:
    """The edits to the sentence if these words stand in that place."""
    return edits(sentence, plain("".join([*parts[:place], words, *parts[place + 1 :]]), language))


def plain(text: str, language: str) -> str:
    """The letters and digits that count when texts of this language are compared."""
    form = FORMS.get(base(language))
    text = form(text) if form else text
    letters = ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    if base(language) != "ko":
        letters = unicodedata.normalize("NFC", letters)
    return "".join(letter for letter in letters if unicodedata.category(letter)[0] in "LMN")


def readings(number: str, language: str, keys: Mapping[str, str]) -> list[str]:
    """How digits may have been spoken: one by one, as they stand, as an amount or as a place in an order."""
    one_by_one = " ".join(keys.get(str(int(digit)), digit) for digit in number)
    return [one_by_one, number, *words_of(number, language)]


def words_of(number: str, language: str) -> list[str]:
    """A number in words, as an amount and as a place in an order, as far as num2words knows them."""
    from num2words import num2words

    found = []
    for to in ("cardinal", "ordinal"):
        try:
            found.append(num2words(int(number), lang=COUNTED_AS.get(base(language), base(language)), to=to))
        except (NotImplementedError, LookupError, OverflowError, TypeError, ValueError):  # each language has its own
            continue
    return found


def edits(one: str, other: str) -> int:
    """The least number of letters to add, drop or change that makes one text the other (Levenshtein)."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        above, row = row, [number]
        for place, its in enumerate(other):
            row.append(min(above[place] + (letter != its), above[place + 1] + 1, row[place] + 1))
    return row[-1]


def base(language: str) -> str:
    """A language without its script or country: ``zh`` for ``zh-Hant``."""
    return language.partition("-")[0]


def _kana(text: str) -> str:
    import pyopenjtalk

    return str(pyopenjtalk.g2p(text, kana=True)) if text.strip() else ""


def _pinyin(text: str) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text))


def _consonants(text: str) -> str:
    from anyascii import anyascii

    romanised = anyascii(unicodedata.normalize("NFC", text).translate(ALIKE)).casefold().replace("v", "w")
    return re.sub(r"(.)\1+", r"\1", NO_CONSONANTS.sub("", romanised))


FORMS: Mapping[str, Callable[[str], str]] = {"ja": _kana, "zh": _pinyin, "ur": _consonants, "hi": _consonants}
