"""Check another time: any language at any moment, with the meaning beside each sentence."""

from __future__ import annotations

import re
from html import unescape

import pytest
import time_machine

from tests.cast import BOTH_OPEN, NONE_OPEN, NUMBERS, app, call, helpline, names_of
from tests.staff import text_of

APP = app(helpline(), NUMBERS)


def at(moment: str = "", language: str = "en", page: str = "en"):
    typed = {"at": moment.replace(" ", "T"), "language": language, "lang": page}
    return APP.test_client().get("/console/another-time", query_string=typed)


def heard(page, part: str) -> list[str]:
    listed = re.search(rf'id="{part}".*?<ol class="heard">(.*?)</ol>', page.text, re.S)[1]
    return [unescape(text) for text in re.findall(r'<p [^>]*dir="auto">(.*?)</p>', listed)]


def test_it_shows_desks_their_order_and_whom_they_connect():
    words = text_of(at("2026-11-24 09:30"))
    assert "Desks on Tue 24 Nov 2026, 09:30 cinga closed Opens Tue 24 Nov 2026, 10:00 fresc open" in words
    assert "1 fresc with an interpreter yes 2 cinga possible no" in words
    assert "1 cinga spoken at the desk yes" in text_of(at(BOTH_OPEN, "ja"))


@pytest.mark.parametrize(("moment", "language"), [(BOTH_OPEN, "ur"), (NONE_OPEN, "ne")])
def test_it_shows_what_a_caller_hears_then_in_each_part_of_the_call(moment, language):
    page, code = at(moment, language), helpline().code(language)
    for part, keys in (("after_choice", code), ("would_hear", f"{code} 0")):
        clips = [
            helpline().clip_texts[name.split("/")[0]][name.split("/", 1)[1]] for name in names_of(call(moment, keys))
        ]
        assert heard(page, part)[: len(clips)] == [clip.shown for clip in clips]
    assert len(heard(page, "first_words")) > 20


def test_each_sentence_has_its_meaning_beside_it_in_the_pages_language():
    page = at(NONE_OPEN, "ne", "ja")
    listed = re.search(r'id="would_hear".*?</ol>', page.text, re.S)[0]
    assert listed.count('<p class="gloss" lang="ja" dir="ltr">') == len(heard(page, "would_hear"))
    assert "明日の09:00に開きます。" in listed
    assert 'class="gloss"' not in at(NONE_OPEN, "ja", "ja").text.partition('id="after_choice"')[2]


def test_without_a_moment_it_is_now():
    with time_machine.travel(f"{NONE_OPEN}+09:00", tick=False):
        page = at()
    assert 'value="2026-11-24T20:00"' in page.text
    assert "fresc closed" in text_of(page)


@pytest.mark.parametrize("moment", ["nonsense", "2026-02-30T10:00", "1999-01-01T00:00", "\0", f"{BOTH_OPEN}{'0' * 99}"])
def test_a_moment_that_is_none_is_told_beside_its_field(moment):
    page = at(moment)
    assert page.status_code == 200
    assert "Please give a date and time" in text_of(page)
    assert 'aria-describedby="at-error"' in page.text
