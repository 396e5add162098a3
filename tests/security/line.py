"""The line as the public meets it, with secrets and numbers of its own, and requests signed as Twilio signs them."""

from __future__ import annotations

from functools import cache

from flask import Flask
from flask.testing import FlaskClient

from ivr.app import create_app
from ivr.config import read_settings
from ivr.database.no_database import NO_DATABASE
from ivr.simulator import sign
from tests.cast import LINE, NUMBERS, TOKEN, confirmed, helpline
from tests.database.line import Memory, Relay

PUBLIC = "https://line.example.org"
CALLER = "+999012345678"
CALL = {"CallSid": "CA" + "5" * 32, "AccountSid": "AC" + "1" * 32, "From": CALLER, "To": LINE, "CallStatus": "ringing"}
FORM = "application/x-www-form-urlencoded"


def public_app(counts=NO_DATABASE, **environ: str) -> Flask:
    environ = {"TWILIO_AUTH_TOKEN": TOKEN, "PUBLIC_URL": PUBLIC, "CALLER_ID": LINE, **NUMBERS, **environ}
    return create_app(confirmed(), read_settings(environ, helpline().desks), counts)


@cache
def relay() -> Relay:
    return Relay()


@cache
def _counted() -> Flask:
    return public_app(relay())


def counted() -> tuple[FlaskClient, Memory]:
    """A line that counts where the test sees it."""
    relay().to = memory = Memory()
    return _counted().test_client(), memory


def signature(path: str, form=CALL, *, token: str = TOKEN, base: str = PUBLIC) -> dict[str, str]:
    return {"X-Twilio-Signature": sign(token, base + path, form)}


def post(client: FlaskClient, path: str, form=CALL, **headers: str):
    """A genuine request, unless these headers make another one of it."""
    return client.post(path, data=form, headers={**signature(path, form), **headers})
