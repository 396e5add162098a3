"""Signing in and out: what a session needs, how it ends, and what a browser is told."""

from __future__ import annotations

import os
import re
from datetime import datetime, timedelta

import pytest
import time_machine
from click.testing import CliRunner
from flask import session

from ivr.app import create_app
from ivr.cli.main import group
from ivr.config import read_settings
from ivr.console.sign_in.attempts import MAX_BY_ALL
from tests.cast import ROOT, app, helpline, loaded
from tests.staff import PASSWORD, SETTINGS, sign_in, stranger, text_of, token

START = datetime.fromisoformat("2026-11-24T02:00+00:00")
KEY = "k" * 32
URL = "http://127.0.0.1:8000"


def test_the_password_opens_the_page_that_was_asked_for():
    browser = stranger()
    way_in = browser.get("/console/desks?month=2026-12").location
    answer = sign_in(browser, where=way_in)
    assert answer.location == "/console/desks?month=2026-12"
    assert browser.get(answer.location).status_code == 200


@pytest.mark.parametrize("where", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil", "evil", ""])
def test_nobody_is_sent_to_another_site(where):
    browser = stranger()
    assert sign_in(browser, where=f"/console/sign-in?next={where}").location == "/console/"


@pytest.mark.parametrize("wrong", ["", "x", PASSWORD.upper(), PASSWORD + " ", PASSWORD[:-1], "ぱすわーど", "\ud800"])
def test_another_password_opens_nothing(wrong):
    browser = stranger()
    answer = sign_in(browser, wrong.encode("utf-8", "replace").decode())
    assert answer.status_code == 403
    assert "The name or the password is wrong." in text_of(answer)
    assert browser.get("/console/").status_code == 302


def test_the_password_is_never_shown_again():
    answer = sign_in(stranger(), "a secret typed into the wrong field")
    assert "a secret typed" not in answer.text


def test_a_form_that_is_not_ours_is_refused():
    browser = stranger()
    refused = browser.post("/console/sign-in", data={"name": "Hanako", "password": PASSWORD})
    assert refused.status_code == 400
    assert "<form" not in refused.text  # there is nothing to keep: whoever was too slow types both again
    sign_in(browser)
    assert browser.post("/console/sign-out").status_code == 400
    assert browser.post("/console/sign-out", data={"csrf_token": "x"}).status_code == 400
    assert browser.get("/console/").status_code == 200


def test_a_form_from_before_the_sign_in_is_refused_after_it():
    browser = stranger()
    form = {"csrf_token": token(browser.get("/console/sign-in"))}
    sign_in(browser)
    assert browser.post("/console/sign-out", data=form).status_code == 400


def test_signing_out_ends_the_session():
    browser = stranger()
    sign_in(browser)
    form = {"csrf_token": token(browser.get("/console/"))}
    assert browser.get("/console/sign-out").status_code == 405
    assert browser.post("/console/sign-out", data=form).location == "/console/sign-in"
    assert browser.get("/console/").status_code == 302


def test_the_cookie_is_kept_from_scripts_and_other_sites():
    cookies = sign_in(stranger()).headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie


@pytest.mark.parametrize(
    "path", ["/voice", "/voice/en/main/keys", "/audio/en/free.0.wav", "/health", "/consoles", "/cards"]
)
def test_what_is_not_for_staff_opens_no_session(path):
    assert has_no_session(stranger().application, path)


@pytest.mark.parametrize("path", ["/console", "/console/desks", "/console/nowhere", "/phone", "/phone/call"])
def test_what_is_for_staff_opens_one(path):
    assert not has_no_session(stranger().application, path)


def has_no_session(line, path):
    with line.test_request_context(path):
        return line.session_interface.is_null_session(session)


def test_under_https_the_cookie_never_travels_in_the_open():
    environ = {**SETTINGS, "TWILIO_AUTH_TOKEN": "t", "PUBLIC_URL": "https://line.example.org/help", "SECRET_KEY": KEY}
    browser = create_app(loaded(), read_settings(environ, helpline().desks)).test_client()
    answer = sign_in(browser, base_url="https://line.example.org", headers={"Referer": "https://line.example.org/"})
    assert answer.location == "/help/console/"
    assert [cookie.split("=")[0] for cookie in answer.headers.getlist("Set-Cookie")] == ["known", "__Host-staff"]
    assert all("Secure" in cookie for cookie in answer.headers.getlist("Set-Cookie"))
    page = browser.get("/console/", base_url="https://line.example.org")
    assert page.status_code == 200
    assert page.headers["Strict-Transport-Security"].startswith("max-age=")
    assert not re.findall(r'(?:href|src|action)="/(?!help/)', page.text)


def test_a_session_ends_after_half_an_hour_without_a_page():
    with time_machine.travel(START, tick=False) as clock:
        browser = stranger()
        sign_in(browser)
        assert browser.get_cookie("staff").expires == START + timedelta(minutes=30)
        for _page in range(3):
            clock.shift(timedelta(minutes=29))
            assert browser.get("/console/").status_code == 200
        clock.shift(timedelta(minutes=31))
        assert browser.get("/console/").status_code == 302


def test_a_session_ends_after_a_working_day():
    with time_machine.travel(START, tick=False) as clock:
        browser = stranger()
        sign_in(browser)
        for _page in range(25):
            assert browser.get("/console/nothing").status_code == 404
            clock.shift(timedelta(minutes=29))
        assert browser.get("/console/nothing").status_code == 302


def test_a_new_password_ends_all_sessions():
    one, other = (
        app(helpline(), {**SETTINGS, "SECRET_KEY": KEY, **new}) for new in ({}, {"CONSOLE_PASSWORD": "x" * 12})
    )
    browser = one.test_client()
    sign_in(browser)
    session = browser.get_cookie("staff").value
    assert browser.get("/console/").status_code == 200
    browser = other.test_client()
    browser.set_cookie("staff", session)
    assert browser.get("/console/").status_code == 302


def test_another_worker_knows_the_session():
    one, other = (app(helpline(), {**SETTINGS, "SECRET_KEY": KEY}) for _worker in range(2))
    browser = one.test_client()
    sign_in(browser)
    session = browser.get_cookie("staff").value
    browser = other.test_client()
    browser.set_cookie("staff", session)
    assert browser.get("/console/").status_code == 200


def test_whoever_guesses_has_to_wait_and_staff_of_a_known_browser_have_not():
    served = app(helpline(), SETTINGS)
    at_work = served.test_client()
    with time_machine.travel(START, tick=False):
        sign_in(at_work)
        at_work.post("/console/sign-out", data={"csrf_token": token(at_work.get("/console/"))})
        guessing = served.test_client()
        for _guess in range(5):
            assert sign_in(guessing, "guess").status_code == 403
        answer = sign_in(guessing)
        assert answer.status_code == 429
        assert 1 <= int(answer.headers["Retry-After"]) <= 60
        assert "Too many wrong passwords" in text_of(answer)
        assert sign_in(at_work).status_code == 302


def test_a_copy_of_the_cookie_of_a_session_that_was_signed_out_opens_nothing():
    browser = stranger()
    sign_in(browser)
    copied = browser.get_cookie("staff").value
    browser.post("/console/sign-out", data={"csrf_token": token(browser.get("/console/"))})
    assert "You are signed out." in text_of(browser.get("/console/sign-in"))
    thief = stranger()
    thief.set_cookie("staff", copied)
    assert thief.get("/console/").status_code == 302
    sign_in(colleague := stranger())
    assert colleague.get("/console/").status_code == 200


def test_a_link_from_the_machine_leads_past_the_guesses_of_many_addresses(monkeypatch):
    for name, value in {**SETTINGS, "TWILIO_AUTH_TOKEN": "t", "PUBLIC_URL": URL, "SECRET_KEY": KEY}.items():
        monkeypatch.setenv(name, value)
    served = create_app(loaded(), read_settings(os.environ, helpline().desks))
    with time_machine.travel(START, tick=False) as clock:
        for _guess in range(MAX_BY_ALL):
            assert sign_in(stranger(served), "guess").status_code == 403
        assert sign_in(stranger(served)).status_code == 429
        printed = CliRunner().invoke(group, ["--helpline", str(ROOT / "prompts"), "sign-in"]).output.strip()
        assert printed.startswith(f"{URL}/console/sign-in?link=")
        link = printed.removeprefix(URL)
        assert sign_in(stranger(served), "guess", where=link).status_code == 403
        assert sign_in(stranger(served), where=link.replace("link=", "link=x")).status_code == 429
        assert sign_in(at_home := stranger(served), where=link).status_code == 302
        assert at_home.get("/console/").status_code == 200
        clock.shift(timedelta(minutes=16))
        for _guess in range(MAX_BY_ALL):
            sign_in(stranger(served), "guess")
        assert sign_in(stranger(served), where=link).status_code == 429


def test_a_line_without_pages_for_staff_has_no_link(monkeypatch):
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "t")
    monkeypatch.setenv("PUBLIC_URL", URL)
    monkeypatch.delenv("CONSOLE_PASSWORD", raising=False)
    result = CliRunner().invoke(group, ["--helpline", str(ROOT / "prompts"), "sign-in"])
    assert "CONSOLE_PASSWORD is not set" in str(result.exception)


def test_a_browser_is_known_for_90_days():
    served = app(helpline(), SETTINGS)
    with time_machine.travel(START, tick=False) as clock:
        sign_in(at_work := served.test_client())
        known = at_work.get_cookie("known", path="/console/sign-in").value
        clock.shift(timedelta(days=91))
        for _guess in range(5):
            sign_in(served.test_client(), "guess")
        browser = served.test_client()
        browser.set_cookie("known", known, path="/console/sign-in")
        assert sign_in(browser).status_code == 429
        clock.shift(-timedelta(days=2))
        assert sign_in(browser).status_code == 302


def test_who_mistypes_and_then_signs_in_leaves_no_wait_to_others_in_the_same_office():
    served = app(helpline(), SETTINGS)
    with time_machine.travel(START, tick=False):
        for colleague in (served.test_client(), served.test_client()):
            for _slip in range(4):
                assert sign_in(colleague, "slip").status_code == 403
            assert sign_in(colleague).status_code == 302


@pytest.mark.parametrize("path", ["/console/", "/console/desks", "/console/sign-in", "/console/nothing"])
def test_a_browser_may_load_nothing_from_elsewhere_and_keeps_nothing(path):
    browser = stranger()
    if path != "/console/sign-in":
        sign_in(browser)
    answer = browser.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert not re.search(r"<style|<script(?![^>]*src)| style=| on\w+=", answer.text)


def test_a_wrong_address_leads_back_to_the_pages():
    browser = stranger()
    sign_in(browser)
    page = browser.get("/console/nothing")
    assert page.status_code == 404
    assert "There is no page at this address." in text_of(page)
    assert 'href="/console/desks"' in page.text
    assert 'href="/console/desks"' not in browser.get("/nothing").text


def test_the_pages_speak_english_and_japanese():
    browser = stranger()
    assert 'lang="ja"' in browser.get("/console/sign-in", headers={"Accept-Language": "ja,en;q=0.5"}).text[:60]
    assert 'lang="en"' in browser.get("/console/sign-in", headers={"Accept-Language": "vi"}).text[:60]
    browser.get("/console/sign-in?lang=ja")
    sign_in(browser)
    page = browser.get("/console/", headers={"Accept-Language": "en"})
    assert 'lang="ja"' in page.text[:60]
    assert "窓口" in page.text
    assert 'lang="ja"' in browser.get("/console/?lang=xx").text[:60]


@pytest.mark.parametrize(
    ("form", "page"),
    [
        ("/console/desks", "/console/desks"),
        ("/console/sign-out", "/console/"),
        ("/console/nowhere", "/console/"),
    ],
)
def test_who_was_away_for_too_long_comes_back_to_the_page_of_the_form(form, page):
    browser = stranger()
    refused = browser.post(form, data={"csrf_token": "x"}).text
    (way_in,) = re.findall(r'href="(/console/sign-in[^"]*)"', refused)
    assert sign_in(browser, where=way_in).location == page
