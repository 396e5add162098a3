"""The page Menu: the picture of the call flow, and each place with its words, keys and sounds."""

from __future__ import annotations

import re
from html import unescape

import pytest
import time_machine

from ivr.content.loader import load_helpline
from tests.cast import BOTH_OPEN, NUMBERS, ROOT, app, call, changed, helpline
from tests.console.test_notices import Told
from tests.staff import text_of

APP = app(helpline(), NUMBERS)


def page(query: str = "", served=APP):
    return served.test_client().get(f"/console/menu?{query}")


def places(html: str) -> list[str]:
    """Those that the tree leads to."""
    return list(dict.fromkeys(re.findall(r'<a class="node[^>]*[?&;]place=([^"&#]+)', html)))


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def node(html: str, title: str) -> str:
    """What stands in the tree about a place, with its markup."""
    return next(each for each in re.findall(r"<li>(.*?)(?=<ul>|<li>|</li>)", html, re.S) if title in words(each))


@pytest.mark.parametrize("language", ["en", "ja", "fa"])
def test_every_place_is_in_the_tree_and_its_words_can_be_played(language):
    found = places(page(f"language={language}").text)
    assert {"languages", "person", ".transfer", ".endings", *helpline().menus} <= set(found)
    files = set()
    for place in found:
        html = page(f"language={language}&place={place}").text
        spoken = [sound for sound in re.findall(r'<div class="sound">(.*?)</div>', html, re.S) if sound.strip()]
        assert all("<audio" in sound or "the carrier" in sound or "no sound" in sound for sound in spoken)
        assert "<audio" in html or place == "about", place
        files |= set(re.findall(r'<audio [^>]*src="([^"]+)"', html))
    assert len(files) > 60
    browser = APP.test_client()
    for file in files:
        with browser.get(file) as answer:
            assert (answer.status_code, answer.mimetype) == (200, "audio/wav"), file


def test_the_words_of_a_place_are_those_that_callers_hear():
    html = page("language=ne&place=booking").text
    texts = [unescape(text) for text in re.findall(r'<p class="text" lang="ne" dir="ltr">(.*?)</p>', html)]
    lines = helpline().clip_texts["ne"]
    assert texts == [lines[name.removeprefix("ne/")].shown for name in call(BOTH_OPEN, "08 2").prompts]


def test_a_place_has_a_title_the_way_that_leads_there_and_its_keys_at_its_head():
    html = page("language=en&place=with_postcard").text
    head = words(html[html.index('id="place"') :].partition("</header>")[0])
    assert "Coupon › Three months or less, diplomatic, official" in head
    assert "› With the postcard 02 1 1 1 " in head
    assert not {name for name in helpline().menus if "_" in name and name in head}
    assert "はがきがある人" in words(page("language=en&place=with_postcard&lang=ja").text)


def test_every_link_within_the_page_leads_to_a_place():
    html = page("language=en").text
    named = set(re.findall(r'href="#([^"]+)"', html))
    assert named <= set(re.findall(r' id="([^"]+)"', html))
    assert html.count('aria-current="true"') == 2, "the place, and the page's language"


@pytest.mark.parametrize("place", ["nothing", "<b>", "papers,main"])
def test_a_place_that_the_line_has_not_is_no_page(place):
    assert page(f"place={place}").status_code == 404


def test_what_is_not_offered_is_greyed_and_tells_why():
    html = node(page("language=en").text, "About this line")
    assert 'class="node is-off"' in html
    assert words(html).endswith("About this line not offered now not filled in: confirmed_on")


def test_an_answer_that_was_withdrawn_names_its_facts():
    served = app(changed(withdrawn=("F16", "F17", "F18", "F31")), NUMBERS)
    shown = node(page("language=en", served).text, "About booking")
    assert words(shown).endswith("About booking not offered now withdrawn: F16, F17, F18, F31")
    assert 'class="card place is-off"' in page("place=booking", served).text


def test_a_language_without_a_sound_stands_out():
    answer = page("language=my")
    assert "Callers aren't offered this language yet" in text_of(answer)
    assert answer.text.count('class="node is-silent"') > 10
    assert 'class="node is-silent"' not in page("language=en").text


def test_a_call_can_begin_at_a_place_in_a_language_that_callers_are_offered():
    assert 'href="/phone?language=ne&amp;place=papers"' in page("language=ne&place=papers").text
    assert "Call from here" not in words(page("language=my&place=papers").text)
    assert "Call from here" not in words(page("language=ne&place=.endings").text)


def test_the_path_of_a_test_call_is_marked_and_its_last_place_shown():
    html = page("language=ne&path=languages,main,papers,person,desk.fresc,dialled,nothing").text
    marked = [words(each) for each in re.findall(r'<a class="node is-visited".*?</a>', html, re.S)]
    assert marked == [
        *("Language list visited", "First menu visited", "1 Coupon visited", "1 Desk FRESC visited"),
        *("0 A person (key 0) visited", "1 2 On the way to a desk visited"),
    ]
    assert 'id="place-title">On the way to a desk<' in html
    assert "is-visited" not in page("path=nothing").text


def test_a_text_from_right_to_left_is_set_so():
    html = page("language=ur").text
    assert re.search(r'<p class="text" lang="ur" dir="rtl">', html)
    assert re.search(r'<p class="gloss" lang="en" dir="ltr">', html)


@pytest.mark.parametrize(("query", "chosen"), [("", "en"), ("lang=ja", "ja"), ("lang=ja&language=ne", "ne")])
def test_the_call_is_first_in_the_language_of_the_page(query, chosen):
    assert f'<option value="{chosen}" selected>' in page(query).text


@pytest.mark.parametrize("language", ["xx", "tr", "<b>"])
def test_a_language_that_the_line_has_not_is_no_page(language):
    assert page(f"language={language}").status_code == 404


def test_another_helpline_is_drawn_as_well():
    clinic = load_helpline(ROOT / "ivr" / "starter" / "information" / "prompts")
    served = app(clinic, {})
    for language in clinic.texts:
        found = places(page(f"language={language}", served).text)
        assert {*clinic.menus, "person", ".transfer"} <= set(found)
        assert all("the carrier" in page(f"language={language}&place={place}", served).text for place in found)
    assert page("language=ja", served).status_code == 404


def test_what_staff_let_callers_hear_about_desks_is_shown_where_callers_hear_it():
    with time_machine.travel(f"{BOTH_OPEN}+09:00", tick=False):
        told = app(helpline(), NUMBERS, counts=Told())
        shown, notices = page("language=ne", told), told.test_client().get("/console/notices?language=ne")
        assert "what staff let callers hear about desks" in text_of(shown)
        said = [text for text in re.findall(r'lang="ne"[^>]*>([^<]+)<', notices.text) if text != "नेपाली"]
        assert len(said) == 3
        assert re.findall(r'<p class="text" lang="ne"[^>]*>([^<]+)<', shown.text)[:3] == said
        for quiet in (page("language=ne&place=booking", told), page("language=ne")):
            assert "what staff let callers hear about desks" not in text_of(quiet)
