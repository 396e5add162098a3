"""A round of "Is it still true?" on a telephone's screen in a real browser, by keyboard alone, to the confirmation."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from ivr.database.connection import database
from ivr.database.fact_answers import add_answer
from ivr.flow.withdrawal import facts_in_question
from tests.browser import serving
from tests.cast import NUMBERS, TOKYO, app, helpline
from tests.console.published import edition, without_check
from tests.console.test_desks_in_a_browser import tab_to
from tests.database.line import sqlite_url
from tests.served import free_port

WIDTH = 390


@pytest.fixture
def served(tmp_path):
    """The address of a demo in which all but the last two facts were answered, and that of its database."""
    url, port = sqlite_url(tmp_path), free_port()
    with database(url) as connection:
        for fact in facts_in_question(helpline())[:-2]:
            add_answer(connection, fact, "true", "Aiko")
    with serving(app(helpline(), {**NUMBERS, "PORT": str(port), "DATABASE_URL": url}), port) as address:
        yield f"{address}/console/still-true", url


def press(page, found) -> None:
    tab_to(page, found)
    page.keyboard.press("Enter")


def answer(page, name: str) -> None:
    """By the arrow keys, from the first of the three or the one that was chosen before."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this still true?")
    chosen = page.get_by_role("radio", checked=True)
    tab_to(page, chosen if chosen.count() else page.get_by_role("radio").first)
    page.keyboard.press("Space")
    while not page.get_by_role("radio", name=name).is_checked():
        page.keyboard.press("ArrowDown")
    press(page, page.get_by_role("button", name="Save and continue"))


def test_the_last_facts_are_answered_and_all_of_it_is_confirmed_by_keyboard_alone(served, open_page, monkeypatch):
    without_check(monkeypatch)
    address, url = served
    page = open_page(address, WIDTH, locale="en-GB", java_script_enabled=False)
    press(page, page.get_by_role("link", name="Continue"))
    expect(page.get_by_text("Fact 27 of 28")).to_be_visible()
    answer(page, "still true")
    expect(page.get_by_text("Fact 28 of 28")).to_be_visible()  # the same heading as on the page before
    answer(page, "no longer true")
    expect(page.get_by_role("heading", level=1)).to_have_text("Stop telling this?")
    press(page, page.get_by_role("link", name="Is this still true?"))
    answer(page, "still true")
    press(page, page.get_by_role("button", name="I have checked everything"))
    expect(page).to_have_url(address.replace("still-true", "?published=1"))
    (confirmed,) = edition(url).changes
    today = datetime.now(TOKYO).date()
    assert confirmed.spot == ("helpline.yaml", ("confirmed_on",))
    assert confirmed.value in {str(today), str(today - timedelta(days=1))}
