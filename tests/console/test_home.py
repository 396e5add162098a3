"""The page Now: what it says is what a caller meets at the same moment."""

from __future__ import annotations

import re
from html import unescape

import pytest
import time_machine

from ivr.app import create_app
from ivr.config import read_settings
from tests.cast import (
    BOTH_OPEN,
    NOBODY,
    NONE_OPEN,
    NUMBERS,
    ONLY_FRESC,
    app,
    call,
    helpline,
    loaded,
    names_of,
    offered,
    without,
)
from tests.staff import text_of

APP = app(helpline(), NUMBERS)


def page(moment: str = BOTH_OPEN, query: str = "", served=APP):
    with time_machine.travel(f"{moment}+09:00", tick=False):
        return served.test_client().get(f"/console/?{query}")


def heard(html: str, part: int) -> list[str]:
    """The texts of one list on the page, in order."""
    lists = re.findall(r'<ol class="heard">(.*?)</ol>', html, re.S)
    return [unescape(text) for text in re.findall(r'<p [^>]*dir="auto">(.*?)</p>', lists[part])]


def written(made) -> list[str]:
    lines = [helpline().clip_texts[name.split("/")[0]][name.split("/", 1)[1]] for name in names_of(made)]
    return [line.written or line.text for line in lines]


@pytest.mark.parametrize("moment", [BOTH_OPEN, ONLY_FRESC, NONE_OPEN, "2026-11-23 11:00"])
@pytest.mark.parametrize("language", ["en", "ja", "vi"])
def test_it_says_what_a_caller_hears_behind_key_0(moment, language):
    code = helpline().languages[language].code
    first = written(call(moment, f"{code} 0"))
    found = heard(page(moment, f"language={language}").text, 0)
    assert found[: len(first)] == first


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_says_what_a_caller_hears_after_choosing_a_language(language):
    code = helpline().languages[language].code
    assert heard(page(query=f"language={language}").text, 1) == written(call(BOTH_OPEN, code))


def test_it_says_each_language_of_the_list():
    texts = heard(page().text, 2)
    assert len(texts) == 2 + len(offered())


def test_every_clip_that_it_names_can_be_played():
    html = page(query="language=ne").text
    files = set(re.findall(r'<audio [^>]*src="([^"]+)"', html))
    assert len(files) > 20
    browser = APP.test_client()
    for file in files:
        with browser.get(file) as answer:
            assert answer.status_code == 200
            assert answer.cache_control.immutable
    assert 'preload="none"' in html


def test_what_twilio_speaks_is_marked():
    assert "spoken by the carrier's voice" in text_of(page(query="language=tl"))


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (BOTH_OPEN, ["cinga open", "fresc open"]),
        (ONLY_FRESC, ["cinga closed Opens Tue 24 Nov 2026, 10:00", "fresc open"]),
        (NONE_OPEN, ["cinga closed Opens Wed 25 Nov 2026, 10:00", "fresc closed Opens Wed 25 Nov 2026, 09:00"]),
        ("2026-12-28 20:00", ["cinga closed Opens Mon 4 Jan 2027, 10:00"]),
    ],
)
def test_desks_are_open_or_say_when(moment, words):
    for word in words:
        assert word in text_of(page(moment))


def test_key_0_offers_the_desk_that_fits_the_language_first():
    rows = re.findall(r"<tr>.*?</tr>", page().text, re.S)
    desks = {
        language: re.findall(r'desk-name">(\w+)<', row)
        for row in rows
        for language in re.findall(r'language=([\w-]+)#hear"', row)
    }
    assert desks["en"] == ["fresc", "cinga"]
    assert desks["ja"] == ["cinga", "fresc"]
    assert desks["ru"] == ["cinga", "fresc"]
    rows = re.findall(r"<tr>.*?</tr>", page(NONE_OPEN).text, re.S)
    assert not any("desk-name" in row for row in rows)


def test_a_desk_without_a_number_is_told_of_as_such():
    assert text_of(page(served=app(helpline(), NOBODY))).count("No number is set") == 2


def test_languages_that_are_not_ready_say_what_is_missing():
    words = text_of(page())
    assert "20 of 23 languages are offered." in words
    assert re.search(r"no: \d+ clips are missing, and the carrier has no voice", words)
    assert "no: it has no text" in text_of(page(served=app(without("ko"), NUMBERS)))


def test_a_language_that_nobody_has_is_not_shown():
    assert page(query="language=xx").status_code == 200
    assert heard(page(query="language=xx").text, 1) == heard(page(query="language=en").text, 1)


def test_it_tells_what_stands_in_the_way():
    def look(today):
        return [f"a failure of {today}\n  source"], ["a <b>warning</b>"]

    settings = read_settings(NUMBERS, helpline().desks, demo=True)
    found = page(served=create_app(loaded(), settings, look=look))
    assert "a failure of 2026-11-24" in text_of(found)
    assert "a &lt;b&gt;warning&lt;/b&gt;" in found.text


def test_without_a_database_it_says_so():
    assert "None is set (DATABASE_URL)" in text_of(page())
    assert "Nobody has confirmed yet" in text_of(page())
