"""Staff in a real browser, on a line as it is deployed: they sign in, close a desk, and hear the difference."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.cast import NUMBERS, TOKEN, TOKYO
from tests.database.line import sqlite_url
from tests.served import Server
from tests.staff import PASSWORD, STAFF
from tests.webphone.pushing import Telephone, by_mouse, says

WIDTH, SECONDS = 390, 10
OWN = "one of my own, quite long"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Two workers and a file of SQLite's."""
    url = sqlite_url(tmp_path_factory.mktemp("served"))
    with Server(TWILIO_AUTH_TOKEN=TOKEN, DATABASE_URL=url, **NUMBERS, **STAFF) as server:
        yield server.until_ready()


def sign_in(page, password: str, name: str = "") -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()


def say(page, desk: str, state: str) -> None:
    """From now on for two hours, which opens a desk whatever its own hours are, at night after a tick."""
    page.get_by_role("link", name="Desks").click()
    page.get_by_role("link", name=f"Other dates …: {desk.upper()}").click()
    page.get_by_label(state, exact=True).check()
    page.get_by_label("From now until, or").check()
    page.locator("[name=until]").fill(f"{datetime.now(TOKYO) + timedelta(hours=2):%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Reason").select_option("emergency")
    for tick in page.get_by_label("Yes, somebody answers at these hours").all():
        tick.check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("In force: calls follow what staff set.")).to_be_visible(timeout=10_000)


def call_a_person(page) -> None:
    """In English."""
    to_the_telephone = page.get_by_role("link", name="Telephone")
    if not to_the_telephone.is_visible():  # on the telephone's own page it is
        page.get_by_text("More", exact=True).click()
    to_the_telephone.click()
    page.wait_for_load_state()
    telephone = Telephone(page, by_mouse)
    page.get_by_label("Call in this language").select_option("02")
    telephone.button("Go").click()
    telephone.hears(says("en", "language.name"))
    telephone.key("0")


def hears_within_seconds(page, prompt: str) -> None:
    """Each call may meet the other worker."""
    deadline = time.monotonic() + SECONDS
    while True:
        call_a_person(page)
        try:
            return expect(page.locator("#log")).to_contain_text(says("en", prompt), timeout=1000)
        except AssertionError:
            assert time.monotonic() < deadline, prompt


def test_a_desk_is_opened_and_closed_and_callers_hear_it_within_seconds(served, open_page):
    page = open_page(f"{served.url}/console/desks", WIDTH, locale="en")
    sign_in(page, "not the password")
    expect(page.get_by_role("alert")).to_have_text("The name or the password is wrong.")
    sign_in(page, PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Desks")
    say(page, "fresc", "Closed")
    say(page, "cinga", "Open")
    hears_within_seconds(page, "cinga.operator")
    say(page, "cinga", "Closed")
    hears_within_seconds(page, "desks.closed")
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH, "nothing sticks out"
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{served.url}/phone")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_session_that_ended_in_mid_call_is_told_on_the_telephone(served, open_page):
    page = open_page(f"{served.url}/phone", WIDTH, locale="en")
    sign_in(page, PASSWORD)
    telephone = Telephone(page, by_mouse)
    telephone.button("Call").click()
    telephone.hears(says("ja", "welcome"))
    page.context.clear_cookies()
    telephone.key("0")
    expect(page.locator("#typed")).to_contain_text("you aren't signed in, or were away for too long")
    telephone.status("The call is over")


def test_a_colleague_is_invited_and_ends_a_session_from_another_device_without_scripts(served, open_page):
    without = {"locale": "en", "java_script_enabled": False}
    boss = open_page(f"{served.url}/console/people", 1280, locale="en", permissions=["clipboard-write"])
    sign_in(boss, PASSWORD)
    boss.get_by_label("Name").fill("Hanako")
    boss.locator("#role").select_option("Coordinator")
    boss.get_by_role("button", name="Make a link").click()
    boss.get_by_role("button", name="Copy").click()
    expect(boss.get_by_role("button", name="Copied")).to_be_visible()

    telephone = open_page(boss.get_by_role("textbox", name="Link").input_value(), WIDTH, **without)
    expect(telephone.get_by_label("Name")).to_have_value("Hanako")
    telephone.get_by_label("Password").fill(OWN)
    telephone.get_by_label("Password").press("Enter")
    expect(telephone.get_by_role("heading", level=1)).to_have_text("Home")

    desk = open_page(f"{served.url}/console/people", 1280, **without)
    sign_in(desk, OWN, "Hanako")
    expect(desk.get_by_role("heading", level=1)).to_have_text("People")

    telephone.get_by_text("More", exact=True).click()
    telephone.get_by_role("link", name="People").click()
    assert telephone.evaluate("document.documentElement.scrollWidth") <= WIDTH, "nothing sticks out"
    telephone.get_by_role("button", name="End all others").click()
    expect(telephone.get_by_role("status")).to_have_text("The sessions were ended.")
    for _either_worker in range(4):
        desk.goto(f"{served.url}/console/people")
        expect(desk.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(telephone.get_by_role("button", name="End all others")).to_have_count(0)
    telephone.get_by_role("link", name="Who changed what").click()
    expect(telephone.get_by_role("row").nth(1)).to_contain_text("Hanakoended sessionsHanako")
