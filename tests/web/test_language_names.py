"""Languages are named in the page's language and in their own; no page shows a code such as `my`."""

from __future__ import annotations

import pytest

from ivr.web.language_names import language_label, language_name, name_in
from tests.cast import helpline, without

NAMES = [
    ("ja", "ne", 'ネパール語 <bdi lang="ne">नेपाली</bdi>'),
    ("en", "ne", 'Nepali <bdi lang="ne">नेपाली</bdi>'),
    ("en", "en", "English"),
    ("ja", "ja", '日本語 <bdi lang="ja">やさしい日本語</bdi>'),
    ("ja", "zh-Hant", '繁体中国語 <bdi lang="zh-Hant">繁體中文</bdi>'),
    ("en", "tl", 'Filipino <bdi lang="tl">Tagalog</bdi>'),
    ("en", "ar", 'Arabic <bdi lang="ar">العربية</bdi>'),  # as it is printed, without marks for a voice
]


@pytest.mark.parametrize(("page", "language", "shown"), NAMES)
def test_a_language_is_shown_by_both_names_and_equal_ones_once(page, language, shown):
    assert str(language_name(helpline(), page, language)) == shown


def test_every_language_of_the_line_has_a_name_in_each_language_of_the_pages():
    assert all(name_in(page, language) for page in ("en", "ja") for language in helpline().spoken)


def test_what_cldr_does_not_know_is_called_by_its_own_name_or_else_its_code():
    assert [name_in("ja", code) for code in ("qqq", "x-y", "sr-Latn")] == ["", "", "セルビア語 (ラテン文字)"]
    assert str(language_name(without("ne"), "en", "ne")) == "Nepali"
    assert str(language_name(helpline(), "en", "<qqq>")) == "&lt;qqq&gt;"


def test_a_choice_begins_with_the_code_that_callers_dial():
    assert language_label(helpline(), "ja", "my") == "10 ミャンマー語 မြန်မာ"
