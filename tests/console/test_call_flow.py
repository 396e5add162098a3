"""The page Menu: the picture of the call flow, and each place with its words, keys and sounds."""

from __future__ import annotations

import re
from html import unescape

import pytest

from ivr.content.loader import load_helpline
from tests.cast import BOTH_OPEN, NUMBERS, ROOT, app, call, changed, helpline
from tests.staff import text_of

APP = app(helpline(), NUMBERS)


def page(query: str = "", served=APP):
    return served.test_client().get(f"/console/menu?{query}")


def places(html: str) -> dict[str, str]:
    return dict(re.findall(r'<section class="card place[^"]*" id="place-([^"]+)">(.*?)</section>', html, re.S))


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


@pytest.mark.parametrize("language", ["en", "ja", "fa"])
def test_every_place_can_be_played(language):
    found = places(page(f"language={language}").text)
    assert {"languages", "person", ".transfer", ".endings", *helpline().menus} <= found.keys()
    for name, html in found.items():
        spoken = [sound for sound in re.findall(r'<div class="sound">(.*?)</div>', html, re.S) if sound.strip()]
        assert spoken or name == "about", name
        assert all("<audio" in sound or "the carrier" in sound or "no sound" in sound for sound in spoken)
    assert all("<audio" in html for name, html in found.items() if name != "about")


def test_what_is_played_is_there():
    browser = APP.test_client()
    files = set(re.findall(r'<audio [^>]*src="([^"]+)"', page("language=en").text))
    assert len(files) > 60
    for file in files:
        with browser.get(file) as answer:
            assert (answer.status_code, answer.mimetype) == (200, "audio/wav"), file


def test_the_words_of_a_place_are_those_that_callers_hear():
    html = places(page("language=ne").text)["booking"]
    texts = [unescape(text) for text in re.findall(r'<p class="text" lang="ne" dir="ltr">(.*?)</p>', html)]
    lines = helpline().clip_texts["ne"]
    assert texts == [
        lines[name.removeprefix("ne/")].written or lines[name.removeprefix("ne/")].text
        for name in call(BOTH_OPEN, "08 2").prompts
    ]


def test_the_keys_that_lead_to_a_place_stand_at_its_head():
    html = places(page("language=en").text)["with_postcard"]
    assert words(html).startswith("with_ postcard 02 1 1 1 ")


def test_every_link_within_the_page_leads_to_a_place():
    html = page("language=en").text
    named = set(re.findall(r'href="#([^"]+)"', html))
    assert len(named) > 15
    assert named <= set(re.findall(r' id="([^"]+)"', html))


def test_what_is_not_offered_is_greyed_and_tells_why():
    html = page("language=en").text
    assert re.search(r'class="node is-off" href="#place-about"', html)
    node = html[html.index('class="node is-off"') :]
    assert words(node[: node.index("</a>")]).endswith("about not offered now not filled in: confirmed_on")


def test_an_answer_that_was_withdrawn_names_its_facts():
    served = app(changed(withdrawn=("F16", "F17", "F18", "F31")), NUMBERS)
    html = page("language=en", served).text
    node = html[html.index('class="node is-off"') :]
    shown = words(node[: node.index("</a>")])
    assert shown.endswith("About booking, press two. not offered now withdrawn: F16, F17, F18, F31")
    assert "is-off" in html[: html.index('id="place-booking"')].rpartition("<section")[2]


def test_a_language_without_a_sound_stands_out():
    answer = page("language=my")
    assert "Callers aren't offered this language yet" in text_of(answer)
    assert answer.text.count('class="node is-silent"') > 10
    assert 'class="node is-silent"' not in page("language=en").text


def test_a_text_from_right_to_left_is_set_so():
    html = page("language=ur").text
    assert re.search(r'<p class="text" lang="ur" dir="rtl">', html)
    assert re.search(r'<p class="gloss" lang="en" dir="ltr">', html)


@pytest.mark.parametrize(("query", "chosen"), [("", "en"), ("lang=ja", "ja"), ("lang=ja&language=ne", "ne")])
def test_the_call_is_first_in_the_language_of_the_page(query, chosen):
    assert f'<option value="{chosen}" lang="{chosen}" selected>' in page(query).text


@pytest.mark.parametrize("language", ["xx", "tr", "<b>"])
def test_a_language_that_the_line_has_not_is_no_page(language):
    assert page(f"language={language}").status_code == 404


def test_another_helpline_is_drawn_as_well():
    clinic = load_helpline(ROOT / "ivr" / "starter" / "information" / "prompts")
    served = app(clinic, {})
    for language in clinic.texts:
        found = places(page(f"language={language}", served).text)
        assert {*clinic.menus, "desk.nurse", "desk.reception"} <= found.keys()
        assert all("the carrier" in html for html in found.values())
    assert page("language=ja", served).status_code == 404
