"""Each text uses only the scripts that it names: other letters look right and are read wrong."""

import unicodedata
from collections.abc import Iterator
from functools import cache

from ivr.content.checks.check import Draft, Mistake, check, text_file
from ivr.content.checks.spoken import written_words
from ivr.content.did_you_mean import unknown
from ivr.content.slots import SLOT

# As the names of letters begin in Unicode.
SCRIPTS = (
    "arabic", "armenian", "bengali", "bopomofo", "cherokee", "cjk", "cyrillic", "devanagari", "ethiopic", "georgian",
    "greek", "gujarati", "gurmukhi", "hangul", "hebrew", "hiragana", "kannada", "katakana", "khmer", "lao", "latin",
    "malayalam", "mongolian", "myanmar", "nko", "oriya", "sinhala", "syriac", "tamil", "telugu", "thaana", "thai",
    "tibetan", "tifinagh",
)  # fmt: skip
# Letters and marks whose names begin differently.
BELONGING = {"ideographic": "cjk", "halfwidth": "katakana"}
# Letters that many scripts use, such as the apostrophe of Ukrainian and Uzbek (U+02BC, "modifier letter apostrophe").
ANY = "modifier"


@check("unknown-script")
def known_scripts(draft: Draft) -> Iterator[Mistake]:
    for language, text in draft.texts.items():
        for index, script in enumerate(text.script):
            if script not in SCRIPTS:
                yield Mistake(text_file(language), ("script", index), unknown(script, SCRIPTS, "script"))


@check("mixed-script")
def one_script(draft: Draft) -> Iterator[Mistake]:
    for words in written_words(draft):
        scripts = draft.texts[words.language].script
        if set(scripts) <= set(SCRIPTS) and (strange := _foreign(words.text, scripts)):
            message = f'"{strange}" is {_script(strange)}, but this text is written in: {", ".join(scripts)}'
            yield Mistake(words.file, words.where, message)


def _foreign(text: str, scripts: tuple[str, ...]) -> str:
    """The first letter of another script, leaving out slots, which are not spoken as written."""
    letters, own = dict.fromkeys(SLOT.sub("", text)), {*scripts, ANY}
    return next((letter for letter in letters if letter.isalpha() and _script(letter) not in own), "")


@cache
def _script(letter: str) -> str:
    """The script of a letter, by the first word of its name in Unicode."""
    first = unicodedata.name(letter, "unknown").replace("-", " ").split()[0].lower()
    return BELONGING.get(first, first)
