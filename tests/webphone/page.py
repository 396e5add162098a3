"""The page of the telephone without a browser, and lines for it to call."""

from __future__ import annotations

from ivr.app import create_app
from ivr.config import read_settings
from ivr.webphone.calls import Telephone
from ivr.webphone.own_line import OwnLine
from tests.cast import BOTH_OPEN, LINE, NUMBERS, TOKEN, _app, helpline, loaded
from tests.staff import SECRET, STAFF, sign_in

REAL = {"TWILIO_AUTH_TOKEN": TOKEN, "PUBLIC_URL": "http://127.0.0.1:8000/ivr", "CALLER_ID": LINE, **NUMBERS}


def demo(**environ: str):
    return _app(tuple({**NUMBERS, "SECRET_KEY": SECRET, **environ}.items()))


def real_line(**environ: str):
    """The line as it is deployed, with a console."""
    settings = read_settings({**REAL, **STAFF, **environ}, helpline().desks)
    return create_app(loaded(), settings)


def at_work(app):
    """The browser of somebody who has signed in."""
    browser = app.test_client()
    sign_in(browser)
    return browser


class Page:
    """The page in a browser: it keeps the signed state and sends it with each action."""

    def __init__(self, app, at: str = BOTH_OPEN, browser=None) -> None:
        self.browser, self.turn = browser or app.test_client(), {}
        self.send(at=at)

    def send(self, **body):
        answer = self.browser.post("/phone/call", json=body, headers={"Origin": "http://localhost"})
        self.status, self.answer = answer.status_code, answer.get_json()
        if self.status == 200:
            self.turn = self.answer
        return self

    def does(self, action: str):
        return self.send(state=self.turn["state"], action=action)

    @property
    def heard(self) -> list[str]:
        return [sound["prompt"] for sound in self.turn["sounds"]]


def demo_settings(**environ: str):
    settings = {"TWILIO_AUTH_TOKEN": TOKEN, "SECRET_KEY": SECRET, **NUMBERS, **environ}
    return read_settings(settings, helpline().desks, demo=True)


def telephone() -> Telephone:
    settings = demo_settings()
    return Telephone(OwnLine(demo().wsgi_app, settings), settings)
