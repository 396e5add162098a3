"""Whatever is asked for, of every page, signed in and not: no answer is an error, and none leads to another site."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from shutil import copytree
from urllib.parse import urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.app import create_app
from ivr.audio.line import load_line
from ivr.cli.editions import _look
from ivr.config import read_settings
from tests.cast import ROOT, TOKEN, app, helpline
from tests.database.line import sqlite_url
from tests.staff import PASSWORD, SETTINGS, sign_in, stranger, token

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


@pytest.mark.slow
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
                assert is_ours(link) or link == helpline().about.holidays_source, (path, query, host, link)


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


@pytest.fixture(scope="module")
def at_desks(tmp_path_factory):
    """Somebody signed in, on a line with a database, and the token of their forms."""
    settings = {**SETTINGS, "DATABASE_URL": sqlite_url(tmp_path_factory.mktemp("line"))}
    served = app(helpline(), settings)
    served.testing = False
    found = stranger(served)
    sign_in(found)
    return found, token(found.get("/console/desks/cinga/change/check?state=close&span=notice"))


FIELDS = {
    "state": ("close", "open", "x"),
    "span": ("day", "until", "notice", "x"),
    "day": ("2026-11-24", "2099-12-31", "9999-12-31", "0001-01-01", "x"),
    "until": ("2099-12-31T23:59", "0001-01-01T00:00", "2030-01-01T00:00+99:99", "x"),
    "opens": ("10:00", "x"),
    "closes": ("24:00", "03:00"),
    "reason": ("other", "x"),
    "sure": ("1",),
    "take_back": ("1", "x"),
}
forms = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in FIELDS.items()})


@pytest.mark.slow
@pytest.mark.parametrize("path", ["", "/cinga/change", "/cinga/change/check"])
@settings(max_examples=50, deadline=None, derandomize=True)
@given(form=forms, query=queries)
def test_no_form_of_staff_ends_in_an_error(at_desks, path, form, query):
    (staff, csrf), where = at_desks, f"/console/desks{path}"
    for typed in ({**dict(query), **form}, dict(query)):
        shown = staff.get(f"{where}?{urlencode(typed, errors='replace')}")
        assert shown.status_code in (200, 422), (typed, shown.status)
    answer = staff.post(f"{where}?{urlencode(query, errors='replace')}", data={**form, "csrf_token": csrf})
    assert answer.status_code in (303, 400, 405, 422), (form, answer.status)
    assert is_ours(answer.headers.get("Location", "/"))
    assert staff.get("/console/desks").status_code == 200


actions = st.sampled_from(
    ("press 1", "wait", "clock 16:00", "clock 2026-11-24 99:99", "desk answer", "x", "press 1 after 9e99")
)
sent = st.fixed_dictionaries(
    {},
    optional={
        "at": st.sampled_from(("2026-11-24T11:00", "9999-12-31T23:59", "0001-01-01", "x")) | st.none() | st.integers(),
        "state": st.text(max_size=5) | st.none() | st.just("THE STATE"),
        "action": actions | st.text(max_size=5) | st.lists(st.integers(), max_size=2),
    },
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(sent=sent | st.lists(st.integers(), max_size=2) | st.integers() | st.none())
def test_nothing_that_is_sent_to_the_telephone_ends_in_an_error(sent):
    staff = browser("staff")
    if isinstance(sent, dict) and sent.get("state") == "THE STATE":
        sent["state"] = staff.post("/phone/call", json={}, base_url=f"http://{HERE}").json["state"]
    options = {"content_type": "application/json", "base_url": f"http://{HERE}"}
    answer = staff.post("/phone/call", data=json.dumps(sent), **options)
    assert answer.status_code in (200, 409), (sent, answer.status)


def test_a_manifest_that_is_damaged_under_the_running_line_doesn_t_break_home(tmp_path):
    copytree(ROOT / "prompts", tmp_path / "prompts")
    line = load_line(tmp_path / "prompts")
    (tmp_path / "audio").mkdir()
    (tmp_path / "audio" / "manifest.json").write_text("{")
    read = read_settings({"TWILIO_AUTH_TOKEN": TOKEN, **SETTINGS}, helpline().desks, demo=True)
    staff = stranger(create_app(line, read, look=_look(line, read)))
    sign_in(staff)
    assert staff.get("/console/").status_code == 200
