"""The three ways in which calls are signed: each with its own key, and none in place of another."""

from __future__ import annotations

import base64
import hmac
import logging
from functools import cache

import pytest

from ivr.simulator import sign
from tests.cast import TOKEN
from tests.security.line import CALL, PUBLIC, public_app

PATH, KEY = "/voice/en/main/keys", "the secret of a SharedKey"
SETTINGS = "X-Twilio-Webhooks-Signature-Settings"
SHA256 = {SETTINGS: "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"}


def sha256(key: str, url: str = PUBLIC + PATH) -> str:
    text = url + "".join(name + CALL[name] for name in sorted(CALL))
    return base64.b64encode(hmac.digest(key.encode(), text.encode(), "sha256")).decode()


@cache
def _client(environ: tuple[tuple[str, str], ...]):
    return public_app(**dict(environ)).test_client()


def status(headers: dict[str, str], **environ: str) -> int:
    return _client(tuple(environ.items())).post(PATH, data=CALL, headers=headers).status_code


SHARED = {"SIGNING_KEY": f"another one,{KEY}"}


def test_a_shared_key_signs_by_sha_256_beside_the_auth_token():
    assert status({"X-Twilio-Signature": sha256(KEY), **SHA256}, **SHARED) == 200
    assert status({"X-Twilio-Signature": sign(TOKEN, PUBLIC + PATH, CALL)}, **SHARED) == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Twilio-Signature": sha256(KEY)},
        {"X-Twilio-Signature": sha256(TOKEN), **SHA256},
        {"X-Twilio-Signature": sha256(""), **SHA256},
        {"X-Twilio-Signature": sign(KEY, PUBLIC + PATH, CALL)},
        {"X-Twilio-Signature": sign(TOKEN, PUBLIC + PATH, CALL), **SHA256},
        {"X-Twilio-Signature": sign(KEY, PUBLIC + PATH, CALL), SETTINGS: "algorithm=HMAC_SHA1"},
        {"X-Twilio-Signature": sha256(KEY), SETTINGS: "algorithm=HMAC_MD5"},
        {"X-Twilio-Signature": sha256(KEY, f"{PUBLIC}/voice"), **SHA256},
        {"X-SignalWire-Signature": sign(TOKEN, PUBLIC + PATH, CALL)},
    ],
)
def test_no_scheme_takes_the_key_of_another(headers, caplog):
    assert status(headers, **SHARED) == 403
    assert "MD5" not in caplog.text


def test_without_a_shared_key_none_is_taken():
    assert status({"X-Twilio-Signature": sha256(TOKEN), **SHA256}) == 403
    assert status({"X-Twilio-Signature": sha256(""), **SHA256}) == 403


SIGNALWIRE = {"CARRIER": "signalwire", "SIGNING_KEY": KEY}


def test_signalwire_signs_with_its_own_key_in_its_own_header():
    assert status({"X-SignalWire-Signature": sign(KEY, PUBLIC + PATH, CALL)}, **SIGNALWIRE) == 200
    assert status({"X-Twilio-Signature": sign(KEY, PUBLIC + PATH, CALL)}, **SIGNALWIRE) == 200  # `ivr call`
    assert status({"X-SignalWire-Signature": sign(TOKEN, PUBLIC + PATH, CALL)}, **SIGNALWIRE) == 403
    assert status({"X-SignalWire-Signature": sha256(KEY), **SHA256}, **SIGNALWIRE) == 403
    assert status({}, **SIGNALWIRE) == 403


def get(url: str, signature: str):
    return _client(()).get(url, headers={"X-Twilio-Signature": signature})


def test_a_number_that_calls_by_get_is_told_as_that_and_without_the_caller(caplog):
    caplog.set_level(logging.INFO)
    url = "/voice?CallSid=CA1&From=%2B9999098765432"
    assert get(url, sign(TOKEN, PUBLIC + url, {})).status_code == 405
    assert "a call came by GET and was refused: set the number at the carrier to HTTP POST" in caplog.text
    assert "9098765432" not in caplog.text


def test_a_stranger_who_looks_in_is_not_told(caplog):
    assert get("/voice?CallSid=CA1", "x").status_code == 405
    assert get("/voice", "").status_code == 405
    assert "by GET" not in caplog.text
