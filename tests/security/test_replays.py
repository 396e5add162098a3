"""A genuine request, seen by a stranger and sent again: a document, at most one count, and nothing dialled."""

from __future__ import annotations

import socket

import pytest

from tests.cast import BOTH_OPEN, NUMBERS, app, helpline
from tests.security.line import CALL, counted, post
from tests.webhooks.test_webhooks import post as post_to_demo

TOKEN_HEADER = {"I-Twilio-Idempotency-Token": "1d0e4bb9-3e4c-4a2f-8a4e-0b1f0c6d5e21"}
PATHS = ["/voice", "/voice/en/papers/show", "/voice/en/papers/keys", "/voice/fallback"]


@pytest.mark.parametrize("path", PATHS)
def test_a_replay_gets_the_same_document_and_nothing_else(path):
    client, _ = counted()
    first, again = post(client, path), post(client, path)
    assert first.status_code == again.status_code == 200
    assert first.data == again.data
    assert "Set-Cookie" not in again.headers


@pytest.mark.parametrize("path", PATHS)
def test_a_replay_with_twilios_token_is_not_counted_again(path):
    client, memory = counted()
    post(client, path, **TOKEN_HEADER)
    once = dict(memory.amounts)
    for _ in range(5):
        post(client, path, **TOKEN_HEADER)
    assert dict(memory.amounts) == once
    assert set(once.values()) <= {1}


def test_a_replay_without_it_is_counted_at_most_once_for_each_time_it_is_sent():
    """The token is not under the signature. docs/security.md tells what follows from that."""
    client, memory = counted()
    for sent in range(1, 4):
        post(client, "/voice")
        assert set(memory.amounts.values()) == {sent}


def test_the_status_of_a_call_adds_no_count_however_often_it_is_told():
    client, memory = counted()
    for _ in range(3):
        assert post(client, "/voice/status", {**CALL, "CallStatus": "completed"}).status_code == 204
    assert not memory.amounts


def test_the_line_itself_never_dials_it_answers_whoever_asks(monkeypatch):
    """A document that names a desk is words for Twilio; whoever else gets it, no telephone rings."""
    client = app(helpline(), NUMBERS).test_client()

    def refuse(*_address):
        raise AssertionError("the line connected to somebody")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    for _ in range(3):
        answer = post_to_demo("/voice/en/desk.fresc/dial?heard=fresc", {**CALL, "DemoClock": BOTH_OPEN}, client=client)
        assert "<Dial" in answer.text
