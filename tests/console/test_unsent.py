"""A form that comes too late: what was typed stays on the page, and is sent again once its writer has signed in."""

from __future__ import annotations

import re
from html import unescape

import pytest

from ivr.console.unsent import SECRET
from tests.cast import ROOT, app, helpline
from tests.database.line import sqlite_url
from tests.staff import SETTINGS, sign_in, stranger, text_of, token

FORM = {"state": "close", "span": "day", "day": "2098-12-24", "reason": "other", "note": '<b>"é&'}

WHERE = "/console/desks/cinga/change/check"


@pytest.fixture
def line(tmp_path):
    return app(helpline(), {**SETTINGS, "DATABASE_URL": sqlite_url(tmp_path)})


def hidden(page) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text)
    return {unescape(name): unescape(value) for name, value in found}


def test_what_was_typed_is_sent_again_after_signing_in(line):
    browser = stranger(line)
    sign_in(browser)
    form = {**FORM, "csrf_token": token(browser.get("/console/desks"))}
    browser.post("/console/sign-out", data={"csrf_token": form["csrf_token"]})
    refused = browser.post(WHERE, data=form)
    assert refused.status_code == 403
    assert "Sign in (in a new tab)" in text_of(refused)
    sign_in(browser)
    again = browser.post(WHERE, data=hidden(refused))
    assert again.status_code == 400
    assert hidden(again) == {**FORM, "csrf_token": token(again)}
    assert "2098-12-24" in text_of(again)
    assert "<b>" not in again.text
    assert "2098" not in browser.get("/console/desks").text
    assert browser.post(WHERE, data=hidden(again)).status_code == 303
    assert "2098" in browser.get("/console/desks").text


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_nothing_is_kept_of_what_another_site_sent(line, headers):
    browser = stranger(line)
    assert "2098" not in browser.post(WHERE, data=FORM, headers=headers).text
    sign_in(browser)
    assert "2098" not in browser.post(WHERE, data=FORM, headers=headers).text


def test_every_field_for_a_password_has_a_name_that_is_not_kept():
    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "ivr").rglob("*.html"))
    fields = re.findall(r'<input [^>]*type="password"[^>]*>', pages)
    names = [re.search(r' name="([^"]*)"', field)[1] for field in fields]
    assert len(names) >= 4
    assert [name for name in names if not SECRET.search(name)] == []


def test_no_password_is_kept(line):
    page = stranger(line).post("/console/sign-in", data={"password": "a secret", "new_password": "another"})
    assert page.status_code == 400
    assert not re.search("a secret|another", page.text)
