"""Words have room on the cards of every language, as they are and as long as `ivr check` lets them be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr.cards import sheet
from ivr.cards.cards import cards
from ivr.content.checks.cards import MAX_LETTERS
from ivr.content.model import Helpline
from ivr.content.text_width import LETTER, breadth
from ivr.content.words import Printed, TextFile
from tests.cast import helpline

PARTS = ("title", "call", "press")
JAPANESE, FOREIGN = "+815012345678", "+442079460958"
# What leaves the inside of its card, and what lies on something else; half a pixel is nothing.
MISPLACED = """() => [...document.querySelectorAll("article")].flatMap(card => {
  const style = getComputedStyle(card), whole = card.getBoundingClientRect();
  const inside = side => whole[side] + (["left", "top"].includes(side) ? 1 : -1) * parseFloat(style[`padding-${side}`]);
  const boxes = [...card.querySelectorAll("h2, p:not(.sample), .picture")].map(part => {
    const letters = document.createRange();
    letters.selectNodeContents(part);
    const { left, right } = letters.getBoundingClientRect(), { top, bottom } = part.getBoundingClientRect();
    return { left, right, top, bottom, name: `${card.querySelector("h2").lang} ${part.className || part.localName}` };
  });
  const out = boxes.filter(box => box.left < inside("left") - 0.5 || box.right > inside("right") + 0.5
    || box.top < inside("top") - 0.5 || box.bottom > inside("bottom") + 0.5);
  const on = boxes.flatMap((a, place) => boxes.slice(place + 1).filter(b =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5).map(b => `${a.name} on ${b.name}`));
  return [...out.map(box => `${box.name} sticks out`), ...on];
})"""


def as_they_are() -> Helpline:
    """All languages, also those that callers are not offered yet."""
    return replace(helpline(), ready=frozenset(helpline().languages))


def as_long_as_can_be() -> Helpline:
    return replace(as_they_are(), texts={name: _lengthened(text) for name, text in helpline().texts.items()})


def _lengthened(text: TextFile) -> TextFile:
    words = {part: Printed(text=_repeated(getattr(text.card, part).text)) for part in PARTS}
    return text.model_copy(update={"card": text.card.model_copy(update=words)})


def _repeated(words: str) -> str:
    """The words again and again, as far as a card has room."""
    long, letters = "", f"{words} " * MAX_LETTERS
    while round(breadth(long + letters[len(long)]) / LETTER) <= MAX_LETTERS:
        long += letters[len(long)]
    return long.strip()


@pytest.fixture(scope="module")
def misplaced(tmp_path_factory, chromium):
    """What has no room on the cards of a helpline, in a browser."""
    file = tmp_path_factory.mktemp("room") / "cards.html"
    page = chromium.new_page()

    def measured(line: Helpline, size: str, number: str) -> list[str]:
        file.write_text(sheet.file(cards(line, number), size), encoding="utf-8")
        page.goto(file.as_uri())
        page.evaluate("document.fonts.ready")
        assert page.locator("article").count() == len(line.languages)
        return page.evaluate(MISPLACED)

    yield measured
    page.close()


@pytest.mark.parametrize("words", [as_they_are, as_long_as_can_be])
@pytest.mark.parametrize("size", sheet.SIZES)
@pytest.mark.parametrize("number", [JAPANESE, FOREIGN])
def test_words_of_every_language_have_room(misplaced, words, size, number):
    assert misplaced(words(), size, number) == []


def test_a_name_that_is_long_is_smaller(misplaced):
    """Longer than any of the line's own."""
    english = helpline().texts["en"].model_copy(update={"name": "English, as people in Scotland and Ireland say it"})
    line = replace(as_they_are(), texts={**helpline().texts, "en": english})
    assert misplaced(line, "wallet", JAPANESE) == []
