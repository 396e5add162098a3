"""Cards of lines with one-key codes, and with none."""

from __future__ import annotations

from ivr.audio.line import line_of
from ivr.cards import sheet
from ivr.cards.cards import cards
from tests.cards.test_cards import LINE
from tests.lines import crisis, town


def test_one_key_is_dialled_where_one_key_chooses():
    assert [card.address for card in cards(line_of(crisis()).helpline, LINE)] == [f"tel:{LINE},,1", f"tel:{LINE},,2"]


def test_a_line_of_one_language_has_one_card_without_a_code():
    (card,) = cards(line_of(town()).helpline, LINE)
    assert card.address == f"tel:{LINE}"
    assert 'class="code"' not in sheet.file([card], "a4")
    assert 'class="code"' in sheet.file(cards(line_of(crisis()).helpline, LINE), "a4")
