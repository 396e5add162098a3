"""Who may call by the page, and what it may load."""

from __future__ import annotations

import re

import pytest

from ivr.app import create_app
from ivr.config import read_settings
from ivr.web.words import words_in
from tests.cast import helpline, loaded
from tests.webphone.page import REAL, SECRET, Page, at_work, demo, real_line


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json", "Origin": "https://evil.example"},
        {"Content-Type": "application/json", "Origin": "null"},
        {"Content-Type": "application/json", "Sec-Fetch-Site": "cross-site"},
        {"Content-Type": "application/json", "Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_page_is_refused(headers):
    answer = demo().test_client().post("/phone/call", data="{}", headers=headers)
    assert answer.status_code == 403
    assert "status" not in answer.get_json()


@pytest.mark.parametrize("path", ["/phone", "/phone/call", "/console/", "/console/desks"])
def test_a_demo_answers_no_site_whose_name_was_made_to_mean_this_machine(path):
    """Then the browser takes the site's page for one of ours."""
    browser = demo().test_client()
    for method in ("GET", "POST"):
        evil = browser.open(
            path, method=method, json={}, headers={"Host": "evil.example:8000", "Origin": "http://evil.example:8000"}
        )
        assert evil.status_code == 403
        assert evil.text == "A demo answers at http://127.0.0.1:8000 only.\n"
    for host in ("127.0.0.1:8000", "localhost:8000", "[::1]:8000"):
        assert browser.get("/phone", headers={"Host": host}).status_code == 200


def test_the_pages_load_nothing_from_elsewhere_and_nothing_inline():
    answer = demo().test_client().get("/phone")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    html = answer.get_data(as_text=True)
    assert not re.findall(r"<style|\sstyle=|\son\w+=|https?://(?!www.w3.org)", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))


def test_a_demo_opens_with_the_telephone():
    answer = demo().test_client().get("/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/phone"


def test_links_go_to_the_path_of_the_public_address():
    browser = at_work(real_line())
    links = re.findall(r'(?:src|href|data-url)="([^"?]*)', browser.get("/phone").text)
    assert {link for link in links if not link.startswith("/ivr/")} == {"#main", ""}  # "": a query of the same page
    sounds = Page(None, browser=browser).turn["sounds"]
    assert all(sound["url"].startswith("/ivr/audio/") for sound in sounds if sound["url"])
    assert browser.get(sounds[0]["url"].removeprefix("/ivr")).status_code == 200


def test_outside_a_demo_there_is_no_telephone_without_a_password():
    browser = create_app(loaded(), read_settings({**REAL, "SECRET_KEY": SECRET}, helpline().desks)).test_client()
    assert browser.get("/phone").status_code == browser.post("/phone/call", json={}).status_code == 404
    assert "/phone" not in browser.get("/").text


def test_a_script_is_told_in_json_that_its_session_has_ended():
    answer = Page(real_line())
    assert answer.status == 403
    assert answer.answer == {"refused": words_in("en")["signed_out"], "over": True}
