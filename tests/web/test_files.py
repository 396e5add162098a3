"""What every page loads: open to strangers, who need it to sign in, and not asked for more often than it has to be."""

from __future__ import annotations

import re

from ivr.app import create_app
from ivr.config import read_settings
from ivr.web.fonts import FACES
from tests.cast import TOKEN, helpline, loaded
from tests.staff import stranger


def test_the_fonts_are_named_served_and_kept():
    browser = stranger()
    names = re.findall(r'url\("([^"]+)"\)', browser.get("/static/fonts.css").text)
    assert len(names) == len(FACES)
    for name in names:
        with browser.get(f"/static/{name}") as font:
            assert (font.status_code, font.mimetype) == (200, "font/woff2")
            assert font.headers["Cache-Control"] == "public, max-age=2592000"


def test_what_changes_with_the_version_is_asked_for_each_time():
    with stranger().get("/static/layout.css") as styles:
        assert styles.headers["Cache-Control"] == "no-cache"
        assert styles.headers["X-Content-Type-Options"] == "nosniff"


def test_every_page_names_the_fonts_before_the_styles_that_use_them():
    page = stranger().get("/console/sign-in").text
    styles = [name.partition("?")[0] for name in re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)]
    assert styles == ["/static/fonts.css", "/static/layout.css", "/static/staff.css"]


def test_there_are_cards_and_their_styles_where_there_is_no_console():
    environ = {"TWILIO_AUTH_TOKEN": TOKEN, "PUBLIC_URL": "https://line.example.org", "CALLER_ID": "+81312345678"}
    browser = create_app(loaded(), read_settings(environ, helpline().desks)).test_client()
    assert browser.get("/console/").status_code == 404
    for path in ("/cards", "/cards/fonts.css", "/static/cards/cards.css", "/static/icon.svg"):
        with browser.get(path) as answer:
            assert answer.status_code == 200
