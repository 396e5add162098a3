"""A body read by hand says what Flask's own reading of it says."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from flask import Flask, request
from hypothesis import example, given
from hypothesis import settings as trials
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from ivr.webhooks.parameters import FORM, MOST, parameters
from tests.webhooks.test_webhooks import served

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]) | st.sampled_from("+ %&=;"), max_size=8)
# What a client may send where it should have encoded.
PIECES = [b"g", b"Digits", b"=", b"=", b"&", b"&", b"+", b"%", b"%2", b"%2B", b"%e3%81%82", "é".encode()]
BROKEN = [b"%ff", b"%e3", b"\xff", b"\xe3"]
RAW = st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join)
FORMS = st.lists(st.tuples(st.sampled_from(["Digits", "To", "a b"]) | TEXT, TEXT), max_size=8)
KINDS = st.sampled_from([FORM, f"{FORM}; charset=UTF-8", FORM.upper()])

READING = Flask("reading")


def both(body: bytes, kind: str = FORM) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """All values of each name: as they are read here, and as Flask reads them."""
    with READING.test_request_context("/", method="POST", data=body, content_type=kind):
        found = parameters(request)
        assert {name: found.get(name) for name in found} == dict(found)
        ours = {name: found.getall(name) for name in found}
    with READING.test_request_context("/", method="POST", data=body, content_type=kind):
        return ours, dict(request.form.lists())


@trials(deadline=None)
@given(FORMS, KINDS)
@example([("Digits", "1"), ("Digits", "2"), ("To", ""), ("To", "+999")], FORM)
def test_every_form_is_read_as_flask_reads_it(pairs, kind):
    ours, flasks = both(urlencode(pairs).encode(), kind)
    assert ours == flasks


@trials(deadline=None)
@given(FORMS)
@example([("b", "2"), ("a", ""), ("b", "1"), ("b", "2"), ("B", "x")])
def test_what_is_signed_is_what_twilios_library_signs(pairs):
    with READING.test_request_context("/", method="POST", data=urlencode(pairs).encode(), content_type=FORM):
        found = parameters(request)
    library = RequestValidator("token")
    assert library.compute_signature(f"https://x{found.signed()}", {}) == library.compute_signature("https://x", found)


@trials(max_examples=300, deadline=None)
@given(RAW)
@example(b"")
@example(b"&&a&=b&=&a=1=2")
def test_what_no_client_should_send_is_read_as_flask_reads_it(body):
    ours, flasks = both(body, FORM)
    assert ours == flasks


@trials(deadline=None)
@given(st.lists(st.sampled_from([*PIECES, *BROKEN]), max_size=30).map(b"".join))
@example(b"a=%ff&b=\xff")
def test_broken_utf_8_spoils_no_more_than_the_value_that_it_stands_in(body):
    ours, _ = both(body + b"&Digits=1&x=%ff\xff", FORM)
    assert ours["Digits"][-1] == "1"
    assert ours["x"] == ["\ufffd\ufffd"]


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/json", "text/plain", "", f"x{FORM}"])
def test_another_body_than_a_form_is_none(kind):
    with READING.test_request_context("/", method="POST", data=b"Digits=1", content_type=kind):
        assert parameters(request) is None


def test_more_parameters_than_twilio_ever_sends_are_not_sorted_for_a_stranger():
    for amount in (MOST, MOST + 1):
        with READING.test_request_context("/", method="POST", data="&".join("a" * amount), content_type=FORM):
            assert (parameters(request) is None) == (amount > MOST)


def test_no_value_is_none():
    with READING.test_request_context("/", method="POST", data=b"a=", content_type=FORM):
        found = parameters(request)
        assert (found.get("a", "x"), found.get("b", "x"), found.get("b")) == ("", "x", "")


@pytest.mark.parametrize("kind", [FORM, "application/json", ""])
def test_a_body_over_64_kilobytes_is_refused_whatever_it_is(kind):
    client = served().test_client()
    assert client.post("/voice", data=b"a=" + b"x" * 65_535, content_type=kind).status_code == 413
    assert client.post("/voice", data=b"a=" + b"x" * 65_000, content_type=kind).status_code == 403
