"""Webhooks as Twilio sends them, straight into an app of this process."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count, cycle
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from flask import Flask

from ivr.app import create_app
from ivr.audio.line import line_of
from ivr.config import read_settings
from ivr.content.loader import load_helpline
from ivr.database.database_thread import DatabaseThread
from ivr.simulator import sign
from ivr.webhooks import routes

ROOT = Path(__file__).parents[2]
TOKEN = "the token of the bench"
URL = "https://line.example"
# Whoever serves the public has the pages for staff too, and no webhook should pay for them.
STAFF = {"CONSOLE_PASSWORD": "the password of the bench", "SECRET_KEY": "0" * 64}
# A Tuesday at 11:00 in Japan, when all desks answer; in New York Monday evening, when one of the starter's does not.
MOMENT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)

# Twilio, "Request parameters": what comes with every webhook of a call; texts as long as real ones.
CALL = {
    "AccountSid": "AC0123456789abcdef0123456789abcdef",
    "ApiVersion": "2010-04-01",
    "CallSid": "CA0123456789abcdef0123456789abcdef",
    "CallStatus": "in-progress",
    "CallToken": '{"parentCallInfoToken":"' + "x" * 180 + '"}',
    "Direction": "inbound",
    **{f"{who}{what}": "" for who in ("Called", "Caller", "From", "To") for what in ("City", "State", "Zip")},
    **{f"{who}Country": "JP" for who in ("Called", "Caller", "From", "To")},
    "Called": "+999501110000",
    "Caller": "+9990001111",
    "From": "+9990001111",
    "To": "+999501110000",
}
KEY = {**CALL, "FinishedOnKey": "", "msg": "Gather End"}
DIALLED = {"DialCallStatus": "busy", "DialCallSid": "CA" + "1" * 32, "DialBridged": "false", "DialCallDuration": "0"}

TOKENS = count()


@dataclass(frozen=True)
class Webhook:
    """Its address below the public one, and its parameters."""

    target: str
    form: Mapping[str, str]

    def sent(self) -> Callable[[], dict[str, Any]]:
        """Makes WSGI environs of it, each as gunicorn makes them."""
        path, _, query = self.target.partition("?")
        body = urlencode(self.form).encode()
        environ = {
            "REQUEST_METHOD": "POST",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "RAW_URI": self.target,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "line.example",
            "HTTP_ACCEPT": "*/*",
            "HTTP_USER_AGENT": "TwilioProxy/1.1",
            "HTTP_X_TWILIO_SIGNATURE": sign(TOKEN, URL + self.target, self.form),
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded; charset=UTF-8",
            "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            "wsgi.input_terminated": True,
        }
        return lambda: {
            **environ,
            "wsgi.input": io.BytesIO(body),
            "HTTP_I_TWILIO_IDEMPOTENCY_TOKEN": f"{next(TOKENS):036}",
        }


WEBHOOKS = {
    "a call begins": Webhook("/voice", {**CALL, "CallStatus": "ringing"}),
    "a key in a menu": Webhook("/voice/en/papers/keys", {**KEY, "Digits": "1"}),
    "the person menu": Webhook("/voice/en/main/keys", {**KEY, "Digits": "0"}),
    "a desk was busy": Webhook("/voice/en/desk.fresc/dialled?heard=fresc", {**CALL, **DIALLED}),
}


def answered(app: Flask, environ: dict[str, Any]) -> tuple[str, bytes]:
    statuses: list[str] = []
    body = b"".join(app(environ, lambda status, _headers, _error=None: statuses.append(status)))
    return statuses[0], body


def microseconds(app: Flask, webhooks: Sequence[Webhook], requests: int) -> float:
    """CPU of one of so many requests, each webhook in turn; this process's other threads included."""
    makes = [webhook.sent() for webhook in webhooks]
    for webhook, make in zip(webhooks, makes, strict=True):
        status, _ = answered(app, make())
        if status != "200 OK":
            raise SystemExit(f"{webhook.target} answered {status}")
    environs = [make() for make, _ in zip(cycle(makes), range(requests), strict=False)]
    begun = time.process_time()
    for environ in environs:
        answered(app, environ)
    return (time.process_time() - begun) / requests * 1e6


@contextmanager
def line(folder: Path, database: Path) -> Iterator[Flask]:
    """The line as it is served, counting into SQLite, at a moment at which desks are open."""
    loaded = load_helpline(folder)
    helpline = replace(loaded, about=loaded.about.model_copy(update={"confirmed_on": MOMENT.date()}))
    numbers = {f"{desk.upper()}_PHONE": f"+99950222000{place}" for place, desk in enumerate(helpline.desks)}
    environ = {
        "TWILIO_AUTH_TOKEN": TOKEN,
        "PUBLIC_URL": URL,
        "DATABASE_URL": f"sqlite:///{database}",
        **numbers,
        **STAFF,
    }
    settings = read_settings(environ, helpline.desks)
    counts = DatabaseThread(helpline, settings.database_url, settings.counts_kept_days)
    now = routes._Webhooks._now

    def at_the_moment(*given: Any) -> datetime:
        now(*given)
        return MOMENT

    counts.start()
    try:
        with patch.object(routes._Webhooks, "_now", at_the_moment):
            yield create_app(line_of(helpline), settings, counts)
    finally:
        counts.stop()
