"""A browser of somebody who works for the line, and of a stranger."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from itertools import count

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import NUMBERS, app, helpline

PASSWORD = "a password of the staff"
SECRET = "a secret of the tests, and long enough"
STAFF = {"CONSOLE_PASSWORD": PASSWORD, "SECRET_KEY": SECRET}
SETTINGS = {**NUMBERS, "CONSOLE_PASSWORD": PASSWORD}
ADDRESSES = count(1)


@cache
def _app() -> Flask:
    return app(helpline(), SETTINGS)


def stranger(served: Flask | None = None) -> FlaskClient:
    """From an address of their own, so that nobody waits for what another one guessed."""
    browser = (served or _app()).test_client()
    browser.environ_base["REMOTE_ADDR"] = f"192.0.2.{next(ADDRESSES)}"
    return browser


def token(page: TestResponse) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]


def sign_in(
    browser: FlaskClient, password: str = PASSWORD, where: str = "/console/sign-in", *, name: str = "", **options
) -> TestResponse:
    form = {"csrf_token": token(browser.get(where, **options)), "name": name, "password": password}
    return browser.post(where, data=form, **options)


def text_of(page: TestResponse) -> str:
    """What is read on a page, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page.text)).split())
