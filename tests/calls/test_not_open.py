"""A line under a public address before its content is confirmed: the public hears that, and staff hear everything."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine

from ivr.app import create_app
from ivr.cli.probe import Stopwatch, probe
from ivr.config import read_settings
from ivr.simulator import Call, WsgiTransport
from tests.cast import BOTH_OPEN, LINE, NUMBERS, TOKEN, TOKYO, changed, line_with, name_of
from tests.database.line import Memory
from tests.staff import STAFF, sign_in, text_of

PUBLIC = "https://line.example.org"
NOT_YET = ["ja/not_open", "en/not_open", "ja/goodbye", "en/goodbye"]
TODAY = date(2026, 11, 24)
UNCONFIRMED = [(None, "confirmed_on is empty"), (date(2026, 11, 25), "confirmed_on is 2026-11-25, a day that has not")]


class Reachable(Memory):
    is_reachable = True


def served(confirmed_on: date | None, counts: Reachable | None = None, url: str = PUBLIC):
    """The line as it is deployed."""
    line = changed(confirmed_on=confirmed_on)
    environ = {"TWILIO_AUTH_TOKEN": TOKEN, "PUBLIC_URL": url, "CALLER_ID": LINE, **NUMBERS, **STAFF}
    return create_app(line_with(line), read_settings(environ, line.desks), counts or Reachable())


def called(app, url: str = f"{PUBLIC}/voice") -> Call:
    return Call(WsgiTransport(app), url, token=TOKEN, to=LINE, at=datetime.now(TOKYO)).start()


def said(made: Call) -> list[str]:
    return [name_of(sound) for sound in made.just_heard]


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(f"{BOTH_OPEN}+09:00", tick=False):
        yield


@pytest.mark.parametrize(("day", "why"), UNCONFIRMED)
@pytest.mark.parametrize("path", ["/voice", "/voice/fallback", "/voice/en/person/keys", "/voice/en/desk-fresc/whisper"])
def test_whatever_the_public_asks_it_hears_that_the_line_is_not_open_and_a_goodbye(day, why, path):
    counts = Reachable()
    app = served(day, counts)
    made = called(app, f"{PUBLIC}{path}")
    assert said(made) == NOT_YET
    assert (made.ended_by, made.dialled) == ("hangup", [])
    assert not counts.amounts
    assert f"the line is not open: {why}" in app.test_client().get("/ready").text


@pytest.mark.parametrize(("day", "url"), [(TODAY, PUBLIC), (None, "http://127.0.0.1:8000")])
def test_a_line_that_is_confirmed_or_that_only_this_machine_reaches_is_open(day, url):
    app = served(day, url=url)
    assert called(app, f"{url}/voice").prompts[:2] == ["ja/welcome", "en/welcome"]
    assert "not open" not in app.test_client().get("/ready").text


def test_it_opens_when_the_day_comes():
    app = served(date(2026, 11, 25))
    with time_machine.travel("2026-11-24T23:59:59+09:00", tick=False):
        assert said(called(app)) == NOT_YET
    with time_machine.travel("2026-11-25T00:00:00+09:00", tick=False):
        assert called(app).prompts[0] == "ja/welcome"


def test_a_stranger_is_refused_and_the_status_is_taken_as_ever():
    app = served(None)
    assert app.test_client().post("/voice").status_code == 403
    made = called(app)
    assert [document.status for document in made.documents] == [200]


def test_staff_sign_in_and_hear_and_see_everything():
    browser = served(None).test_client()
    sign_in(browser, base_url=PUBLIC, headers={"Referer": PUBLIC})
    page = browser.get("/console/", base_url=PUBLIC)
    assert "Callers hear only that the line isn't open" in text_of(page)
    turn = browser.post("/phone/call", base_url=PUBLIC, json={}, headers={"Origin": PUBLIC}).get_json()
    assert [sound["prompt"] for sound in turn["sounds"]][:2] == ["ja/welcome", "en/welcome"]


def test_the_synthetic_caller_says_what_has_to_be_done_and_walks_no_language():
    app, line = served(None), changed(confirmed_on=None)
    watch = Stopwatch(WsgiTransport(app))
    report = probe(line, f"{PUBLIC}/voice", lambda _through: pytest.fail("it called"), watch, slow=5)
    assert report.problems == (f"{PUBLIC}/ready says: the line is not open: confirmed_on is empty",)
