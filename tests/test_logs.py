"""The log: a JSON object in each line, and what is never in one."""

from __future__ import annotations

import json
import logging

import pytest
import requests
from twilio.request_validator import RequestValidator

from ivr.logs import JsonLines, PlainLines
from tests.database.line import sqlite_url
from tests.served import PATIENCE, Server

SECRET = "+999012345678"


def record(message: str = "said", error: Exception | None = None, **fields) -> logging.LogRecord:
    raised = (type(error), error, error.__traceback__) if error else None
    made = logging.LogRecord("ivr.webhooks", logging.WARNING, "file.py", 1, message, (), raised)
    made.created = 1763949599.987
    if fields:
        made.fields = fields
    return made


def caught() -> Exception:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        return error


def test_a_line_is_one_object_with_the_time_in_whole_seconds():
    line = JsonLines().format(record("one\ntwo\x1b[31m", status=200))
    assert "\n" not in line
    assert "\x1b" not in line
    told = json.loads(line)
    assert told.pop("worker") > 0
    assert told == {
        "time": "2025-11-24T01:59:59+00:00",
        "level": "warning",
        "from": "ivr.webhooks",
        "message": "one\ntwo\x1b[31m",
        "status": 200,
    }


@pytest.mark.parametrize("lines", [JsonLines(), PlainLines()])
def test_an_error_is_told_by_its_kind_and_place_and_not_by_its_words(lines):
    line = lines.format(record(error=caught()))
    assert "ValueError" in line
    assert "test_logs.py" in line
    assert "caught" in line
    assert SECRET not in line


@pytest.mark.parametrize("lines", [JsonLines(), PlainLines()])
def test_a_message_without_end_is_cut(lines):
    assert len(lines.format(record("x" * 100_000))) < 2200


@pytest.mark.parametrize("lines", [JsonLines(), PlainLines()])
def test_what_came_with_an_error_is_told_beside_it(lines):
    line = lines.format(record(error=caught(), status=503))
    assert "503" in line
    assert "ValueError" in line


@pytest.fixture
def line(tmp_path):
    with Server(TWILIO_AUTH_TOKEN="x", DATABASE_URL=sqlite_url(tmp_path), LOG_WEBHOOKS="yes") as server:
        yield server.until_ready()


def test_a_server_tells_all_it_has_to_tell_as_json_and_never_who_called(line):
    """Its own lines, gunicorn's, and with LOG_WEBHOOKS one for each webhook."""
    form = {"From": SECRET, "CallSid": "CA" + "7" * 32, "Digits": "2"}
    for path in ("/voice/en/papers/keys?tries=1", "/voice"):
        signature = RequestValidator("x").compute_signature(line.url + path, form)
        headers = {"X-Twilio-Signature": signature}
        assert requests.post(line.url + path, data=form, headers=headers, timeout=PATIENCE).ok
    requests.post(f"{line.url}/voice", data=form, timeout=PATIENCE)
    line.kill_workers()
    line.until_ready()
    written = line.stop()
    told = [json.loads(text) for text in written.splitlines()]
    answered = [(each["webhook"], each["status"]) for each in told if each["message"] == "answered"]
    assert answered == [("keys", 200), ("voice", 200)]
    assert all(each.keys() >= {"time", "level", "from", "worker", "ms"} for each in told if "webhook" in each)
    assert any(each["message"].startswith("refused") for each in told)
    gunicorns = " ".join(each["message"] for each in told if each["from"] == "gunicorn.error")
    assert all(f"pid:{worker}" in gunicorns for worker in line.killed)
    for word in (SECRET, SECRET[1:], "7777777", "Digits", "papers", "/voice/en", "t=1", "127.0.0.1 - -"):
        assert word not in written
