"""What a clip means, in the page's language, with keys as digits and languages by name."""

from __future__ import annotations

import pytest

from ivr.web.meanings import Meaning, meaning
from tests.cast import changed, helpline, without

MEANINGS = [
    ("en", "ne", "language.item", "Nepali, 08."),
    ("ja", "ur", "language.item", "ウルドゥー語、16。"),
    ("ja", "ar", "main.papers", "接種券は1を押してください。"),
    ("ja", "zh-Hans", "fresc.offer.2", "フレスクと話すときは2を押してください。"),
    ("en", "ja", "whisper.zh-Hant", "A call from a person who needs Traditional Chinese."),
    ("ja", "ne", "digit.7", "7"),
    ("en", "ne", "opens.today.0900", "It opens again today at 09:00."),
    ("ja", "ne", "opens.tomorrow.1000", "明日の10:00に開きます。"),
    ("en", "ar", "opens.weekday.friday.1000", "It opens again on Friday at 10:00."),
    ("ja", "ar", "opens.date.0104.monday.0900", "1月4日(月曜日)の09:00に開きます。"),
    ("en", "ar", "opens.day.friday", "On Friday,"),
    ("ja", "ar", "opens.day.tomorrow", "あした、"),
    ("en", "ar", "opens.date.0104.monday.0900", "It opens again on Monday, January 4, at 09:00."),
]


@pytest.mark.parametrize(("page", "language", "clip", "text"), MEANINGS)
def test_a_clip_is_explained_in_the_pages_language(page, language, clip, text):
    assert meaning(helpline(), page, language, clip) == Meaning(text, page)


def test_every_clip_has_a_meaning_on_each_page_but_in_its_own_language():
    for language, clips in helpline().clip_texts.items():
        for clip in clips:
            for page in {"en", "ja"} - {language}:
                found = meaning(helpline(), page, language, clip)
                assert found.text, (page, language, clip)
                assert "{" not in found.text, (page, language, clip)
                assert found.language == page or clip == "fresc.unlisted", "Japanese has no such text"
            assert meaning(helpline(), language, language, clip) == ("", "")


def test_what_the_page_has_no_text_of_is_explained_by_its_gloss_in_english():
    found = meaning(without("ja"), "ja", "vi", "main.papers")
    assert found.language == "en"
    assert found.text.endswith("1.")


def test_what_was_filled_in_is_shown_in_the_pages_language_or_isolated():
    line = changed(fill={**helpline().about.fill, "notice": {"ja": "動きます。", "ur": "سلام۔"}})
    assert meaning(line, "ja", "ur", "notice").text == "動きます。"
    assert meaning(line, "en", "ur", "notice").text == "\u2068سلام۔\u2069"
