"""Whatever is asked for, of every page, signed in and not: no answer is an error, and none leads to another site."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from urllib.parse import urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import app, helpline
from tests.staff import PASSWORD, SETTINGS, sign_in, stranger

HERE = "127.0.0.1:8000"
ELSEWHERE = (
    "evil.example",
    "//evil.example/",
    "https://evil.example/console/",
    "/\\evil.example",
    "javascript:alert(1)",
)
NAMES = ("endpoint", "_method", "_external", "_scheme", "_anchor", "values", "self", "filename", "name")
READ = ("lang", "language", "state", "month", "at", "next", "table", "size")
VALUES = ("x", "FOO", "1", "", "2026-11", "9999-12", "2026-11-24T10:00", "en", "a" * 64, "\x00", "é", "%", *ELSEWHERE)
HOSTS = (HERE, "evil.example", "a" * 64, "a..b", "[::1", "a/b", "a b", "é", ":", "x:99999999", "", "[::1]:8000")

queries = st.lists(
    st.tuples(st.sampled_from((*NAMES, *READ)) | st.text(max_size=5), st.sampled_from(VALUES) | st.text(max_size=5)),
    max_size=4,
)
pieces = st.sampled_from(("", "/", "//evil.example", "/x", "/..", "%2f", "\n", "é")) | st.text(max_size=3)
asked = {
    "query": queries,
    "piece": pieces,
    "host": st.sampled_from(HOSTS),
    "method": st.sampled_from(("GET", "HEAD", "POST", "OPTIONS", "FOO")),
}


@cache
def served():
    """With cards and a console, and errors answered as they are to the public."""
    found = app(helpline(), {**SETTINGS, "LINE_NUMBER": "+815012345678", "PUBLIC_URL": f"http://{HERE}"})
    found.testing = False
    return found


@cache
def browser(who: str) -> FlaskClient:
    found = stranger(served())
    if who == "staff":
        assert sign_in(found, PASSWORD, base_url=f"http://{HERE}").status_code == 302
    return found


def paths() -> list[str]:
    rules = served().url_map.iter_rules()
    return sorted({re.sub(r"<[^>]*>", "x", rule.rule) for rule in rules} | {"/console", "/nothing", "/audio//x"})


@pytest.mark.parametrize("who", ["stranger", "staff"])
@pytest.mark.parametrize("path", paths())
@settings(max_examples=8, deadline=None, derandomize=True)
@given(**asked)
def test_no_request_ends_in_an_error_or_leads_elsewhere(who, path, query, piece, host, method):
    if method == "POST" and path == "/console/sign-out":
        return
    check(browser(who), path + piece, urlencode(query, errors="replace"), host, method)


def check(browser: FlaskClient, path: str, query: str, host: str, method: str) -> None:
    environ = {"PATH_INFO": path.encode().decode("latin-1"), "HTTP_HOST": host.encode().decode("latin-1")}
    with browser.open("/", method=method, query_string=query, environ_overrides=environ) as answer:
        assert answer.status_code < 500, (path, query, host, answer.status)
        assert is_ours(answer.headers.get("Location", "/"))
        if answer.mimetype == "text/html":
            for link in re.findall(r'(?:href|action|src)="([^"]*)"', answer.text):
                assert is_ours(link), (path, query, host, link)


def is_ours(link: str) -> bool:
    """Below our own address, whatever a browser makes of it; or what a card dials."""
    parts = urlsplit(link)
    return parts.scheme == "tel" or (not (parts.scheme or parts.netloc) and not re.match(r"[/\\]{2}", link))


@pytest.mark.parametrize("query", [f"{name}={value}" for name in NAMES for value in ("x", "FOO", *ELSEWHERE)])
@pytest.mark.parametrize("path", ["/console/", "/console/sign-in", "/console/nothing"])
def test_no_page_obeys_an_argument_in_its_links(path, query):
    for who in ("stranger", "staff"):
        check(browser(who), path, query, HERE, "GET")


@pytest.mark.parametrize("path", ["/audio//x", "//console/", "/console//desks", "//evil.example/voice"])
def test_an_address_with_too_many_slashes_is_no_other_address(path):
    answer = stranger(served()).get("/", environ_overrides={"PATH_INFO": path, "HTTP_HOST": "evil.example"})
    assert "evil.example" not in answer.headers.get("Location", "").partition("?")[0]
    assert answer.status_code == 404 or answer.location.startswith("/console/sign-in?")


def test_a_damaged_register_of_recordings_is_told_where_it_is_shown(tmp_path):
    (tmp_path / "recordings").mkdir()
    (tmp_path / "recordings" / "recordings.json").write_text("{")
    staff = stranger(app(replace(helpline(), audio_dir=tmp_path), SETTINGS))
    sign_in(staff)
    for path in ("/console/prompts", "/console/menu"):
        page = staff.get(path)
        assert page.status_code == 503
        assert "recordings.json is damaged" in page.text
    assert staff.get("/console/").status_code == 200
