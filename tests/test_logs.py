"""The log: a JSON object in each line, and what is never in one."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from contextlib import suppress

import pytest
import requests
from twilio.request_validator import RequestValidator

from ivr.logs import EACH, LINES, MAX_WAITING, SECONDS, JsonLines, Limiter, PlainLines, WaitingLines
from tests.database.line import sqlite_url
from tests.served import PATIENCE, Server, environment, until

log = logging.getLogger("ivr.webhooks")
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
def limited(caplog):
    """All that is logged while the clock stands where the test puts it, and passes the limit."""
    clock = [0.0]
    caplog.handler.addFilter(limiter := Limiter(lambda: clock[0]))
    caplog.set_level(logging.INFO)
    yield caplog, clock
    caplog.handler.removeFilter(limiter)


def test_strangers_cannot_fill_the_disk(limited):
    """Whatever place in the code they make speak, and whichever words it has."""
    caplog, clock = limited
    for again in range(1000):
        log.warning("refused %d", again)
        logging.getLogger("some.library").error(f"no such path {again}")
    assert len(caplog.records) == 2 * LINES
    clock[0] += SECONDS
    log.error("another place in the code has lines of its own")
    assert len(caplog.records) == 2 * LINES + 1


def test_the_next_line_says_how_many_were_kept_back(limited):
    caplog, clock = limited
    for again in range(LINES + 8):
        if again == LINES + 7:
            clock[0] += SECONDS
        log.warning("refused")
    assert json.loads(JsonLines().format(caplog.records[-1]))["kept_back"] == 7
    assert "kept_back: 7" in PlainLines().format(caplog.records[-1])


def test_what_no_stranger_can_cause_has_no_limit(limited):
    for _ in range(100):
        log.info("answered", extra={"fields": {"ms": 1}, **EACH})
    assert len(limited[0].records) == 100


@pytest.fixture
def pipe():
    """A log, and where it can be read."""
    reader, writer = os.pipe()
    written = WaitingLines(writer)
    written.setFormatter(PlainLines())
    yield written, reader
    os.set_blocking(reader, False)
    read_all(reader)
    os.close(reader)


def read_all(reader: int) -> str:
    found = b""
    with suppress(BlockingIOError):
        while more := os.read(reader, 65536):
            found += more
    return found.decode()


def test_a_log_that_nobody_reads_holds_up_nobody_and_says_what_was_lost(pipe):
    written, reader = pipe
    sent = MAX_WAITING * 3
    for _ in range(sent):
        written.handle(record("x" * 200))
    os.set_blocking(reader, False)
    found = []

    def is_complete() -> bool:
        found.append(read_all(reader))
        lines = "".join(found).splitlines()
        lost = sum(int(line.split()[1]) for line in lines if "lines of the log are lost" in line)
        return lost > 0 and sum(line.startswith("WARNING") for line in lines) + lost == sent

    until(is_complete)


def test_all_is_written_before_the_process_ends_and_by_each_process_for_itself(tmp_path):
    code = """
import logging, os
from ivr.logs import PlainLines, write_log
write_log(PlainLines())
logging.getLogger("a").info("before")
if os.fork() == 0:
    logging.getLogger("b").info("child")
else:
    os.wait()
    logging.getLogger("c").info("parent")
"""
    run = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True)
    assert sorted(run.stderr.splitlines()) == ["INFO before", "INFO child", "INFO parent"]


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
    until(lambda: line.written().count("answered") == 2 and "refused" in line.written())  # a queue comes between
    line.kill_workers()
    line.until_ready()
    written = line.stop()
    told = [json.loads(text) for text in written.splitlines()]
    answered = [(each["webhook"], each["status"]) for each in told if each["message"] == "answered"]
    assert answered == [("keys", 200), ("voice", 200)]
    assert all(each.keys() >= {"time", "level", "from", "worker", "ms"} for each in told if "webhook" in each)
    assert [each["message"].partition(":")[0] for each in told].count("refused") == 1
    gunicorns = " ".join(each["message"] for each in told if each["from"] == "gunicorn.error")
    assert all(f"pid:{worker}" in gunicorns for worker in line.killed)
    for word in (SECRET, SECRET[1:], "7777777", "Digits", "papers", "/voice/en", "t=1", "127.0.0.1 - -"):
        assert word not in written


@pytest.fixture
def unread(tmp_path):
    """A line whose log is a pipe that nobody reads."""
    reader, writer = os.pipe()
    settings = {"TWILIO_AUTH_TOKEN": "x", "DATABASE_URL": sqlite_url(tmp_path), "LOG_WEBHOOKS": "yes"}
    with Server(**settings, WEB_CONCURRENCY="1", log=writer) as server:
        yield server.until_ready()
    os.close(reader)
    os.close(writer)


def test_a_line_whose_log_nobody_reads_answers_as_before_and_stops_when_told_to(unread):
    """Seen without the queue: dead after 394 webhooks, when the pipe is full."""
    signature = RequestValidator("x").compute_signature(f"{unread.url}/voice", {"Digits": "2"})
    with requests.Session() as twilio:
        for _ in range(1500):
            answer = twilio.post(
                f"{unread.url}/voice", {"Digits": "2"}, headers={"X-Twilio-Signature": signature}, timeout=PATIENCE
            )
            assert answer.ok
    unread.process.terminate()
    assert unread.process.wait(PATIENCE) == 0
