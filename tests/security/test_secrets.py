"""Nothing that is logged or answered names a caller or a secret, however much is logged and whatever breaks."""

from __future__ import annotations

import io
import logging
from dataclasses import replace

import pytest
from twilio.request_validator import RequestValidator

from ivr.config import SettingsError, read_settings
from ivr.front import MAX_REQUEST_BYTES
from ivr.logs import JsonLines
from ivr.simulator import Call, WsgiTransport
from tests.cast import LINE, app, helpline
from tests.database.line import Memory
from tests.security.line import CALLER, FORM
from tests.webhooks.test_sound import path_of
from tests.webhooks.test_webhooks import BASE, URL

CALL_SID = "CA" + "7" * 32
SECRETS = {
    "TWILIO_AUTH_TOKEN": "s3cr3t-token-one, s3cr3t-token-two",
    "DATABASE_URL": "postgres://ivr:s3cr3t-in-the-database@127.0.0.1:1/ivr",
    "CONSOLE_PASSWORD": "s3cr3t-of-the-console",
    "SECRET_KEY": "s3cr3t-key" * 4,
    "CINGA_PHONE": "+999332228765",
    "FRESC_PHONE": "+999570338765",
}
FORM_OF_A_CALLER = {"From": CALLER, "CallSid": CALL_SID, "Digits": "13131313", "FromCity": "CITY OF THE CALLER"}
NEVER = ["s3cr3t", CALLER[1:], CALLER[4:], "7777777", "13131313", "CITY OF", "12345678", "28765", "38765"]


@pytest.fixture
def log():
    """All that would be written, at the most talkative, as `ivr serve` writes it."""
    written = logging.StreamHandler(io.StringIO())
    written.setFormatter(JsonLines())
    root = logging.getLogger()
    before = root.level
    root.addHandler(written)
    root.setLevel(logging.DEBUG)
    yield written.stream
    root.removeHandler(written)
    root.setLevel(before)


class Broken(Memory):
    def count(self, *_events):
        raise RuntimeError(f"{CALLER} {SECRETS}")


def clean(text: str) -> None:
    assert not [word for word in NEVER if word in text]


def post(client, path: str, form=FORM_OF_A_CALLER, *, token: str = "s3cr3t-token-two", **options):
    signature = RequestValidator(token).compute_signature(BASE + path, form)
    headers = {"X-Twilio-Signature": signature, **options}
    return client.post(path, data=form, headers=headers, content_type=FORM)


def test_a_whole_call_leaves_no_trace_of_the_caller(log):
    served = app(helpline(), {**SECRETS, "LOG_WEBHOOKS": "yes"}, Memory())
    made = Call(WsgiTransport(served), URL, token="s3cr3t-token-one", to=LINE, from_=CALLER, portable=True)
    made.start().press("02").press("1").press("2").press("9").press("8").wait().press("0")
    made.hang_up()
    assert "answered" in log.getvalue()
    clean(log.getvalue())


def fail(*_given, **_options):
    raise RuntimeError(f"{FORM_OF_A_CALLER} {SECRETS}")


# What is broken, and what is asked for then.
ERRORS = {
    "a stranger": (None, lambda client: post(client, "/voice", token="another"), 403),
    "no such page": (None, lambda client: client.get(f"/nothing/{CALLER}?From={CALLER}"), 404),
    "another method": (None, lambda client: client.get(f"/voice?From={CALLER}"), 405),
    "too large": (None, lambda client: post(client, "/voice", {"From": CALLER * MAX_REQUEST_BYTES}), 413),
    "a file": (None, lambda client: client.post("/voice", data={"f": (io.BytesIO(b"13131313"), CALLER)}), 415),
    "the engine": ("ivr.webhooks.routes.respond", lambda client: post(client, "/voice/en/papers/keys"), 200),
    "the signature": ("ivr.webhooks.signature._signed", lambda client: post(client, "/voice"), 500),
    "the sounds": ("ivr.webhooks.sounds._kept", lambda client: client.get(path_of(helpline())), 500),
    "the fallback": ("ivr.webhooks.routes.parse_url", lambda client: post(client, "/voice/fallback"), 500),
    "Twilio's fallback": (
        None,
        lambda client: post(
            client, "/voice/fallback", {**FORM_OF_A_CALLER, "ErrorCode": CALLER, "ErrorUrl": f"{URL}?From={CALLER}"}
        ),
        200,
    ),
}


@pytest.mark.parametrize("case", ERRORS)
def test_an_error_tells_nothing_of_a_caller_or_a_secret(case, log, monkeypatch):
    broken, ask, status = ERRORS[case]
    client = app(helpline(), SECRETS, Broken()).test_client()
    if broken:
        monkeypatch.setattr(broken, fail)
    answer = ask(client)
    assert answer.status_code == status
    assert status in (404, 405, 413, 415) or log.getvalue()
    assert "Traceback" not in answer.text
    clean(answer.text)
    clean(log.getvalue())


def test_what_a_line_knows_can_be_printed_without_telling_its_secrets():
    settings = read_settings(SECRETS, helpline().desks, demo=True)
    clean(repr(settings))
    clean(str(replace(settings, port=1)))


WRONG = {
    "TWILIO_AUTH_TOKEN": "s3cr3t,s3cr3t-b,s3cr3t-c",
    "PUBLIC_URL": "https://ivr:s3cr3t@line.example.org",
    "AUDIO_URL": "https://cdn.example.org/?key=s3cr3t",
    "DATABASE_URL": "s3cr3t",
    "CALLER_ID": CALLER[1:],
    "LINE_NUMBER": CALLER[1:],
    "FRESC_PHONE": "0570-338765",
    "LOG_WEBHOOKS": "s3cr3t",
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_setting_is_named_without_what_stands_there(name):
    right = {"TWILIO_AUTH_TOKEN": "x", "PUBLIC_URL": "https://line.example.org"}
    with pytest.raises(SettingsError) as raised:
        read_settings({**right, name: WRONG[name]}, helpline().desks)
    assert name in str(raised.value)
    clean(str(raised.value))
