"""The pages' fonts, cut by Unicode blocks, so that no page asks another host and no script shows empty boxes.

`python -m tests.bench.fonts` makes the files from this table; docs/cards.md explains the cuts. All faces
of FAMILY are one font to a browser, which fetches those whose letters are on the page. Chinese and Japanese draw shared
code points differently, and Urdu has its own style: their faces belong to a language.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "fonts"
FAMILY = "Helpline"
BOLD = 700

# Every script that uses joiners and direction marks has its own: shaping must not change fonts in mid-word.
_JOINERS = "U+200C-200D, U+25CC"
_LATIN = (
    "U+0020-007E, U+00A0-024F, U+0259, U+02B0-036F, U+1E00-1EFF, U+2010-2027, U+2030-205E, U+20A0-20BF, U+2116, "
    "U+2122, U+2190-2193, U+2212"
)
_ARABIC = "U+0600-06FF, U+0750-077F, U+08A0-08FF, U+200C-200F, U+204F"
_HAN = "U+3000-303F, U+4E00-9FFF, U+FE30-FE4F, U+FF00-FFEF"


@dataclass(frozen=True)
class Face:
    """A font file; `ranges` as in CSS. With `languages`, it is only for these."""

    name: str
    ranges: str
    languages: tuple[str, ...] = ()
    weight: int = 400

    @property
    def family(self) -> str:
        return f"{FAMILY} {self.languages[0]}" if self.languages else FAMILY

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.name}.woff2"

    @cached_property
    def letters(self) -> frozenset[str]:
        """All characters of its ranges, even if the font has no shape for them."""
        ends = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", self.ranges)
        blocks = [range(int(first, 16), int(last or first, 16) + 1) for first, last in ends]
        return frozenset(chr(code) for block in blocks for code in block)


FACES = (
    Face("latin", _LATIN),
    Face("digits-bold", "U+0020, U+0028-0029, U+002B, U+002D-0039, U+00A0", weight=BOLD),
    Face("cyrillic", "U+0400-052F"),
    Face("arabic", _ARABIC),
    Face("devanagari", f"U+0900-097F, U+A8E0-A8FF, U+20B9, {_JOINERS}"),
    Face("bengali", f"U+0980-09FF, U+0964-0965, {_JOINERS}"),
    Face("sinhala", f"U+0D80-0DFF, {_JOINERS}"),
    Face("thai", "U+0E00-0E7F, U+25CC"),
    Face("khmer", f"U+1780-17FF, U+19E0-19FF, {_JOINERS}"),
    Face("myanmar", f"U+1000-109F, {_JOINERS}"),
    Face("hangul", "U+1100-11FF, U+3130-318F, U+AC00-D7A3"),
    Face("nastaliq", _ARABIC, ("ur",)),
    Face("japanese", f"{_HAN}, U+3040-30FF, U+31F0-31FF", ("ja",)),
    Face("chinese-simplified", _HAN, ("zh", "zh-Hans")),
    Face("chinese-traditional", _HAN, ("zh-Hant",)),
)


def font_css(faces: Iterable[Face], address: Callable[[Face], str]) -> str:
    """The @font-face rules, and each language's first choice of family; `address` gives a file's URL."""
    faces = list(faces)
    others = list(dict.fromkeys(face.family for face in faces if face.languages))
    own = [(f":lang({language})", face.family) for face in faces for language in face.languages]
    first = [_family_rule(":root", FAMILY, others), *(_family_rule(where, family, others) for where, family in own)]
    return "\n".join([face_rules(faces, address), *first, ""])


def face_rules(faces: Iterable[Face], address: Callable[[Face], str]) -> str:
    """Only the @font-face rules, for pages that use these fonts if a browser has none of its own."""
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-display: swap; '
        f'src: url("{address(face)}") format("woff2"); unicode-range: {face.ranges}; }}'
        for face in faces
    )


def faces_for(texts: Mapping[str, Iterable[str]]) -> list[Face]:
    """The faces that these texts, by language, can be set with."""
    letters = {language: set().union(*words) for language, words in texts.items()}
    return [face for face in FACES if any(_sets(face, language, found) for language, found in letters.items())]


def embedded(face: Face) -> str:
    """A data URL: an address that contains the file."""
    return f"data:font/woff2;base64,{b64encode(face.path.read_bytes()).decode()}"


def _family_rule(where: str, first: str, others: Iterable[str]) -> str:
    """Characters that the first family lacks are taken from all others."""
    names = ", ".join(f'"{name}"' for name in dict.fromkeys((first, FAMILY, *others)))
    return f"{where} {{ font-family: {names}, sans-serif; }}"


def _sets(face: Face, language: str, letters: set[str]) -> bool:
    return (not face.languages or language in face.languages) and not face.letters.isdisjoint(letters)
