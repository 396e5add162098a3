"""What YAML silently swallows or misreads: accidental comments, tabs, invisible characters."""

import re
import unicodedata
from collections.abc import Iterator

from ivr.content.source import Place, Source
from ivr.errors import Problem

# Tabs, other control characters, and spaces and marks that look like nothing or like a plain space. Joiners stay:
# Persian and several Indic scripts are written with them.
STRANGE = re.compile(
    "[\x00-\x08\x09\x0b-\x1f\x7f-\xa0\xad\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)

# A comment that swallows a key `#`, and one that swallows the rest of a line. Intended comments have a space after #.
LOST_KEY = re.compile(r"(?:^|[\s{,])(#) ?:(?=\s|$)")
LOST_VALUE = re.compile(r"\S\s+(#)(?=$|[^\s#!=-])")


def strange_characters(source: Source) -> Iterator[Problem]:
    """The first strange character in each line."""
    for number, line in enumerate(source.lines, start=1):
        if found := STRANGE.search(line):
            char = found[0]
            if char == "\t":
                place, message = (number, found.start() + 1), "there is a tab here; YAML needs spaces"
                yield source.at(place, "tab-character", message)
                continue
            name = unicodedata.name(char, "a control character").lower()
            message = f"there is an invisible character here: {name} (U+{ord(char):04X}); delete it or type a space"
            yield source.at((number, found.start() + 1), "invisible-character", message)


def lost_in_comments(source: Source) -> Iterator[Problem]:
    """`#` begins a comment in YAML: as a key it vanishes, with everything after it."""
    for number, line in enumerate(source.lines, start=1):
        if "#" not in line:
            continue
        for pattern, message in (
            (LOST_KEY, '# begins a comment, so this key is lost; put it in quotes: "#":'),
            (LOST_VALUE, "# begins a comment, so the rest of this line is lost; put the whole text in quotes"),
        ):
            found = pattern.search(line)
            if found and not _is_quoted(source, (number, found.start(1) + 1)) and not _in_comment(line, found.start(1)):
                yield source.at((number, found.start(1) + 1), "bare-hash", message)
                break


def _is_quoted(source: Source, place: Place) -> bool:
    """If a mistake keeps the file from being read to its end, the quotes before a place in its line are counted."""
    read = max((last for _, last in source.quoted), default=(0, 0))
    if any(first <= place < last for first, last in source.quoted):
        return True
    before = source.lines[place[0] - 1][: place[1] - 1]
    return place > read and before.count('"') % 2 == 1


def _in_comment(line: str, column: int) -> bool:
    """Whether an earlier # has begun a comment."""
    return bool(re.search(r"^\s*#|\s#(?=\s|$)", line[:column]))
