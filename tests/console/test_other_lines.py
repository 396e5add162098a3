"""The staff pages and the telephone of lines of other kinds."""

from __future__ import annotations

import pytest

from tests.cast import app
from tests.lines import NUMBERS, OFFICE, crisis, town

PAGES = ("", "menu", "menu?language=en", "prompts", "prompts/welcome", "desks")


@pytest.mark.parametrize(
    ("line", "numbers"), [(crisis(), NUMBERS), (town(), {"OFFICE_PHONE": OFFICE})], ids=["crisis", "town"]
)
def test_every_page_opens(line, numbers):
    client = app(line, numbers).test_client()
    for page in PAGES:
        assert client.get(f"/console/{page}", follow_redirects=True).status_code == 200, page


def test_the_greeting_of_a_language_that_only_greets_is_on_the_board_and_in_the_call_flow():
    client = app(crisis(), NUMBERS).test_client()
    for page in ("prompts/welcome", "menu?place=languages"):
        assert "Đường dây này nói tiếng Anh và tiếng Tây Ban Nha." in client.get(f"/console/{page}").text, page


def test_the_telephone_has_no_choice_of_language_where_there_is_none():
    assert '<form id="language-form" hidden>' in app(town(), {"OFFICE_PHONE": OFFICE}).test_client().get("/phone").text
    assert '<option value="2"' in app(crisis(), NUMBERS).test_client().get("/phone").text
