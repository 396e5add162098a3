"""/cards: open to everybody, GET only, and nothing on it comes from another host."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urljoin

import pytest

from ivr.app import create_app
from ivr.config import read_settings
from tests.cast import TOKEN, app, helpline, loaded, offered

NUMBERED = {"LINE_NUMBER": "+815012345678"}


@pytest.fixture(scope="module")
def browser():
    return app(helpline(), NUMBERED).test_client()


def articles(html: str) -> list[str]:
    return html.split("<article")[1:]


def test_a_card_for_each_language_that_is_offered_in_its_order(browser):
    html = browser.get("/cards").text
    names = [re.search(r'<h2 lang="([\w-]+)">', article)[1] for article in articles(html)]
    assert names == list(offered())
    assert html.count('<section class="sheet">') == len(offered())


def test_ten_of_wallet_size_go_on_a_sheet(browser):
    html = browser.get("/cards?size=wallet").text
    assert [len(articles(sheet)) for sheet in html.split("<section")[1:]] == [10, 10]
    assert '<body class="wallet">' in html


def test_a_single_language_fills_its_sheet(browser):
    html = browser.get("/cards?language=vi&size=wallet").text
    assert html.count('<h2 lang="vi">Tiếng Việt</h2>') == 10
    assert html.count('<p class="code"><bdi dir="ltr">04</bdi></p>') == 10


def test_both_forms_of_the_number_and_the_address_stand_on_a_card(browser):
    html = browser.get("/cards?language=en").text
    assert '<p class="number"><bdi dir="ltr">050-1234-5678</bdi></p>' in html
    assert '<p class="abroad"><bdi dir="ltr">+81 50-1234-5678</bdi></p>' in html
    assert 'href="tel:+815012345678,,02"' in html
    assert "SAMPLE" not in html


@pytest.mark.parametrize(("language", "direction"), [("ur", "rtl"), ("ru", "ltr")])
def test_a_card_runs_in_its_language_s_direction_and_numbers_never_turn(browser, language, direction):
    (article,) = articles(browser.get(f"/cards?language={language}").text)
    assert f' dir="{direction}">' in article.splitlines()[0]
    assert f'<p class="own" lang="{language}" dir="{direction}">' in article
    assert '<p class="desk" lang="ja" dir="ltr">' in article
    assert not re.findall(r'<bdi dir="rtl"', article)


def test_there_is_a_link_to_each_language_and_size(browser):
    links = re.findall(r'<a href="cards\?([^"]+)"', browser.get("/cards?size=wallet").text)
    assert links[:2] == ["size=a4", "size=wallet"]
    assert links[2:] == [f"size=wallet&amp;language={language}" for language in offered()]


def test_the_page_marks_what_is_chosen(browser):
    def marked(path: str) -> list[str]:
        return re.findall(r'<a href="cards\?([^"]+)"[^>]* aria-current="true">', browser.get(path).text)

    assert marked("/cards") == ["size=a4"]
    assert marked("/cards?size=wallet&language=ur") == ["size=wallet", "size=wallet&amp;language=ur"]


@pytest.mark.parametrize(
    ("query", "language", "told"),
    [
        ("size=a5", "en", "There are no cards of this size."),
        ("size=a5", "ja", "この大きさのカードはありません。"),
        ("language=my", "en", "There is no card for this language"),
        ("language=%3Cb%3E&size=wallet", "ja", "この言語のカードはありません"),
    ],
)
def test_what_does_not_exist_is_told_in_the_browser_s_language_and_leads_to_all_cards(browser, query, language, told):
    page = browser.get(f"/cards?{query}", headers={"Accept-Language": language})
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert f'<html lang="{language}">' in page.text
    assert told in page.text
    assert '<a href="/cards">' in page.text
    assert "<b>" not in page.text
    assert "Accept-Language" in page.headers["Vary"]


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Set LINE_NUMBER in the settings"), ("ja", "カードはまだありません")]
)
def test_without_a_number_a_page_says_what_to_set(language, told):
    settings = read_settings({"TWILIO_AUTH_TOKEN": TOKEN, "PUBLIC_URL": "https://line.example.org"}, helpline().desks)
    page = create_app(loaded(), settings).test_client().get("/cards", headers={"Accept-Language": language})
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert f'<html lang="{language}">' in page.text
    assert told in page.text


@pytest.mark.parametrize(("language", "title"), [("en", "Cards"), ("ja", "カード")])
def test_the_page_is_in_the_browser_s_language_and_says_so(browser, language, title):
    page = browser.get("/cards", headers={"Accept-Language": language})
    assert f'<html lang="{language}">' in page.text
    assert f"<h1>{title}</h1>" in page.text
    assert "Accept-Language" in page.headers["Vary"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_sent_to_it(browser, method):
    assert browser.open("/cards", method=method).status_code == 405


def test_all_that_the_page_loads_comes_from_the_line_and_nothing_is_inline(browser):
    response = browser.get("/cards")
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert not re.findall(r"<script|<style|style=|https?://", response.text)
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', response.text)
    assert styles == ["cards/fonts.css", "static/cards/cards.css"]
    assert [mimetype(browser, f"/{path}") for path in styles] == ["text/css", "text/css"]
    fonts = re.findall(r'url\("([^"]+)"\)', browser.get("/cards/fonts.css").text)
    assert {mimetype(browser, urljoin("/cards/fonts.css", path)) for path in fonts} == {"font/woff2"}


def mimetype(browser, path) -> str:
    with browser.get(path) as response:
        return response.mimetype if response.status_code == 200 else response.status


def test_a_demo_s_cards_are_samples_with_a_number_that_nobody_has():
    html = app(helpline(), {}).test_client().get("/cards?language=ar").text
    assert "<span>SAMPLE</span>" in html
    assert "tel:+99900000000,,21" in html


def test_the_words_of_the_cards_may_be_missing():
    """The number, the code and the language's name are what a card can't do without."""
    bare = {name: text.model_copy(update={"card": None}) for name, text in helpline().texts.items()}
    html = app(replace(helpline(), texts=bare), NUMBERED).test_client().get("/cards?language=vi").text
    (article,) = articles(html)
    assert re.findall(r">([^<\s][^<]*)<", article) == [
        "Tiếng Việt", "ベトナム語", "050-1234-5678", "+81 50-1234-5678", "04",
    ]  # fmt: skip
