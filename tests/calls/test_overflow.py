"""A desk with `overflow`: another rings without another key when it is closed, busy or silent, and is named before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import pairwise

import pytest

from ivr.content.composing import all_clip_texts
from ivr.content.model import Helpline
from ivr.simulator import FIRST, OTHER, Call, WsgiTransport
from tests.cast import BOTH_OPEN, CINGA, FRESC, LINE, TOKEN, TOKYO, URL, app, call, call_reaching, helpline, name_of
from tests.database.line import Memory

THIRD = "+999312340003"
NUMBERS = {"CINGA_PHONE": CINGA, "FRESC_PHONE": FRESC, "THIRD_PHONE": THIRD}


@cache
def line(overflow: tuple[str, ...] = ("fresc", "cinga", "third"), hidden: tuple[str, ...] = (), accept: str = ""):
    """Each of these desks overflows to the next. The third is like CINGA, with its operator, and has FRESC's hours."""
    desks = {**helpline().desks, "third": helpline().desks["cinga"].model_copy(update={"hours": hours("fresc")})}
    for name, following in pairwise(overflow):
        desks[name] = desks[name].model_copy(update={"overflow": following})
    for name in hidden:
        languages = desks[name].languages.model_copy(update={"others": "hidden"})
        desks[name] = desks[name].model_copy(update={"languages": languages})
    if accept:
        desks[accept] = desks[accept].model_copy(update={"accept": "key"})
    made = replace(helpline(), desks=desks)
    return replace(made, clip_texts=all_clip_texts(made))


def hours(desk: str) -> object:
    return helpline().desks[desk].hours


def called(keys: str, at: str = BOTH_OPEN, served: Helpline | None = None, **phone) -> Call:
    """English callers are offered FRESC by key 1, CINGA by 2 and the third by 3; those of easy Japanese CINGA first."""
    return call(at, keys, environ=phone.pop("environ", NUMBERS), line=served or line(), **phone)


def said(made: Call) -> list[str]:
    """The prompts of this turn on the caller's leg, without the language that says them."""
    return [name_of(sound).partition("/")[2] for sound in made.just_heard if sound.leg == "caller"]


def rung(made: Call) -> list[str]:
    return [dialled.number for dialled in made.dialled]


def clock(made: Call, time: str) -> Call:
    return made.clock_at(datetime.fromisoformat(f"2026-11-24 {time}").replace(tzinfo=TOKYO))


@pytest.mark.parametrize("readings", [FIRST, OTHER])
@pytest.mark.parametrize(("outcome", "why"), [("busy", "busy"), ("no-answer", "no_answer"), ("failed", "failed")])
def test_after_each_outcome_the_backup_rings_and_is_named_before(outcome, why, readings):
    made = called("02 0 1", readings=readings).desk(outcome)
    assert said(made)[:4] == [f"transfer.{why}", "cinga.operator", "cinga.how", "cinga.other"]
    assert "transfer.say" in said(made), "CINGA is told the caller's language as FRESC was"
    assert (made.state, rung(made)) == ("ringing", [FRESC, CINGA])
    assert {dialled.caller_id for dialled in made.dialled} == {LINE}
    made.desk("answer")
    assert [sound.prompt for sound in made.just_heard if sound.leg == "desk"] == ["ja/whisper.en"]
    assert said(made.desk_hangs_up())[0] == "transfer.ended"


def test_who_runs_the_backup_is_heard_in_full_since_no_key_cuts_it_short():
    made = called("02 0 1").desk("busy")
    document = next(page.body.decode() for page in made.just_documents if b"cinga.operator" in page.body)
    assert "<Gather" not in document
    assert document.index("cinga.operator") < document.index("<Redirect")


def test_a_chain_of_two_ends_where_nobody_is_left():
    made = called("02 0 1").desk("busy").desk("no-answer")
    assert said(made)[:2] == ["transfer.no_answer", "cinga.operator"], "the third desk has the same operator"
    assert rung(made) == [FRESC, CINGA, THIRD]
    made.desk("failed")
    assert said(made)[:2] == ["transfer.failed", "transfer.sorry"]
    assert made.state == "waiting"


def test_a_backup_that_is_closed_is_passed_over():
    made = called("02 0 1", "2026-11-24 09:20").desk("busy")
    assert rung(made) == [FRESC, THIRD], "CINGA opens at ten"


def test_all_numbers_of_a_desk_ring_before_its_backup():
    made = called("02 0 1", environ={**NUMBERS, "FRESC_PHONE": f"{FRESC},{FRESC[:-1]}9"}).desk("busy").desk("busy")
    assert rung(made) == [FRESC, f"{FRESC[:-1]}9", CINGA]


def test_a_desk_that_was_rung_in_vain_is_not_rung_again_as_a_backup():
    made = called("02 0").wait()
    assert rung(made.press("2").desk("busy").desk("busy")) == [CINGA, THIRD]
    made.wait()
    assert "fresc.offer.1" in said(made), "the one that is left is offered by a key"
    assert rung(made.press("1").desk("busy")) == [CINGA, THIRD, FRESC]
    assert "transfer.sorry" in said(made)


def test_a_desk_that_closes_before_its_key_lets_the_backup_ring():
    """CINGA closes at four, FRESC at five."""
    made = called("22 0", "2026-11-24 15:58", line(("cinga", "fresc")))
    assert "cinga.offer.1" in said(made)
    clock(made, "16:00:00").press("1")
    assert said(made)[:3] == ["cinga.closed", "fresc.operator", "fresc.how"]
    assert rung(made) == [FRESC]


def test_a_desk_that_closes_while_it_is_about_to_ring_lets_the_backup_ring():
    made = call_reaching("2026-11-24 16:00:00", "01 0 1", environ=NUMBERS, line=line(("cinga", "fresc")))
    closed = said(made).index("transfer.closed")
    assert said(made)[closed + 1 : closed + 3] == ["fresc.operator", "fresc.how"]
    assert rung(made) == [FRESC]


def test_the_page_of_a_closed_desk_offers_its_backup_and_either_key_connects():
    for key in "12":
        made = called("01 3 1", "2026-11-24 16:05", line(("cinga", "fresc")))
        assert said(made)[:2] == ["cinga.operator", "cinga.closed"]
        assert said(made.wait())[:3] == ["fresc.operator", "fresc.how", "fresc.offer.2"]
        assert "key.person" not in said(made)
        assert rung(made.press(key)) == [FRESC], f"key {key}"


def test_a_key_for_a_desk_that_the_caller_was_not_told_of_connects_nobody():
    """At that hour only FRESC is offered; key 1 is CINGA's, of which nothing has been said yet."""
    made = called("01 0", "2026-11-24 16:05", line(("cinga", "fresc"))).press("1")
    assert rung(made) == []
    assert said(made)[:2] == ["cinga.operator", "cinga.closed"]


def test_nobody_is_connected_to_a_backup_that_is_hidden_from_the_callers_language():
    made = called("02 0 1", served=line(hidden=("cinga", "third"))).desk("busy")
    assert rung(made) == [FRESC]
    assert said(made)[:2] == ["transfer.busy", "transfer.sorry"]
    assert rung(called("01 0", served=line(hidden=("cinga", "third"))).wait().press("2")) == [FRESC]


def test_a_machine_that_does_not_accept_the_call_is_followed_by_the_backup():
    made = called("02 0 1", served=line(accept="fresc")).desk("answer").wait()
    assert said(made)[:2] == ["transfer.no_answer", "cinga.operator"]
    assert rung(made) == [FRESC, CINGA]


def test_each_desk_is_counted_with_what_it_came_to():
    counts = Memory()
    served = app(line(), NUMBERS, counts)
    made = Call(WsgiTransport(served), URL, token=TOKEN, to=LINE, at=called("").at).start()
    made.press("02").press("0").press("1").desk("no-answer").desk("answer").desk_hangs_up()
    assert counts.of("transfer") == {"cinga/answered": 1, "fresc/no-answer": 1}
