"""Who may call by the page, and what it may load."""

from __future__ import annotations

import re

import pytest
from flask import Response

from ivr.app import create_app
from ivr.config import read_settings
from tests.cast import helpline
from tests.console.page import REAL, SECRET, Page, demo, real_line


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
    client = real_line().test_client()
    links = re.findall(r'(?:src|href|data-url)="([^"?]*)', client.get("/phone").get_data(as_text=True))
    assert {link for link in links if not link.startswith("/ivr/")} == {"#main", ""}
    sounds = Page(real_line()).turn["sounds"]
    assert all(sound["url"].startswith("/ivr/audio/") for sound in sounds if sound["url"])
    assert client.get(sounds[0]["url"].removeprefix("/ivr")).status_code == 200


def test_outside_a_demo_there_is_no_telephone_without_a_guard_or_a_key():
    without_guard = create_app(helpline(), read_settings({**REAL, "SECRET_KEY": SECRET}, helpline().desks))
    without_key = create_app(helpline(), read_settings(REAL, helpline().desks), lambda: None)
    for app in (without_guard, without_key):
        client = app.test_client()
        assert client.get("/phone").status_code == client.post("/phone/call", json={}).status_code == 404
        assert client.get("/").status_code == 404


def test_the_guard_keeps_strangers_out():
    client = real_line(lambda: Response("sign in", 401)).test_client()
    assert client.get("/phone").status_code == client.post("/phone/call", json={}).status_code == 401
