"""Forged webhooks: refused with 403, and nothing is counted."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

import pytest

from ivr.simulator import sign
from tests.cast import TOKEN
from tests.security.line import CALL, FORM, PUBLIC, counted, post, signature

PATH = "/voice/en/papers/keys"
GENUINE = signature(PATH)["X-Twilio-Signature"]
BODY = json.dumps(CALL)
BODY_PATH = f"/voice?bodySHA256={hashlib.sha256(BODY.encode()).hexdigest()}"


def sha256_signature() -> str:
    text = PUBLIC + PATH + "".join(name + CALL[name] for name in sorted(CALL))
    return base64.b64encode(hmac.new(TOKEN.encode(), text.encode(), hashlib.sha256).digest()).decode()


# What is forged: where it is sent, the signature (None: there is no such header), and what else is sent.
FORGERIES = {
    "no signature": (PATH, None, {}),
    "an empty one": (PATH, "", {}),
    "a wrong one": (PATH, "x" * 28, {}),
    "one that is no base64": (PATH, "💥", {}),
    "half of it": (PATH, GENUINE[:14], {}),
    "more than it": (PATH, f"{GENUINE}=", {}),
    "two of them": (PATH, f"{GENUINE},{GENUINE}", {}),
    "in other letters": (PATH, GENUINE.swapcase(), {}),
    "with another token": (PATH, sign("another", PUBLIC + PATH, CALL), {}),
    "with an empty token": (PATH, sign("", PUBLIC + PATH, CALL), {}),
    "with both tokens of a rotation as one": (PATH, sign(f"{TOKEN},new", PUBLIC + PATH, CALL), {}),
    "of another path": ("/voice/en/booking/keys", GENUINE, {}),
    "of the same path, longer": (f"{PATH}/", GENUINE, {}),
    "of the same path, escaped": ("/voice/en/paper%73/keys", GENUINE, {}),
    "of no query": (f"{PATH}?heard=fresc", GENUINE, {}),
    "of another query": (f"{PATH}?tries=2", sign(TOKEN, f"{PUBLIC}{PATH}?tries=1", CALL), {}),
    "of an address by http": (PATH, sign(TOKEN, f"http://line.example.org{PATH}", CALL), {}),
    "of another port": (PATH, sign(TOKEN, f"{PUBLIC}:8443{PATH}", CALL), {}),
    "of another host": (PATH, sign(TOKEN, f"https://evil.example{PATH}", CALL), {}),
    "of another key": (PATH, GENUINE, {"data": {**CALL, "Digits": "1"}}),
    "of more parameters": (PATH, GENUINE, {"data": {name: CALL[name] for name in CALL if name != "To"}}),
    "of a parameter's other name": (PATH, GENUINE, {"data": {**CALL, "to": "+999000"}}),
    "of other bounds between name and value": (PATH, sign(TOKEN, PUBLIC + PATH, {"ab": "c"}), {"data": {"a": "cb"}}),
    "of a GET": (PATH, sign(TOKEN, PUBLIC + PATH, {}), {}),
    "of a GET, parameters in the query": (f"{PATH}?Digits=1", sign(TOKEN, PUBLIC + PATH, {"Digits": "1"}), {}),
    "of nothing, with a body of JSON": (PATH, sign(TOKEN, PUBLIC + PATH, {}), {"json": CALL}),
    "of nothing, with no body": (PATH, sign(TOKEN, PUBLIC + PATH, {}), {"data": ""}),
    "of the body's hash": (BODY_PATH, sign(TOKEN, PUBLIC + BODY_PATH, {}), {"json": CALL}),
    "of the body's hash, which is another's": (
        "/voice?bodySHA256=" + "0" * 64,
        sign(TOKEN, PUBLIC + "/voice?bodySHA256=" + "0" * 64, {}),
        {"json": CALL},
    ),
    "a form that calls itself text": (PATH, GENUINE, {"content_type": "text/plain"}),
    "by another method of hashing": (PATH, sha256_signature(), {}),
    "by another method, as its header asks": (
        PATH,
        sha256_signature(),
        {"headers": {"X-Twilio-Webhooks-Signature-Settings": "key=1,algorithm=HMAC_SHA256"}},
    ),
    "by no method": (
        PATH,
        GENUINE[::-1],
        {"headers": {"X-Twilio-Webhooks-Signature-Settings": "key=1,algorithm=none"}},
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_is_refused_and_not_counted(forgery):
    path, sent, options = FORGERIES[forgery]
    client, memory = counted()
    headers = {**options.get("headers", {}), **({} if sent is None else {"X-Twilio-Signature": sent})}
    body = {"data": CALL, **options} if "json" not in options else options
    answer = client.post(path, **{**body, "headers": headers})
    assert answer.status_code == 403
    assert b"<Response" not in answer.data
    assert not memory.amounts


def test_what_the_forgeries_were_made_of_is_genuine():
    """Else they would be refused for another reason."""
    client, memory = counted()
    assert post(client, PATH).status_code == 200
    assert client.post(PATH, data=CALL, content_type=FORM, headers=signature(PATH)).status_code == 200
    assert post(client, "/voice").status_code == 200
    assert memory.of("call")


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["/voice", PATH, "/voice/fallback", "/voice/status"])
def test_only_a_post_is_heard_however_well_it_is_signed(path, method):
    client, memory = counted()
    answer = client.open(path, method=method, headers=signature(path, {}))
    assert answer.status_code == (403 if method == "OPTIONS" else 405)
    assert b"<Response" not in answer.data
    assert not memory.amounts
