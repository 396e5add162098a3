"""How long speech of a text may last: the bound that catches a cut, stretched or wrong clip without listening."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

SLOWEST = 0.55
FASTEST = 1.75
SHORTEST_SECONDS = 0.1
UNMEASURED = 11.0  # letters a second taken for a language that is not in the table

# The vowel marks of Arabic are written or left out, and the word is as long either way; the rates below were measured
# without them.
ARABIC_VOWELS = frozenset(map(chr, [*range(0x064B, 0x0653), 0x0670]))

# Letters, marks and digits a second of ordinary reading, measured on gTTS; for km and tl, which were
# not, the middle of th and my, and the rate of id and ms.
READING_RATES = {
    "ja": 5.9,
    "zh-Hans": 3.5,
    "zh-Hant": 3.5,
    "ko": 4.9,
    "th": 8.6,
    "ar": 7.7,
    "fa": 9.1,
    "ur": 9.4,
    "bn": 9.5,
    "si": 9.5,
    "ne": 10.8,
    "pt": 10.8,
    "en": 11.5,
    "id": 11.5,
    "ms": 11.5,
    "es": 11.5,
    "vi": 12.3,
    "my": 13.6,
    "ru": 13.5,
    "mn": 13.5,
    "fr": 13.5,
    "km": 11.1,
    "tl": 11.5,
}


def letters(sentences: Iterable[str]) -> int:
    """How many letters, marks and digits there are to read; spaces, punctuation and Arabic vowel marks don't count."""
    return sum(times for character, times in Counter("".join(sentences)).items() if _is_read(character))


@lru_cache(maxsize=4096)
def _is_read(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN" and character not in ARABIC_VOWELS


def usual_seconds(sentences: Iterable[str], language: str) -> float:
    """How long ordinary reading of these sentences lasts, pauses between them left out."""
    return letters(sentences) / READING_RATES.get(language, UNMEASURED)


def seconds_allowed(sentences: Iterable[str], language: str) -> tuple[float, float] | None:
    """Shortest and longest speech of these sentences, pauses between them left out; None for an unmeasured language.

    A word alone ("two") is spoken slowly and its letters say little about its length: 0.1 s less and
    0.5 s more are allowed, which is much for a word and nothing for a sentence.
    """
    rate = READING_RATES.get(language)
    if rate is None:
        return None
    count = letters(sentences)
    shortest = max(SHORTEST_SECONDS, count / (rate * FASTEST) - 0.1)
    return shortest, count / (rate * SLOWEST) + 0.5
