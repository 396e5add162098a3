"""How many lines a card's words take, so that cards.css can divide the space."""

from math import ceil

from ivr.cards.cards import Card, Side
from ivr.content.text_width import breadth

# What a line holds on a wallet card, in units of its type size, less a bit for line breaks; a sheet of A4 holds more.
OWN_LINE, DESK_LINE, NAME_LINE = 17, 21, 9
# Longer numbers are printed smaller.
NUMBER_LETTERS = 13
# cards.css has a rule for each.
MAX_LINES = {"own": 6, "desk": 6, "name": 4}


def fit(card: Card) -> str:
    """The classes of cards.css that fit a card: how many lines its words take at full size."""
    taken = {
        "own": _lines(card.own, OWN_LINE),
        "desk": _lines(card.desk, DESK_LINE) if card.desk else 0,
        "name": ceil(breadth(card.own.name) / NAME_LINE),
    }
    classes = [f"{part}-{min(lines, MAX_LINES[part])}" for part, lines in taken.items()]
    return " ".join([*classes, *(["long-number"] if _number_letters(card) > NUMBER_LETTERS else [])])


def _lines(side: Side, room: int) -> int:
    return sum(max(1, ceil(breadth(words) / room)) for words in side.printed)


def _number_letters(card: Card) -> int:
    return len(card.number.at_home or card.number.abroad)
