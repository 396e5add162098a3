"""What stands on the cards: every language that callers are offered, in its own words and in the desk's."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from ivr.cards import sheet
from ivr.cards.cards import cards
from ivr.errors import HelplineError
from tests.cast import helpline, offered

LINE = "+815012345678"


def served():
    """The helpline offering what can be heard."""
    return replace(helpline(), ready=frozenset(offered()))


def card(language, number=LINE):
    return cards(served(), number, [language])[0]


def test_every_language_that_is_offered_has_a_card_and_no_other():
    assert [card.language for card in cards(served(), LINE)] == list(offered())
    assert len(offered()) < len(helpline().languages)


@pytest.mark.parametrize("language", ["my", "xx", ""])
def test_a_language_that_is_not_offered_is_refused_with_those_that_are(language):
    with pytest.raises(HelplineError, match=f'^"{language}" has no card: callers are offered ja, en, zh-Hans, vi'):
        cards(served(), LINE, [language])


def test_languages_that_are_chosen_keep_the_order_of_the_list():
    assert [card.language for card in cards(served(), LINE, ["vi", "ja", "vi"])] == ["ja", "vi"]


@pytest.mark.parametrize("language", offered())
def test_its_code_is_the_one_that_was_published_and_the_address_dials_and_chooses(language):
    made = card(language)
    assert made.code == helpline().languages[language].code
    assert made.address == f"tel:+815012345678,,{made.code}"
    # RFC 3966 for the number; RFC 3986 lets commas stand in a path as they are.
    assert re.fullmatch(r"tel:\+[0-9]{7,15},,[0-9]{2}", made.address)


def test_a_language_with_a_number_of_its_own_needs_no_code():
    own = "+815012345679"
    made = {each.language: each for each in cards(served(), LINE, (), {own: "vi", "+815012345670": "vi"})}
    assert (made["vi"].number.e164, made["vi"].code, made["vi"].address) == (own, "", f"tel:{own}")
    assert made["en"] == card("en")
    html = sheet.file([made["vi"]], "wallet")
    assert 'class="code"' not in html
    assert 'class="press"' not in html
    assert made["vi"].own.words.press.text not in html


@pytest.mark.parametrize("language", offered())
def test_it_has_its_own_words_and_below_them_the_desk_s(language):
    made, desk = card(language), helpline().about.desk_language
    assert made.own.words == helpline().texts[language].card
    assert (made.desk is None) == (language == desk)
    if made.desk:
        assert made.desk.words == helpline().texts[desk].card
        assert made.desk.name == helpline().texts[desk].language_names[language]


def test_the_code_keeps_its_quiet_zone_and_has_no_styles_of_its_own():
    """Four modules on each side of the 25 of its version (ISO/IEC 18004)."""
    assert 'viewBox="0 0 33 33"' in card("vi").picture
    assert 'd="M4 4.5h7' in card("vi").picture
    assert "style" not in card("vi").picture


def test_lines_run_to_the_left_in_arabic_persian_and_urdu_only():
    assert {card.language for card in cards(served(), LINE) if card.own.direction == "rtl"} == {"ar", "fa", "ur"}


def test_a_name_that_is_written_for_a_voice_is_printed_without_its_marks():
    assert (card("ar").own.name, helpline().texts["ar"].name) == ("العربية", "العَرَبِيَّة")


def test_the_desk_s_words_name_no_language_since_they_stand_on_all_cards():
    words = helpline().texts[helpline().about.desk_language]
    printed = "".join((words.card.title.text, words.card.call.text, words.card.press.text))
    assert not [name for name in words.language_names.values() if name in printed]


@pytest.mark.parametrize("language", [language for language in helpline().texts if language != "en"])
def test_words_of_every_language_can_be_checked_by_their_glosses(language):
    words = helpline().texts[language].card
    assert all((words.title.gloss, words.call.gloss, words.press.gloss))


@pytest.mark.parametrize("language", helpline().texts)
def test_no_card_speaks_of_costs(language):
    """They depend on the operator's number, which is not known."""
    words = helpline().texts[language].card
    assert "free" not in "".join((words.title.gloss, words.call.gloss, words.press.gloss)).lower()


def test_a_number_that_nobody_has_makes_a_sample():
    assert card("ja", "+99900000000").is_sample
    assert not card("ja").is_sample
