"""Makes ivr/web/static/fonts/ by the table in ivr/web/fonts.py:  python -m tests.bench.fonts FOLDER

FOLDER holds Noto fonts as Debian packs them:

    apt-get download fonts-noto-core fonts-noto-cjk
    for package in *.deb; do dpkg -x $package FOLDER; done

Each script gets its whole blocks, and everything that the shaping of its letters needs. Chinese, Japanese and Korean
would be 10 MB: of them the common characters are taken by the standards that list them (JIS X 0208 level 1,
GB 2312 level 1, Big5 level 1, KS X 1001), so that no helpline's own words decide what is there.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from ivr.web.fonts import FACES, FOLDER, Face

# Where each face comes from: a file, and which font of it where it holds several.
SOURCES = {
    "latin": ("NotoSans-Regular.ttf", -1),
    "digits-bold": ("NotoSans-Bold.ttf", -1),
    "cyrillic": ("NotoSans-Regular.ttf", -1),
    "arabic": ("NotoNaskhArabic-Regular.ttf", -1),
    "devanagari": ("NotoSansDevanagari-Regular.ttf", -1),
    "bengali": ("NotoSansBengali-Regular.ttf", -1),
    "sinhala": ("NotoSansSinhala-Regular.ttf", -1),
    "thai": ("NotoSansThai-Regular.ttf", -1),
    "khmer": ("NotoSansKhmer-Regular.ttf", -1),
    "myanmar": ("NotoSansMyanmar-Regular.ttf", -1),
    "nastaliq": ("NotoNastaliqUrdu-Regular.ttf", -1),
    "japanese": ("NotoSansCJK-Regular.ttc", 0),
    "hangul": ("NotoSansCJK-Regular.ttc", 1),
    "chinese-simplified": ("NotoSansCJK-Regular.ttc", 2),
    "chinese-traditional": ("NotoSansCJK-Regular.ttc", 3),
}
# The standard's encoding, and the first bytes of its common characters (level 1).
COMMON = {
    "japanese": ("euc_jp", range(0xB0, 0xD0)),
    "hangul": ("euc_kr", range(0xB0, 0xC9)),
    "chinese-simplified": ("gb2312", range(0xB0, 0xD8)),
    "chinese-traditional": ("big5", range(0xA4, 0xC7)),
}
COPYRIGHT_AND_LICENCE = (0, 13, 14)


def common(name: str) -> Iterator[str]:
    """The characters that the standard calls common."""
    encoding, rows = COMMON[name]
    for first in rows:
        for second in range(0x40, 0xFF):
            yield bytes((first, second)).decode(encoding, "ignore")


def letters(face: Face) -> set[str]:
    """For characters by the ten thousand only the common ones; signs, kana and the like in full."""
    if face.name not in COMMON:
        return set(face.letters)
    chosen = set(common(face.name))
    return {letter for letter in face.letters if letter in chosen or not re.match("[一-鿿가-힣]", letter)}


def make(face: Face, folder: Path) -> None:
    name, number = SOURCES[face.name]
    font = TTFont(next(folder.rglob(name)), fontNumber=number, recalcTimestamp=False)
    by_thousands = face.name in COMMON
    options = subset.Options(
        flavor="woff2",
        layout_features=[] if by_thousands else ["*"],
        hinting=False,
        desubroutinize=True,
        name_IDs=[*range(7), *COPYRIGHT_AND_LICENCE],
        notdef_outline=True,
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(letter) for letter in letters(face)])
    subsetter.subset(font)
    subset.save_font(font, face.path, options)


def main(folder: Path) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        make(face, folder)
        print(f"{face.path.name}: {face.path.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
