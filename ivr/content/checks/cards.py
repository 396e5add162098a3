"""Printed words have room on a card of the size of a bank card."""

from collections.abc import Iterator

from ivr.content.checks.check import HELPLINE, Draft, Mistake, check, text_file
from ivr.content.checks.spoken import printed_words
from ivr.content.text_width import LETTER, breadth

MAX_LETTERS = 60


@check("missing-key", HELPLINE)
def words_above_the_code(draft: Draft) -> Iterator[Mistake]:
    for language, text in draft.texts.items():
        if text.card and not text.card.press and not draft.only_language:
            message = 'the key "press" is missing here: the words above the code'
            yield Mistake(text_file(language), ("card",), message, at_key=True)


@check("card-too-long")
def words_that_fit_on_a_card(draft: Draft) -> Iterator[Mistake]:
    for words in printed_words(draft):
        letters = round(breadth(words.text) / LETTER)
        if letters > MAX_LETTERS:
            message = f"takes as much room as {letters} letters; a card has room for {MAX_LETTERS}"
            yield Mistake(words.file, words.where, message)
