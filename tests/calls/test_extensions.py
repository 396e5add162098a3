"""Desks behind a switchboard: an extension (RFC 3966) is dialled once it has answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr.simulator import FIRST, OTHER, WsgiTransport, replay, write
from ivr.simulator.script import parse
from tests.cast import BOTH_OPEN, CINGA, FRESC, TOKEN, URL, app, call, helpline, name_of
from tests.webphone.page import Page, demo

NUMBERS = {"CINGA_PHONE": f"{FRESC};ext=7", "FRESC_PHONE": f"{FRESC};ext=12,{CINGA}"}


def ringing(keys: str = "02 0 1", line=None, **phone):
    """`sendDigits` is Twilio's; other carriers aren't asked to know it."""
    made = call(BOTH_OPEN, keys, environ=NUMBERS, line=line, portable=False, **phone)
    assert made.state == "ringing"
    return made


@pytest.mark.parametrize("readings", [FIRST, OTHER])
def test_the_extension_is_dialled_after_the_answer_and_the_call_is_joined(readings):
    made = ringing(readings=readings)
    assert (made.dialled[-1].number, made.dialled[-1].send_digits) == (FRESC, "ww12")
    rang = made.seconds
    made.desk("answer")
    assert made.state == "talking"
    whisper = next(sound for sound in made.just_heard if sound.leg == "desk")
    assert made.seconds - rang == pytest.approx(5 + 1.5 + whisper.seconds), "a second, two keys, and the whisper"
    assert "en/transfer.ended" in made.desk_hangs_up().prompts


def test_a_number_without_one_sends_nothing():
    made = ringing().desk("busy")
    assert (made.dialled[-1].number, made.dialled[-1].send_digits) == (CINGA, "")
    assert "sendDigits" not in made.documents[-1].body.decode()


def test_a_script_says_what_is_dialled_and_a_saved_call_is_met():
    made = ringing()
    assert f"dialled {FRESC} then ww12 from" in write(made)
    options = {"token": TOKEN, "portable": False, "at": made.at, "to": made.leg.to}
    line = WsgiTransport(app(helpline(), NUMBERS))
    assert replay(parse(write(made)), line, URL, **options).state == "ringing"
    with pytest.raises(AssertionError, match="to have dialled"):
        replay(parse(write(made).replace("ww12", "ww13")), line, URL, **options)


def test_the_number_that_callers_hear_is_that_of_the_switchboard():
    desks = {name: desk.model_copy(update={"say_number": True}) for name, desk in helpline().desks.items()}
    made = ringing(line=replace(helpline(), desks=desks))
    made.desk("busy").desk("busy").wait().press("2").desk("busy")
    digits = [name_of(sound)[-1] for sound in made.just_heard if "/digit." in name_of(sound)]
    assert "".join(digits) == FRESC.removeprefix("+") * 2


def test_the_telephone_in_the_browser_shows_the_desk_and_what_is_dialled():
    page = Page(demo(**NUMBERS))
    page.does("press 02").does("press 0").does("press 1")
    assert page.turn["ringing"] == [{"name": "fresc", "digits": "ww12"}]
