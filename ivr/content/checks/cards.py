"""Printed words have room on a card of the size of a bank card."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.content.checks.check import Draft, Mistake, check
from ivr.content.checks.spoken import printed_words
from ivr.content.text_width import LETTER, breadth

MAX_LETTERS = 60


@check("card-too-long")
def words_that_fit_on_a_card(draft: Draft) -> Iterator[Mistake]:
    for words in printed_words(draft):
        letters = round(breadth(words.text) / LETTER)
        if letters > MAX_LETTERS:
            message = f"takes as much room as {letters} letters; a card has room for {MAX_LETTERS}"
            yield Mistake(words.file, words.where, message)
