"""What is logged of a stranger: the address expected, the host seen, and little of it."""

from __future__ import annotations

import logging

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from ivr.webhooks.routes import log_refusal

PUBLIC = "https://line.example.org/line"
CALLER = "+999012345678"


def request(host: str = "inside:8000") -> Request:
    made = EnvironBuilder("/voice/en/papers/keys", query_string="h=fresc", method="POST", data={"From": CALLER})
    return Request({**made.get_environ(), "HTTP_HOST": host})


@pytest.fixture
def told(caplog):
    caplog.set_level(logging.INFO)
    return lambda: [record.getMessage() for record in caplog.records]


def test_the_address_expected_and_the_host_seen_are_told_and_no_parameter(told):
    log_refusal(request(), PUBLIC)
    (line,) = told()
    assert PUBLIC in line
    assert "'inside:8000'" in line
    for word in (CALLER, CALLER[1:], "papers", "fresc", "Digits", "From"):
        assert word not in line


def test_a_hostile_host_neither_ends_the_line_nor_fills_it(told):
    log_refusal(request("evil\n{}\r\x1b[31m\x00\u2028" + "x" * 5000), PUBLIC)
    (line,) = told()
    assert line.isprintable()
    assert line.isascii()
    assert len(line) < 400
