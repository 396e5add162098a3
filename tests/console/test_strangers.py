"""A stranger is turned away at every address of the console and of the telephone, and told nothing."""

from __future__ import annotations

import pytest

from tests.cast import NUMBERS, TOKEN, app, helpline, loaded
from tests.staff import SETTINGS, sign_in, stranger

APP = stranger().application
RULES = [rule for rule in APP.url_map.iter_rules() if rule.rule.startswith(("/console", "/phone"))]
OPEN = {"staff.sign_in", "staff.invitation"}  # for whoever isn't signed in: tests/console/test_roles.py tries them
CASES = [(rule, method) for rule in RULES if rule.endpoint not in OPEN for method in sorted(rule.methods)]
WAY_IN = "/console/sign-in"


def address(rule) -> str:
    """With something in each of its places."""
    values = dict.fromkeys(rule.arguments, "1")
    return APP.url_map.bind("localhost").build(rule.endpoint, values)


def test_there_are_pages_to_guard():
    assert {"/console/", "/console/desks", "/console/sign-out", "/phone", "/phone/call", WAY_IN} <= {
        rule.rule for rule in RULES
    }


@pytest.mark.parametrize(("rule", "method"), CASES, ids=lambda value: str(getattr(value, "rule", value)))
def test_a_stranger_is_turned_away(rule, method):
    browser, path = APP.test_client(), address(rule)
    answer = browser.open(path, method=method)
    if method in ("GET", "HEAD") or answer.status_code == 405:
        assert answer.status_code in (302, 405)
        assert answer.location == f"{WAY_IN}?next={path}" or answer.status_code == 405
    else:
        assert answer.status_code == 403
    for word in (*helpline().desks, "csrf_token", *helpline().languages):
        assert f">{word}<" not in answer.text


@pytest.mark.parametrize(
    "path", ["/console", "/console/nothing", "/console/desks/cinga", "/console/sign-in/x", "/phone/", "/phone/x"]
)
def test_not_even_a_wrong_address_answers_a_stranger(path):
    assert stranger().get(path).location == f"{WAY_IN}?next={path}"
    assert stranger().post(path).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/console/", "/console/desks", "/phone", "/phone/call", WAY_IN])
def test_other_methods_are_refused_to_everybody(path, method):
    browser = stranger()
    assert browser.open(path, method=method).status_code in (403, 405)
    sign_in(browser)
    assert browser.open(path, method=method).status_code == 405


def test_an_address_added_by_another_room_is_guarded_too():
    served = app(helpline(), SETTINGS)
    served.add_url_rule("/console/added", view_func=lambda: "secret")
    assert served.test_client().get("/console/added").status_code == 302


def test_a_session_of_somebody_elses_making_is_none():
    browser = stranger()
    for forged in ("", "1", "e30.aaaa.bbbb", "eyJzdGFmZiI6IiJ9.aQ.aa"):
        browser.set_cookie("staff", forged)
        assert browser.get("/console/").status_code == 302


def test_without_a_password_there_is_no_console():
    from ivr.app import create_app
    from ivr.config import read_settings

    environ = {"TWILIO_AUTH_TOKEN": TOKEN, "PUBLIC_URL": "https://line.example.org", **NUMBERS}
    browser = create_app(loaded(), read_settings(environ, helpline().desks)).test_client()
    for path in ("/console", "/console/", "/console/sign-in", "/console/desks", "/phone", "/phone/call"):
        assert browser.get(path).status_code == 404


def test_a_demo_without_a_password_is_open_to_whoever_sits_at_the_machine():
    browser = app(helpline(), NUMBERS).test_client()
    page = browser.get("/console/")
    assert page.status_code == 200
    assert "sign-out" not in page.text
    assert "Set-Cookie" not in page.headers


def test_calls_and_clips_need_no_session_and_get_none():
    browser = stranger()
    sign_in(browser)
    for path in ("/health", "/audio/en/nothing.wav", "/static/staff.css"):
        with browser.get(path) as answer:
            assert "Set-Cookie" not in answer.headers
    assert stranger().post("/voice").status_code == 403  # signed by nobody; no token of a form is asked for
