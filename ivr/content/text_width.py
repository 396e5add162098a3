"""How much room words take on paper, estimated from their letters, without a font."""

import unicodedata

# The width of a letter as a part of the type's size, measured in the cards' fonts and rounded up.
LETTER, ROUND_LETTER, SQUARE_LETTER = 0.55, 0.72, 1.0
# These take no room of their own.
MARKS = {"Mn", "Me", "Cf"}
# From Devanagari to Burmese, and Khmer.
ROUND_SCRIPTS = (range(0x0900, 0x10A0), range(0x1780, 0x1800))


def breadth(text: str) -> float:
    """The length of the text on one line, in units of the size of its type."""
    return sum(map(_letter, text))


def _letter(sign: str) -> float:
    if unicodedata.category(sign) in MARKS:
        return 0
    if unicodedata.east_asian_width(sign) in "WF":
        return SQUARE_LETTER
    return ROUND_LETTER if any(ord(sign) in script for script in ROUND_SCRIPTS) else LETTER
