"""A call that travels with the page: any worker goes on with it, nobody can forge it, and nothing breaks it."""

from __future__ import annotations

from datetime import datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from ivr.app import create_app
from ivr.config import read_settings
from ivr.flow import desks
from ivr.web.words import words_in
from ivr.webphone.call_state import OLDEST, seal
from ivr.webphone.calls import MAX_ACTIONS, state_of
from tests.cast import BOTH_OPEN, loaded
from tests.webphone.page import SECRET, Page, demo, demo_settings, telephone

WORDS = words_in("en")


def test_another_worker_goes_on_with_the_call():
    first, second = demo(), create_app(loaded(), demo_settings())
    page = Page(first).does("press 02")
    page.browser = second.test_client()
    assert page.does("press 1").status == 200
    page.browser = first.test_client()
    assert page.does("press 4").heard[0].startswith("en/")


def test_a_demo_without_a_key_makes_one_up_for_each_start():
    one, other = (read_settings({}, (), demo=True).secret_key for _ in range(2))
    assert len(one) == 64
    assert one != other


@pytest.mark.parametrize(
    "forge", [str.swapcase, lambda state: "x" + state, lambda _: "", lambda _: "é\ud800", lambda _: None]
)
def test_a_forged_state_is_refused(forge):
    page = Page(demo())
    page.turn["state"] = forge(page.turn["state"])
    assert page.does("press 1").answer == {"refused": WORDS["stale"], "over": True}


def test_the_state_of_another_line_is_refused():
    page = Page(demo())
    page.browser = demo(SECRET_KEY="another secret, just as long as that").test_client()
    assert page.does("press 1").status == 409


def test_a_stale_state_is_refused():
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        page = Page(demo())
        clock.shift(OLDEST - 1)
        assert page.does("press 02").status == 200
        clock.shift(OLDEST + 1)
        assert page.does("press 1").answer["over"]


def test_a_call_on_a_line_that_has_changed_is_over(monkeypatch):
    page = Page(demo()).does("press 02")
    monkeypatch.setattr(desks, "show", lambda *_: 1 / 0)
    assert page.does("press 0").status == 200, "an error of the line is heard as an apology"
    monkeypatch.undo()
    assert page.does("press 1").answer == {"refused": WORDS["line_changed"], "over": True}


def test_a_call_that_becomes_too_long_is_told_so():
    began = datetime.fromisoformat(f"{BOTH_OPEN}+09:00")
    call = telephone().begin(began).press("02")
    for _ in range(MAX_ACTIONS - 2):
        call.press("#")
    page = Page(demo())
    page.turn = {"state": seal(state_of(call, began), SECRET)}
    assert page.does("press #").status == 200
    assert len(page.turn["state"]) < 8000, "it travels in every request"
    assert page.does("press #").answer == {"refused": WORDS["too_long"], "over": True}


# Anything at any time

KEYS = st.builds(
    "press {}{}".format, st.text("0123456789*#", min_size=1, max_size=3), st.sampled_from(["", " after 0.4"])
)
OTHERS = ["wait", "hang-up", "hang-up after 9.5", "desk answer", "desk busy after 99", "desk no-answer", "desk failed"]
OTHERS += ["desk leave", "desk hang-up after 5", "desk press 1", "clock 2026-11-24 16:00:00", "press 1 after 1000"]


@given(st.lists(KEYS | st.sampled_from(OTHERS), max_size=8))
@trials(max_examples=60, deadline=None)
def test_any_action_at_any_time_gets_an_answer(actions):
    page = Page(demo())
    for action in actions:
        page.does(action)
        assert page.status == 200 or page.answer == {"refused": WORDS["out_of_turn"], "over": False}
    assert page.turn["problems"] == []


@pytest.mark.parametrize(
    "action",
    [
        *(
            "",
            "#",
            "sing",
            "press",
            "press 02\npress 1",
            "hear en/eligible",
            "at 2026-11-24 11:00",
            "press 1" + "1" * 99,
        ),
        *("press １", "desk answer +1 after -1", "\u2028", "\ud800", "clock 2026-02-30 10:00"),
    ],
)
def test_what_is_no_action_is_refused(action):
    assert Page(demo()).does(action).answer == {"refused": WORDS["no_action"], "over": False}


def test_a_clock_is_not_moved_out_of_the_calendar():
    assert Page(demo()).does("clock 9999-12-31 23:59:59").answer["refused"] == WORDS["no_moment"]


@pytest.mark.parametrize("body", [[], "x", 7, {"state": {}}, {"state": [1]}, {"state": "", "action": {}}])
def test_any_json_gets_an_answer(body):
    assert demo().test_client().post("/phone/call", json=body).status_code in (200, 409)


def test_broken_json_gets_an_answer():
    answer = demo().test_client().post("/phone/call", data="{", content_type="application/json")
    assert answer.status_code == 200, "it says nothing, so that a call begins"
