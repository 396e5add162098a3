"""What holds for every request and answer: whose address counts, what is too large, what is logged."""

from __future__ import annotations

import logging
from functools import cache
from inspect import iscoroutinefunction
from io import BytesIO

import pytest
from flask import request

from ivr.front import MAX_REQUEST_BYTES
from tests.cast import helpline
from tests.security.line import CALL, CALLER, FORM, post, public_app, signature
from tests.webhooks.test_sound import path_of

FORWARDED = "192.0.2.1, 198.51.100.2, 203.0.113.3"


@cache
def line():
    return public_app().test_client()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        ("", FORWARDED, "127.0.0.1"),
        ("0", FORWARDED, "127.0.0.1"),
        ("1", FORWARDED, "203.0.113.3"),
        ("2", FORWARDED, "198.51.100.2"),
        ("3", FORWARDED, "192.0.2.1"),
        ("4", FORWARDED, "127.0.0.1"),  # more than there are: none of it was added by ours
        ("1", "", "127.0.0.1"),
        ("1", "2001:db8::7", "2001:db8::7"),
    ],
)
def test_the_address_of_who_asks_is_that_many_proxies_away_and_nothing_else_is_taken_from_them(
    proxies, forwarded, seen
):
    served = public_app(TRUSTED_PROXIES=proxies)
    served.add_url_rule("/who", view_func=lambda: f"{request.remote_addr} {request.url}")
    others = {"Host": "inside", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    others |= {"X-Forwarded-Port": "1", "X-Forwarded-Prefix": "/evil"}
    answer = served.test_client().get("/who", headers={"X-Forwarded-For": forwarded, **others})
    assert answer.text == f"{seen} http://inside/who"


def rules() -> list[tuple[str, str]]:
    """Every address of the line, with something in each of its places, and each of its methods."""
    served = line().application
    bound = served.url_map.bind("localhost")
    found = []
    for rule in served.url_map.iter_rules():
        path = bound.build(rule.endpoint, dict.fromkeys(rule.arguments, "1"), method=min(rule.methods - {"OPTIONS"}))
        found += [(path, method) for method in sorted(rule.methods)]
    return found


@pytest.mark.parametrize(("path", "method"), rules())
def test_no_address_takes_a_file(path, method):
    file = {"file": (BytesIO(b"x"), "evil.wav")}
    answer = line().open(path, method=method, data={**CALL, **file}, headers=signature(path))
    assert answer.status_code == 415
    assert b"evil" not in answer.data


def test_a_file_is_refused_however_its_type_is_written():
    assert line().post("/health", data=b"x", content_type=" Multipart/Form-Data; boundary=x").status_code == 415


@pytest.mark.parametrize("path", ["/voice", "/voice/en/papers/keys", "/voice/fallback", "/voice/status"])
def test_a_body_that_is_too_large_is_not_read(path):
    form = {**CALL, "Digits": "1" * 64 * 1024}
    assert post(line(), path, form).status_code == 413
    assert post(line(), path, {**CALL, "Digits": "1" * 1000}).status_code in (200, 204)


def test_a_body_without_a_length_is_not_read_further_either():
    """As gunicorn hands on what was sent in chunks."""
    body = BytesIO(b"Digits=" + b"1" * 10 * MAX_REQUEST_BYTES)
    options = {"input_stream": body, "content_type": FORM, "environ_overrides": {"wsgi.input_terminated": True}}
    assert line().post("/voice", headers=signature("/voice"), **options).status_code in (403, 413)
    assert body.tell() <= MAX_REQUEST_BYTES


@pytest.mark.parametrize("path", ["/audio/en/free.0123456789ab.wav", "/health", "/ready", "/cards"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_refused(path, method):
    assert line().open(path, method=method).status_code == 405


@pytest.mark.parametrize(
    "path", ["/", "/voice", "/health", "/cards", "/cards/static/cards.css", "/nothing", "/audio/x"]
)
def test_every_answer_is_what_it_says_it_is(path):
    with line().get(path) as answer:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Server" not in answer.headers
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["clip", "/health", "/ready", "/voice"])
def test_nothing_that_a_call_needs_has_a_limit(path):
    """500 in a row from one address, which at the line is always the proxy's or Twilio's."""
    path = path_of(helpline()) if path == "clip" else path
    signed = signature(path)
    send = (lambda: line().post(path, data=CALL, headers=signed)) if path == "/voice" else (lambda: line().get(path))
    for _ in range(500):
        with send() as answer:
            assert answer.status_code == 200


def watched(caplog, environ: dict[str, str]) -> list[dict]:
    with caplog.at_level(logging.INFO, "ivr.front"):
        client = public_app(**environ).test_client()
        caplog.clear()
        post(client, "/voice/en/papers/keys?heard=fresc", {**CALL, "Digits": "2"})
        client.get("/health")
        client.get(path_of(helpline()))
        return [record.fields for record in caplog.records]


def test_no_line_is_logged_of_a_call_unless_it_is_asked_for(caplog):
    assert watched(caplog, {}) == []
    (fields,) = watched(caplog, {"LOG_WEBHOOKS": "yes"})
    assert fields.pop("ms") >= 0
    assert fields == {"webhook": "keys", "status": 200}


def test_a_slow_answer_is_always_logged(caplog, monkeypatch):
    monkeypatch.setattr("ivr.front.SLOW_MS", 0)
    (fields,) = watched(caplog, {})
    assert fields["webhook"] == "keys"
    assert [(record.levelname, record.message) for record in caplog.records] == [("WARNING", "slow answer")]


def test_a_strangers_words_are_not_logged_and_not_each_of_their_requests(caplog):
    client = public_app(LOG_WEBHOOKS="yes").test_client()
    with caplog.at_level(logging.INFO, "ivr.front"):
        client.post("/voice/en/papers/keys", data=CALL)
        client.post("/voice", data={"Digits": "1" * MAX_REQUEST_BYTES})
        assert not [record for record in caplog.records if record.name == "ivr.front"]
        post(client, "/voice/en/papers/+999012345678")
    assert caplog.records[-1].fields["webhook"] == "other"
    assert CALLER not in caplog.text


def test_an_error_of_ours_is_logged_without_the_address(caplog):
    served = public_app()
    served.add_url_rule("/fails/<name>", view_func=lambda **_place: 1 / 0)
    assert served.test_client().get(f"/fails/{CALLER}").status_code == 500
    assert "a request ended in an error of ours" in caplog.messages
    assert not [message for message in caplog.messages if CALLER in message or "/fails" in message]


def test_nothing_that_answers_is_a_coroutine():
    """Flask is told not to look at each request."""
    app = public_app()
    hooks = [hook for by_room in (app.before_request_funcs, app.after_request_funcs) for hook in by_room.values()]
    found = [*app.view_functions.values(), *(hook for some in hooks for hook in some)]
    assert len(found) > 10
    assert not [function for function in found if iscoroutinefunction(function)]
