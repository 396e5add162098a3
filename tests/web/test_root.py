"""`/` and addresses that don't exist: a small page for people, in their language, which tells them nothing of staff."""

from __future__ import annotations

import re

import pytest

from ivr.app import create_app
from ivr.config import read_settings
from ivr.web.words import words_in
from tests.cast import TOKEN, helpline, loaded
from tests.staff import STAFF

LIVE = {"TWILIO_AUTH_TOKEN": TOKEN, "PUBLIC_URL": "https://line.example.org/help", "CALLER_ID": "+81312345678"}


def browser(**environ: str):
    return create_app(loaded(), read_settings({**LIVE, **environ}, helpline().desks)).test_client()


@pytest.mark.parametrize(
    ("language", "says"), [("ja", "電話案内のウェブアドレス"), ("en, ja;q=0.5", "a telephone line")]
)
def test_the_line_s_own_address_says_what_it_is_in_the_browser_s_language(language, says):
    page = browser().get("/", headers={"Accept-Language": language})
    assert page.status_code == 200
    assert f'<html lang="{language[:2]}">' in page.text
    assert f"<h1>{helpline().about.name}</h1>" in page.text
    assert says in page.text
    assert "Accept-Language" in page.headers["Vary"]
    assert page.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert not {"Set-Cookie", "Location"} & {*page.headers.keys()}
    assert not [desk for desk in helpline().desks if desk in page.text]
    assert len(page.data) < 1500
    assert browser().head("/").status_code == 200


def test_it_leads_to_the_cards_and_staff_to_their_sign_in_where_there_are_any():
    def links(**environ: str) -> list[str]:
        return re.findall(r'<a href="([^"]+)"', browser(**environ).get("/").text)

    assert links() == ["/help/cards"]
    assert links(**STAFF) == ["/help/cards", "/help/console/"]
    assert links(CALLER_ID="") == []


@pytest.mark.parametrize("console", [{}, STAFF])
def test_a_wrong_address_is_told_in_words_to_people_and_cheaply_to_twilio(console):
    line = browser(**console)
    page = line.get("/card", headers={"Accept-Language": "ja"})
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert words_in("ja")["no_page"] in page.text
    for path in ("/audio/nothing", "/audio"):
        assert "stylesheet" not in line.get(path).text


def test_robots_are_sent_away_and_browsers_find_the_icon():
    assert browser().get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    icon = browser().get("/favicon.ico")
    assert (icon.status_code, icon.mimetype) == (200, "image/svg+xml")
    assert browser().get("/favicon.ico", headers={"If-None-Match": icon.headers["ETag"]}).status_code == 304
