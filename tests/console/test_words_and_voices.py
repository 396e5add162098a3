"""The page Prompts, and the page of each prompt."""

from __future__ import annotations

import re
from html import unescape

import pytest

from ivr.content.loader import load_helpline
from tests.cast import NUMBERS, ROOT, app, changed, helpline
from tests.staff import text_of

APP = app(helpline(), NUMBERS)


def get(path: str, served=APP):
    return served.test_client().get(f"/console/prompts{path}")


def prompts_on(page) -> list[str]:
    """Those of the board's lines, or of one language's cards."""
    return list(dict.fromkeys(re.findall(r'href="/console/prompts/([^"#?]+)"', page.text)))


def cards(page) -> dict[str, str]:
    return dict(re.findall(r'<section class="card line" id="in-([^"]+)">(.*?)</section>', page.text, re.S))


def table(page) -> dict[str, list[str]]:
    """The board's cells by the name of the language."""
    rows = re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</th>(.*?)</tr>", page.text, re.S)
    cells = {head: re.findall(r"<td[^>]*>(.*?)</td>", row, re.S) for head, row in rows}
    return {re.sub(r"<[^>]*>", "", head): [re.sub(r"<[^>]*>", "", cell) for cell in row] for head, row in cells.items()}


def test_the_board_counts_the_prompts_of_each_language_and_lists_them_all():
    page = get("")
    assert prompts_on(page) == list(helpline().prompts)
    assert len(table(page)) == len(helpline().languages)
    assert all(sum(map(int, row[2:])) > 80 for row in table(page).values())
    counted = sum(map(int, table(page)["Nepali नेपाली"][2:]))
    assert f" {counted} prompts " in text_of(get("?language=ne"))


def test_every_link_of_the_board_has_a_name_of_its_own():
    for query in ("", "?state=missing", "?language=ne"):
        links = re.findall(r"<a [^>]*>(.*?)</a>", get(query).text.partition("<main")[2], re.S)
        names = [" ".join(re.sub(r"<[^>]*>", " ", link).split()) for link in links]
        assert len(names) == len(set(names)) < 170, query


def test_languages_that_callers_are_not_offered_stand_out():
    waiting = [name for name, row in table(get("")).items() if row[1] == "not offered to callers"]
    assert waiting == ["Burmese မြန်မာ", "Khmer ខ្មែរ", "Mongolian Монгол"]


def test_each_text_says_whether_somebody_has_reviewed_it():
    text = helpline().texts["vi"]
    assert text.status == "draft"
    assert "Vietnamese Tiếng Việt draft offered to callers" in text_of(get("?language=vi"))


def test_a_language_is_shown_with_all_its_words():
    page = get("?language=ur")
    assert "notice" in prompts_on(page)
    assert "welcome" not in prompts_on(page)
    assert 'lang="ur" dir="rtl"' in page.text
    assert page.text.count("<audio") > 80


@pytest.mark.parametrize("language", ["", "my"])
def test_the_form_finds_what_is_missing(language):
    page = get(f"?language={language}&state=missing")
    assert len(prompts_on(page)) > 70
    assert "notice" not in prompts_on(page)
    assert re.search(r'<option value="missing" selected>', page.text)


def test_a_state_is_listed_with_the_languages_that_have_it():
    assert "ward office where you live. Burmese, Khmer, Mongolian farewell" in text_of(get("?state=missing"))
    assert "notice all languages" in text_of(get("?state=unfilled"))
    assert table(get("?state=missing"))["English"][2:] == ["0"]


def test_the_form_says_so_where_nothing_is_like_that():
    assert "No prompts match." in text_of(get("?language=en&state=missing"))


@pytest.mark.parametrize("query", ["?language=xx", "?state=lost", "?language=en&state=other-languages"])
def test_what_cannot_be_chosen_is_no_page(query):
    assert get(query).status_code == 404


@pytest.mark.parametrize("name", helpline().prompts)
def test_each_prompt_has_a_page_with_its_text_in_each_language_that_says_it(name):
    page = get(f"/{name}")
    shown = cards(page)
    line = helpline()
    where = {"first": line.about.first_languages, "desk": [line.about.desk_language]}
    only = [language for place in line.prompts[name].only_in for language in where.get(place, [place])]
    assert set(shown) == set(only or line.languages)
    for language in shown:
        said = line.clip_texts[language].get(name)
        if said:
            assert f'lang="{language}" dir="{line.texts[language].direction}"' in shown[language]
            assert said.shown in unescape(shown[language])
    assert " ".join(line.prompts[name].purpose.split()) in text_of(page)


def test_a_prompt_tells_its_facts():
    words = text_of(get("/papers.group_a"))
    assert f"F6 {helpline().facts['F6'].says}" in words
    assert "permit, visas, visitor" in words
    assert "none: it only leads on" in text_of(get("/papers.group_b.short"))


def test_a_fact_that_was_withdrawn_is_struck_through():
    served = app(changed(withdrawn=("F4",)), NUMBERS)
    page = get("/free", served)
    assert re.search(r'class="fact is-withdrawn" lang="en"><strong>F4</strong>', page.text)
    assert "withdrawn: F4" in text_of(page)


def test_what_the_voice_reads_is_told_where_it_is_not_what_is_written():
    html = cards(get("/papers.group_a"))["en"]
    assert helpline().clip_texts["en"]["papers.group_a"].text in unescape(html)
    assert "The voice reads" in html


def test_the_words_to_keep_are_named_in_each_language():
    page = get("/booking.office")
    assert helpline().glossary["municipal_office"].means in text_of(page)
    for language, html in cards(page).items():
        assert " / ".join(helpline().texts[language].glossary["municipal_office"]) in unescape(html)


def test_a_prompt_leads_to_the_places_where_it_is_heard():
    page = get("/booking.how")
    assert 'href="/console/menu?place=booking#place"' in page.text
    for place in re.findall(r'"(/console/menu[^"]+)"', page.text):
        assert APP.test_client().get(place.replace("&amp;", "&")).status_code == 200, place


@pytest.mark.parametrize("name", ["nothing", "eligible.x", "digit"])
def test_what_is_no_prompt_is_no_page(name):
    assert get(f"/{name}").status_code == 404


def test_the_pages_are_in_japanese_too():
    browser = APP.test_client()
    assert "人の録音" in browser.get("/console/prompts?lang=ja").text
    assert "翻訳者へ" in browser.get("/console/prompts/eligible").text


def test_another_helpline_has_its_own_board():
    clinic = load_helpline(ROOT / "ivr" / "starter" / "information" / "prompts")
    served = app(clinic, {})
    assert prompts_on(get("", served)) == list(clinic.prompts)
    for name in clinic.prompts:
        assert get(f"/{name}", served).status_code == 200
    for language in clinic.languages:
        assert get(f"?language={language}", served).status_code == 200
