"""The counter beside an answer: what it leaves out, and that it is never in the way."""

from __future__ import annotations

import logging

import pytest

from ivr.app import create_app
from ivr.config import read_settings
from ivr.simulator.leg import ACCOUNT
from ivr.webhooks.counting import TEST_ACCOUNT
from tests.cast import TOKEN, helpline
from tests.database.line import CALLER, Memory, Relay, counted_app
from tests.webhooks.test_webhooks import BASE, FORM, post


@pytest.fixture(scope="module")
def relay():
    return Relay()


@pytest.fixture(scope="module")
def line(relay):
    """The line as callers reach it: no demo."""
    settings = read_settings({"TWILIO_AUTH_TOKEN": TOKEN, "PUBLIC_URL": BASE}, helpline().desks)
    return create_app(helpline(), settings, relay).test_client()


@pytest.fixture
def memory(relay):
    relay.to = Memory()
    return relay.to


def test_a_call_is_counted(line, memory):
    post("/voice", client=line)
    assert sum(memory.of("call").values()) == 1


def test_the_test_account_is_the_telephones_own_and_is_not_counted(line, memory):
    assert ACCOUNT == TEST_ACCOUNT
    post("/voice", {**FORM, "AccountSid": ACCOUNT}, client=line)
    post("/voice/fallback", {**FORM, "AccountSid": ACCOUNT}, client=line)
    assert not memory.amounts


def test_a_stranger_is_not_counted(line, memory):
    line.post("/voice", data=FORM)
    post("/voice", token="another token", client=line)
    assert not memory.amounts


def test_a_retry_is_not_counted_again(line, memory):
    token = {"I-Twilio-Idempotency-Token": "1d0e4bb9-3e4c-4a2f-8a4e-0b1f0c6d5e21"}
    for _ in range(3):
        post("/voice", client=line, **token)
    assert sum(memory.of("call").values()) == 1
    post("/voice", client=line, **{"I-Twilio-Idempotency-Token": "another"})
    assert sum(memory.of("call").values()) == 2


@pytest.mark.parametrize(
    ("path", "form"),
    [
        (f"/voice/{CALLER[1:]}/main/keys", {"Digits": "1"}),
        (f"/voice/en/{CALLER[1:]}/keys", {"Digits": "1"}),
        (f"/voice/en/desk.{CALLER[1:]}/dialled", {"DialCallStatus": CALLER}),
        (f"/voice/en/desk.fresc/dialled?tried={CALLER[1:]}", {"DialCallStatus": CALLER}),
        (f"/voice/en/main/keys?origin={CALLER[1:]}", {"Digits": CALLER}),
        ("/voice/-/languages/keys", {"Digits": CALLER}),
    ],
)
def test_nothing_that_a_request_says_becomes_a_name(line, memory, path, form):
    post(path, {**FORM, **form}, client=line)
    assert not any("12345" in each.name for each in memory.amounts)


def test_the_fallback_is_counted_as_an_error(line, memory):
    post("/voice/fallback", {**FORM, "ErrorCode": "11200", "ErrorUrl": f"{BASE}/voice/ja/papers/show"}, client=line)
    assert memory.of("error") == {"fallback": 1}
    assert memory.of("entered") == {}


def test_a_counter_that_fails_is_logged_and_the_caller_notices_nothing(caplog):
    class Broken(Memory):
        def count(self, *_events):
            raise RuntimeError(FORM["From"])

    with caplog.at_level(logging.INFO):
        answer = post("/voice/en/main/show", client=counted_app(Broken()).test_client())
    assert answer.status_code == 200
    assert answer.text == post("/voice/en/main/show", client=counted_app(Memory()).test_client()).text
    assert "not counted: RuntimeError" in caplog.text
    assert "9012345678" not in caplog.text
