"""A line under a public address, an account that fits it, and the commands that are typed."""

from __future__ import annotations

from functools import cache

import pytest
from click.testing import CliRunner
from flask import Flask

from ivr.account import rest, ringing
from ivr.app import create_app
from ivr.cli.main import group
from ivr.config import read_settings
from ivr.errors import HelplineError
from ivr.simulator import WsgiTransport
from tests.account.stub import SID, TOKEN, ToTheStub, Twilio, country, number, served
from tests.cast import LINE, NUMBERS, ROOT, confirmed, helpline

PUBLIC_URL = "https://line.example.org"
SETTINGS = {
    "TWILIO_ACCOUNT_SID": SID,
    "TWILIO_AUTH_TOKEN": TOKEN,
    "PUBLIC_URL": PUBLIC_URL,
    "CALLER_ID": LINE,
    **NUMBERS,
}
WIRED = {
    "voice_url": f"{PUBLIC_URL}/voice",
    "voice_fallback_url": f"{PUBLIC_URL}/voice/fallback",
    "status_callback": f"{PUBLIC_URL}/voice/status",
}


@cache
def line_with(tokens: str) -> Flask:
    settings = read_settings({**SETTINGS, "TWILIO_AUTH_TOKEN": tokens}, helpline().desks)
    return create_app(confirmed(), settings)


@pytest.fixture
def twilio():
    """An account in which everything fits."""
    return Twilio(
        numbers=[number(**WIRED)],
        countries=[country("XN", "Nowhere", "+999", ordinary=True), country("JP", "Japan", "+81", ordinary=False)],
    )


@pytest.fixture
def environ(monkeypatch):
    """The settings of the line, which a test may change before it types."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("IVR_HELPLINE", str(ROOT / "prompts"))
    monkeypatch.delenv("FALLBACK_URL", raising=False)
    monkeypatch.setattr("ivr.cli.twilio.load_helpline", lambda _: helpline())
    return monkeypatch


@pytest.fixture
def ivr(twilio, environ):
    """Types a command and returns what it printed, with its exit status; nothing waits."""
    environ.setattr("ivr.cli.twilio.HttpTransport", lambda: WsgiTransport(line_with(TOKEN)))
    environ.setattr(ringing.time, "sleep", lambda _: None)
    with served(twilio) as address:
        environ.setattr(rest, "_http", lambda: ToTheStub(address))

        def type_(typed: list[str], answer: str = "") -> tuple[int, str]:
            result = CliRunner().invoke(group, ["twilio", *typed], input=answer)
            if isinstance(result.exception, HelplineError):
                return 1, f"{result.output}{result.exception}"
            assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
            return result.exit_code, result.output

        yield type_
