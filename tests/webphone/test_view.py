"""Whole calls as the page and the line say them to each other: JSON, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
import time_machine

from ivr.simulator import Call, WsgiTransport
from ivr.simulator.leg import ACCOUNT
from ivr.web.words import words_in
from ivr.webphone.own_line import OwnLine
from ivr.webphone.turn_json import _round_up
from tests.cast import BOTH_OPEN, LINE, TOKEN, helpline
from tests.staff import sign_in
from tests.webphone.page import REAL, Page, at_work, demo, demo_settings, real_line, telephone

WORDS = words_in("en")


@pytest.mark.parametrize(("seconds", "told"), [(0.101, 0.11), (1.234, 1.24), (0.29, 0.29), (3.0, 3.0)])
def test_a_key_that_the_page_takes_for_late_enough_is_never_too_early(seconds, told):
    assert _round_up(seconds) == told


def test_a_whole_call_with_a_transfer():
    page = Page(demo())
    assert page.turn["status"] == "waiting"
    assert page.heard[0] == "ja/welcome"
    page.does("press 02 after 1.5")
    assert page.heard[:2] == ["en/language.name", "en/eligible"]
    page.does("press 0 after 3")
    assert page.heard[0] == "en/fresc.operator"
    assert page.turn["keysFrom"] == page.turn["sounds"][1]["at"], "who runs the desk is heard in full"
    page.does("press 1")
    assert page.turn["status"] == "ringing"
    assert page.turn["ringing"] == [{"name": "fresc", "digits": ""}]
    page.does("desk answer after 4")
    assert [sound["leg"] for sound in page.turn["sounds"]] == ["desk"]
    assert page.turn["status"] == "talking"
    page.does("desk hang-up after 60")
    assert page.heard[0] == "en/transfer.ended"
    page.does("hang-up after 1")
    assert page.turn["status"] == "ended"
    assert page.turn["ended"] == "caller"


@pytest.mark.parametrize("outcome", ["busy", "no-answer", "failed", "leave"])
def test_a_desk_that_is_not_reached_leads_to_the_other(outcome):
    page = Page(demo()).does("press 02").does("press 0").does("press 1").does(f"desk {outcome}").does("wait")
    assert page.status == 200
    assert "en/cinga.operator" in page.heard


def test_each_sentence_comes_with_its_language_and_direction():
    page = Page(demo())
    listed = {line["lang"]: line["dir"] for sound in page.turn["sounds"] for line in sound["lines"]}
    assert set(listed) == helpline().ready - {"km", "mn", "my"}
    assert {language for language, dir in listed.items() if dir == "rtl"} == {"ar", "fa", "ur"}


def test_each_sentence_comes_with_its_meaning_in_the_pages_language():
    """Once for each clip, also where the carrier speaks it sentence by sentence; not in the page's own language."""
    page = Page(demo())
    listed = {line["lang"]: line["means"] for sound in page.turn["sounds"] for line in sound["lines"]}
    assert listed["ur"] == "Urdu, 16."
    assert listed["en"] == ""
    page.does("press 11")
    lines = [line for sound in page.turn["sounds"] for line in sound["lines"]]
    assert lines[0]["means"] == "Thai"
    assert lines[1]["means"]
    assert len([line for line in lines if line["means"]]) < len(lines)
    page.browser.get("/phone?lang=ja")
    page.does("press 0")
    assert {line["meansLang"] for sound in page.turn["sounds"] for line in sound["lines"]} <= {"ja", ""}


def test_what_has_no_clip_is_known_as_spoken_by_twilio():
    page = Page(demo()).does("press 11")
    spoken = [sound for sound in page.turn["sounds"] if sound["kind"] == "say"]
    assert spoken
    assert all(not sound["url"] and sound["seconds"] > 0 for sound in spoken)
    assert {line["lang"] for sound in spoken for line in sound["lines"]} == {"th"}


def test_every_clip_is_on_the_pages_own_host():
    page = Page(demo(AUDIO_URL="https://cdn.example/clips"))
    assert "https://cdn.example/clips" in page.turn["documents"][0]["body"]
    urls = [sound["url"] for sound in page.turn["sounds"] if sound["url"]]
    assert urls
    assert all(page.browser.get(url).mimetype == "audio/wav" for url in urls)


# In the middle of the call flow


def test_a_call_begins_where_staff_look_and_goes_on_from_there():
    page = Page(demo()).send(at=BOTH_OPEN, place="booking", language="ne")
    assert page.heard[0] == "ne/booking.how"
    page.does("press *")
    assert page.heard[0].startswith("ne/main.")
    assert page.turn["problems"] == []
    desk = Page(demo()).send(at=BOTH_OPEN, place="desk.fresc", language="en").does("press 1")
    assert desk.turn["ringing"][0]["name"] == "fresc"


def test_a_call_begins_in_no_place_that_the_line_does_not_offer():
    for start in ({"place": "nothing", "language": "en"}, {"place": "booking", "language": "my"}, {"place": "booking"}):
        page = Page(real_line(), browser=at_work(real_line())).send(at=BOTH_OPEN, **start)
        assert page.answer["refused"] == WORDS["no_action"], start
        assert 'data-start="{}"' in demo().test_client().get("/phone", query_string=start).text
    shown = demo().test_client().get("/phone?place=booking&language=ne").text
    assert "The call begins in the middle: About booking, Nepali" in shown
    assert "&#34;place&#34;: &#34;booking&#34;" in shown


def test_the_way_of_a_call_can_be_looked_at_in_the_call_flow():
    page = Page(demo())
    assert page.turn["path"] == ""
    page.does("press 08").does("press 1").does("press 0").does("press 1")
    assert page.turn["path"] == "/console/menu?language=ne&path=languages,main,papers,person,desk.fresc,dialled"
    shown = page.browser.get(page.turn["path"]).text
    assert shown.count('class="node is-visited"') >= 5


# The clock


def test_the_clock_of_a_demo_can_be_set_and_moved_on():
    page = Page(demo(), "2026-11-24T11:00:00")
    assert page.turn["began"] == "2026-11-24T11:00:00+09:00"
    assert page.turn["desks"] == [{"name": "cinga", "open": True}, {"name": "fresc", "open": True}]
    page.does("clock 2026-11-24 16:30:00")
    assert page.turn["desks"] == [{"name": "cinga", "open": False}, {"name": "fresc", "open": True}]
    assert page.does("clock 2026-11-24 09:00:00").status == 409


def test_without_a_clock_it_is_now():
    with time_machine.travel(datetime.fromisoformat("2026-11-24T20:00:00+09:00"), tick=False):
        page = Page(demo(), "")
    assert page.turn["began"] == "2026-11-24T20:00:00+09:00"


@pytest.mark.parametrize("at", ["tomorrow", "1999-12-31T23:59:59", "2100-01-01", "9999-12-31T23:59:59", 7, ["x"]])
def test_a_clock_that_shows_no_time_is_refused(at):
    assert Page(demo(), at).answer == {"refused": WORDS["no_moment"], "over": False}


# A real line


def test_staff_call_a_real_line_as_it_is_now():
    with time_machine.travel(datetime.fromisoformat("2026-11-24T16:30:00+09:00"), tick=False) as clock:
        browser = at_work(real_line())
        page = Page(real_line(), at="2026-12-31T23:00:00", browser=browser)
        assert page.turn["began"] == "2026-11-24T16:30:00+09:00", "its clock can't be set"
        page.does("press 02").does("press 0").does("press 1")
        assert page.turn["ringing"] == [{"name": "fresc", "digits": ""}]
        clock.shift(3600)  # no desk is open any more
        sign_in(browser)
        page.does("desk answer")
        assert page.turn["status"] == "talking", "a call that goes on is still where it was"
        assert page.does("clock 2026-11-24 17:00:00").status == 409
        html = browser.get("/phone").text
    assert "datetime-local" not in html
    assert 'class="chip"' not in html


def test_a_stranger_cannot_set_a_real_lines_clock():
    """Not even one who can sign: only what comes from inside the process has a clock of its own."""
    with time_machine.travel(datetime.fromisoformat("2026-11-24T20:00:00+09:00"), tick=False):
        line = OwnLine(real_line().wsgi_app, replace(demo_settings(), public_url=REAL["PUBLIC_URL"]))

        class Outside:
            def send(self, method, url, headers, body):
                headers = {**headers, "ivr.own_call": "1", "Ivr-Own-Call": "1"}
                return WsgiTransport(line.app).send(method, f"http://x{line.path(url)}", headers, body)

        call = Call(
            Outside(), f"{REAL['PUBLIC_URL']}/voice", token=TOKEN, to=LINE, at=datetime.fromisoformat(BOTH_OPEN)
        )
        call.start().press("02").press("0")
    assert call.prompts[0] == "en/desks.closed"
    assert call.state == "waiting"
    assert not call.press("1").dialled


def test_every_webhook_is_known_as_a_test_call():
    call = (
        telephone().begin(datetime.fromisoformat(f"{BOTH_OPEN}+09:00")).press("02").press("0").press("1").desk("answer")
    )
    assert {page.parameters["AccountSid"] for page in call.documents} == {ACCOUNT}
    assert {page.leg for page in call.documents} == {"caller", "desk"}
