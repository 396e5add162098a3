"""`ivr twilio doctor --ring`: a desk is rung only by name, after a yes, and hears what that was."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
import time_machine

from tests.account.stub import number
from tests.cast import CINGA, LINE

SAY = ["--say", "テストです。"]
RING = ["doctor", "--ring", "cinga", *SAY]


def rung(twilio):
    return [values for name, values in twilio.asked if name == "ring"]


@time_machine.travel("2026-11-24T11:00:00+09:00", tick=False)
def test_what_will_happen_is_told_and_without_a_yes_nobody_is_rung(ivr, twilio):
    status, told = ivr(RING, "n\n")
    assert (status, rung(twilio)) == (1, [])
    assert f"This really rings CINGA_PHONE (1 number, up to 30 s each) and shows {LINE}." in told
    assert 'hears, twice: "テストです。" It costs what calls cost.' in told
    assert "closed by its hours" not in told


@time_machine.travel("2026-11-24T20:00:00+09:00", tick=False)
def test_whoever_rings_a_closed_desk_is_told_before(ivr):
    assert "In Asia/Tokyo it is Tuesday 20:00, and the desk is closed by its hours." in ivr(RING, "n\n")[1]


def test_the_desk_is_rung_and_hears_the_words_in_its_own_language(ivr, twilio):
    twilio.calls = [["ringing", "in-progress", "completed"]]
    status, told = ivr(RING, "y\n")
    assert status == 0
    assert "right    CINGA_PHONE, number 1: somebody or something answered" in told
    (call,) = rung(twilio)
    assert (call["To"], call["From"], call["Timeout"], call["TimeLimit"]) == (CINGA, LINE, "30", "60")
    said = ElementTree.fromstring(call["Twiml"]).findall("Say")
    assert [(say.text, say.get("language")) for say in said] == [("テストです。", "ja-JP")] * 2


def test_an_extension_is_dialled_when_the_switchboard_answers(ivr, twilio, environ):
    environ.setenv("CINGA_PHONE", f"{CINGA};ext=12")
    twilio.calls = [["completed"]]
    assert ivr([*RING, "--yes"])[0] == 0
    (call,) = rung(twilio)
    assert (call["To"], call["SendDigits"]) == (CINGA, "ww12")


@pytest.mark.parametrize(
    ("statuses", "message"),
    [
        (["busy"], "WRONG    CINGA_PHONE, number 1: busy"),
        (["ringing", "no-answer"], "WRONG    CINGA_PHONE, number 1: nobody answered within 30 s"),
        (["failed"], "WRONG    CINGA_PHONE, number 1: the call failed"),
        (["canceled"], "WRONG    CINGA_PHONE, number 1: the call was canceled"),
    ],
)
def test_a_desk_that_does_not_answer_is_told(ivr, twilio, statuses, message):
    twilio.calls = [statuses]
    status, told = ivr([*RING, "--yes"])
    assert status == 1
    assert message in told


def test_a_call_that_does_not_end_is_not_waited_for_for_ever(ivr, twilio, environ):
    waited = []
    environ.setattr("ivr.account.ringing.time.sleep", waited.append)
    twilio.calls = [["in-progress"]]
    status, told = ivr([*RING, "--yes"])
    assert (status, sum(waited), min(waited)) == (0, 120, 2)
    assert "unknown  CINGA_PHONE, number 1: after 120 s the call was still in-progress" in told


def test_each_number_of_a_desk_is_rung_after_the_other(ivr, twilio, environ):
    second = "+999332220009"
    environ.setenv("CINGA_PHONE", f"{CINGA},{second}")
    twilio.calls = [["busy"], ["completed"]]
    _, told = ivr([*RING, "--yes"])
    assert "2 numbers, one after another" in told
    assert [call["To"] for call in rung(twilio)] == [CINGA, second]
    assert [name for name, _ in twilio.asked if name != "account"] == ["ring", "outcome"] * 2
    assert "right    CINGA_PHONE, number 2" in told


def test_a_caller_id_that_twilio_refuses_is_told(ivr, environ):
    environ.setenv("CALLER_ID", "+999501119999")
    status, told = ivr([*RING, "--yes"])
    assert status == 1
    assert "WRONG    CINGA_PHONE, number 1: Twilio refused (400, error 21210)" in told


def test_without_a_caller_id_the_lines_number_is_shown(ivr, twilio, environ):
    environ.setenv("CALLER_ID", "")
    twilio.numbers.append(number("+999501119999"))
    twilio.calls = [["completed"]]
    ivr([*RING, "--yes", "--number", "+999501119999"])
    assert rung(twilio)[0]["From"] == "+999501119999"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (["--ring", "nobody", *SAY], 'There is no desk "nobody"; the desks are: cinga, fresc.'),
        (["--ring", "cinga"], "What shall whoever answers hear? Write it with --say, in ja."),
        (["--ring", "fresc", *SAY], "FRESC_PHONE is empty: there is nobody to ring."),
    ],
)
def test_nobody_is_rung_by_mistake(ivr, twilio, environ, typed, message):
    environ.setenv("FRESC_PHONE", "")
    status, told = ivr(["doctor", *typed, "--yes"])
    assert (status, rung(twilio)) == (1, [])
    assert message in told


def test_a_desk_whose_language_no_voice_of_twilio_speaks_is_not_rung(ivr, twilio, environ):
    from tests.cast import changed

    environ.setattr("ivr.cli.twilio.load_helpline", lambda _: changed(desk_language="ne"))
    status, told = ivr([*RING, "--yes"])
    assert (status, rung(twilio)) == (1, [])
    assert "No Twilio voice speaks ne" in told
