"""Dial: who rings, what they see, what becomes of it, and what the action is told."""

from __future__ import annotations

from typing import Any

import pytest

from ivr.simulator import OTHER, Call, OutOfTurn, TelephoneError
from ivr.simulator.stops import Outcome

from .line import DESK, Line, call, wav

SECOND = "+9995099999999"
LINE = "+9995055555555"


def dial(attributes: str = "", inside: str = DESK, **options: Any) -> tuple[Call, Line]:
    verbs = f"<Dial action='/done' {attributes}>{inside}</Dial>"
    return call(
        {
            "/voice": verbs,
            "/done": "<Say>done</Say>",
            "/w": "<Play>/w.wav</Play>",
            "/w.wav": wav(4, "w"),
        },
        to=LINE,
        **options,
    )


def told(line: Line) -> tuple[str, str, str]:
    form = line.forms("/done")[-1]
    return form["DialCallStatus"], form["DialBridged"], form["DialCallDuration"]


def test_a_number_rings_with_the_defaults() -> None:
    """Twilio, <Dial>: timeout 30, timeLimit 14400."""
    made, _ = dial()
    assert (made.state, made.ringing) == ("ringing", (DESK,))
    seen = made.dialled[0]
    assert (seen.number, seen.timeout, seen.time_limit) == (DESK, 30, 14_400)


def test_the_desk_sees_the_callers_own_number_by_default() -> None:
    """Twilio, <Dial>: callerId defaults to the caller's own number."""
    assert dial(from_="+9999011112222")[0].dialled[0].caller_id == "+9999011112222"
    assert dial(from_="anonymous")[0].dialled[0].caller_id == "anonymous"


@pytest.mark.parametrize("number", [LINE, "+9999011112222", "+9995077777777"])
def test_from_to_and_owned_numbers_may_be_shown(number: str) -> None:
    """Twilio, <Dial>: callerId is this call's From or To, an owned or a verified number."""
    owned = frozenset({"+9995077777777"})
    made, _ = dial(f"callerId='{number}'", from_="+9999011112222", owned=owned)
    assert made.dialled[0].caller_id == number


def test_any_other_caller_id_is_refused() -> None:
    with pytest.raises(TelephoneError) as caught:
        dial("callerId='+9995000000000'")
    assert caught.value.problem.code == 13214


def test_a_lenient_telephone_tells_the_action_that_it_failed() -> None:
    made, line = dial("callerId='+9995000000000'", strict=False)
    assert told(line) == ("failed", "false", "0")
    assert made.dialled == []
    assert made.problems[0].code == 13214
    assert "DialCallSid" not in line.forms("/done")[0], "nobody was called"


@pytest.mark.parametrize("outcome", ["busy", "no-answer", "failed"])
def test_the_action_hears_why_nobody_answered(outcome: Outcome) -> None:
    """Twilio, <Dial>: `action` gets DialCallStatus busy, no-answer or failed."""
    made, line = dial()
    made.desk(outcome)
    assert told(line) == (outcome, "false", "0")
    assert made.prompts == ["done"]
    assert made.documents[-1].at == {"busy": 2, "failed": 1, "no-answer": 35}[outcome]


def test_no_answer_takes_the_timeout_and_a_little_more() -> None:
    """Twilio, <Dial>: about 5 s are added to the timeout."""
    made, line = dial("timeout='20'")
    made.wait()
    assert told(line)[0] == "no-answer"
    assert made.documents[-1].at == 25


def test_a_conversation_ends_when_the_desk_hangs_up() -> None:
    made, line = dial()
    made.desk("answer")
    assert made.state == "talking"
    made.desk_hangs_up(after=90)
    assert told(line) == ("completed", "true", "90")
    assert made.prompts == ["done"]


def test_a_conversation_lasts_a_minute_if_nobody_says_how_long() -> None:
    made, line = dial()
    made.desk("answer").desk_hangs_up()
    assert told(line)[2] == "60"
    made, line = dial()
    made.desk("answer").hang_up()
    assert told(line)[2] == "60"


def test_the_time_limit_cuts_a_conversation() -> None:
    """Twilio, <Dial>: timeLimit is the longest conversation."""
    made, line = dial("timeLimit='60'")
    made.desk("answer").wait()
    assert told(line) == ("completed", "true", "60")
    made, line = dial("timeLimit='60'")
    made.desk("answer").desk_hangs_up(after=999)
    assert told(line)[2] == "60"


def test_star_ends_a_conversation_only_where_it_is_asked_to() -> None:
    """Twilio, <Dial>: hangupOnStar lets the caller leave the desk by pressing *."""
    made, line = dial("hangupOnStar='true'")
    made.desk("answer").press("12*")
    assert told(line) == ("completed", "true", "3")
    made, line = dial("hangupOnStar='true'")
    made.desk("answer").press("*", after=0)
    assert told(line)[2] == "0"
    made, _ = dial()
    assert made.desk("answer").press("*").state == "talking"


def test_without_action_control_falls_through() -> None:
    """Twilio, <Dial>: without `action` the next verb runs."""
    made, line = call(f"<Dial>{DESK}</Dial><Say>next</Say>")
    made.desk("busy")
    assert made.prompts == ["next"]
    assert line.paths() == ["/voice"]


def test_a_caller_who_hangs_up_while_it_rings_cancels() -> None:
    """Twilio, <Dial>: canceled; the action is told, its answer isn't run."""
    made, line = dial()
    made.hang_up()
    assert told(line) == ("canceled", "false", "0")
    assert made.ended_by == "caller"
    assert line.forms("/done")[0]["CallStatus"] == "completed"
    assert made.heard == []


def test_hanging_up_takes_its_time_and_never_more_than_there_was() -> None:
    assert dial()[0].hang_up().seconds == 5
    assert dial()[0].hang_up(after=12).seconds == 12
    assert dial("timeLimit='30'")[0].desk("answer").hang_up().seconds == 5 + 30
    for stop in (dial("timeout='20'")[0], dial("timeLimit='25'")[0].desk("answer")):
        with pytest.raises(OutOfTurn, match="ends after 25 s"):
            stop.hang_up(after=99)


@pytest.mark.parametrize("outcome", ["answer", "busy", "no-answer", "failed", "leave"])
def test_nothing_comes_of_the_ringing_once_it_is_over(outcome: Outcome) -> None:
    """Twilio, <Dial>: `timeout` seconds, and about five more."""
    made, _ = dial("timeout='20'")
    with pytest.raises(OutOfTurn, match="after 25 s is too late: this wait ends after 25 s"):
        made.desk(outcome, after=25)
    assert made.desk(outcome, after=24.5).documents[-1].at == 24.5 or outcome in ("answer", "leave")


def test_numbers_that_ring_at_once_share_one_timeout() -> None:
    both = f"<Number>{DESK}</Number><Number>{SECOND}</Number>"
    made, _ = dial("timeout='20'", both)
    made.desk("busy", DESK, after=20)
    with pytest.raises(OutOfTurn, match="ends after 5 s"):
        made.desk("answer", SECOND, after=5)
    assert made.wait().documents[-1].at == 25
    made, line = dial("timeout='20'", both)
    assert made.desk("busy", DESK, after=24.5).desk("answer", SECOND).seconds == 24.75, "half of what is left"
    made, line = dial("timeout='20'", both)
    made.desk("no-answer", DESK)
    assert told(line)[0] == "no-answer"
    assert made.documents[-1].at == 25, "nobody rings any longer"


def test_a_key_takes_its_time_while_it_rings_and_while_they_talk() -> None:
    made, _ = dial("timeLimit='60'")
    made.press("12").press("3", after=4)
    assert made.seconds == 6
    with pytest.raises(OutOfTurn, match="ends after 29 s"):
        made.press("4", after=29)
    made.desk("answer", after=2).press("5", after=50)
    assert made.seconds == 58
    with pytest.raises(OutOfTurn, match="ends after 10 s"):
        made.press("6", after=10)
    made.press("7" * 40)
    assert made.seconds < 68, "keys come as fast as they must"


def test_a_number_whose_ringing_was_canceled_is_told_so() -> None:
    inside = f"<Dial><Number statusCallback='/s'>{DESK}</Number></Dial>"
    made, line = call({"/voice": inside, "/s": ""})
    made.hang_up()
    assert [form["CallStatus"] for form in line.forms("/s")] == ["canceled"]


def test_a_number_is_told_completed_whoever_hangs_up() -> None:
    for leave in (Call.hang_up, Call.desk_hangs_up):
        inside = f"<Dial><Number statusCallback='/s'>{DESK}</Number></Dial>"
        made, line = call({"/voice": inside, "/s": ""})
        leave(made.desk("answer"))
        assert [form["CallStatus"] for form in line.forms("/s")] == ["completed"]


def test_a_caller_who_hangs_up_while_talking_completes() -> None:
    made, line = dial()
    made.desk("answer").hang_up(after=30)
    assert told(line) == ("completed", "true", "30")
    assert made.ended_by == "caller"


def test_numbers_ring_at_once_and_the_first_answer_wins() -> None:
    """Twilio, <Number>: up to ten ring at once; the first to pick up is connected."""
    made, line = dial(inside=f"<Number>{DESK}</Number><Number>{SECOND}</Number>")
    assert list(made.ringing) == [DESK, SECOND]
    made.desk("busy", DESK)
    assert list(made.ringing) == [SECOND]
    made.desk("answer", SECOND).desk_hangs_up(1)
    assert told(line)[0] == "completed"


def test_ten_numbers_may_ring_at_once() -> None:
    """Twilio, <Number>: up to ten."""
    numbers = [f"+999501234567{place}" for place in range(10)]
    made, _ = dial(inside="".join(f"<Number>{number}</Number>" for number in numbers))
    assert list(made.ringing) == numbers


def test_relative_addresses_of_a_dial_start_from_its_document() -> None:
    """Twilio: relative URLs are legal in action, Redirect and Number url."""
    inside = f"<Dial action='done'><Number url='w' statusCallback='s'>{DESK}</Number></Dial>"
    deep = {"/voice": "<Redirect>deep/menu</Redirect>", "/deep/menu": inside}
    made, line = call({**deep, "/deep/w": "", "/deep/s": "", "/deep/done": ""})
    made.desk("answer").desk_hangs_up()
    assert line.paths() == ["/voice", "/deep/menu", "/deep/w", "/deep/s", "/deep/done"]


def test_numbers_ring_one_by_one_where_it_says_sequential() -> None:
    """Twilio, <Dial>: sequential="true" rings them in order."""
    made, line = dial("sequential='true'", f"<Number>{DESK}</Number><Number>{SECOND}</Number>")
    assert made.ringing == (DESK,)
    made.desk("busy")
    assert made.ringing == (SECOND,)
    assert len(made.dialled) == 2
    made.desk("no-answer")
    assert told(line)[0] == "no-answer"


def test_after_an_answer_nobody_else_is_rung() -> None:
    made, _ = dial("sequential='true'", f"<Number>{DESK}</Number><Number>{SECOND}</Number>")
    made.desk("answer").desk_hangs_up()
    assert len(made.dialled) == 1
    assert made.state == "ended"


def test_the_numbers_that_lost_are_told_canceled() -> None:
    """Twilio, <Number>: the first to pick up is connected and the rest are hung up."""
    both = "".join(f"<Number statusCallback='/s'>{number}</Number>" for number in (DESK, SECOND))
    made, line = call({"/voice": f"<Dial>{both}</Dial>", "/s": ""})
    made.desk("answer", SECOND).desk_hangs_up()
    ended = [(form["To"], form["CallStatus"]) for form in line.forms("/s")]
    assert ended == [(DESK, "canceled"), (SECOND, "completed")]


def test_ringing_may_take_as_long_as_it_takes() -> None:
    made, _ = dial()
    assert made.desk("busy", after=7).documents[-1].at == 7
    made, _ = dial(inside=WHISPER)
    assert made.desk("answer", after=8).documents[-1].at == 8


def test_after_a_dial_time_counts_from_its_end() -> None:
    pages = {"/voice": f"<Dial>{DESK}</Dial><Gather numDigits='1' action='/got'/>", "/got": ""}
    made, _ = call(pages)
    made.desk("answer").desk_hangs_up(10).press("1", after=0.5)
    assert made.documents[-1].at == 5 + 10 + 0.5


def test_a_number_that_does_not_ring_cannot_answer() -> None:
    made, _ = dial()
    with pytest.raises(OutOfTurn, match="is not ringing"):
        made.desk("answer", SECOND)


def test_keys_while_it_rings_go_nowhere_or_to_the_next_gather() -> None:
    modes: dict[str, list[str]] = {"dropped": [], "kept": ["5"]}
    for mode, got in modes.items():
        made, line = call(
            {
                "/voice": f"<Dial>{DESK}</Dial><Gather numDigits='1' action='/got'/>",
                "/got": "",
            },
            type_ahead=mode,
        )
        made.press("5").desk("busy")
        assert [form["Digits"] for form in line.forms("/got")] == got


WHISPER = f"<Number url='/w'>{DESK}</Number>"


def test_the_desk_hears_its_whisper_before_it_is_joined() -> None:
    """Twilio, <Number>: `url` is played to the called side before joining."""
    made, line = dial(inside=WHISPER)
    made.desk("answer")
    assert [(sound.prompt, sound.leg) for sound in made.just_heard] == [("w", "desk")]
    assert made.prompts == [], "the caller doesn't hear it"
    made.desk_hangs_up(10)
    assert told(line) == ("completed", "true", "14")


def test_the_whisper_is_asked_for_by_the_called_leg() -> None:
    """Twilio: the document at `url` belongs to the child call."""
    made, line = dial(inside=WHISPER, from_="anonymous", token="t")
    made.desk("answer").desk_hangs_up()
    parent, whisper, done = line.forms("/voice")[0], line.forms("/w")[0], line.forms("/done")[0]
    assert whisper["ParentCallSid"] == parent["CallSid"] != whisper["CallSid"]
    assert (whisper["From"], whisper["To"]) == ("anonymous", DESK)
    assert (whisper["Direction"], whisper["CallStatus"]) == ("outbound-dial", "in-progress")
    assert done["DialCallSid"] == whisper["CallSid"]
    assert done["CallSid"] == parent["CallSid"]


def test_a_whisper_that_hangs_up_completes_without_a_bridge() -> None:
    """Twilio: DialCallStatus completed with DialBridged false."""
    verbs = f"<Dial action='/done'>{WHISPER}</Dial>"
    made, line = call({"/voice": verbs, "/done": "", "/w": "<Hangup/>"})
    made.desk("answer")
    assert told(line)[:2] == ("completed", "false")


def test_a_desk_that_leaves_in_the_whisper_completes_without_a_bridge() -> None:
    made, line = dial(inside=WHISPER)
    made.desk("leave")
    assert told(line) == ("completed", "false", "1")
    assert made.documents[-1].at == 6
    assert made.heard[0].leg == "desk"
    assert made.heard[0].cut
    assert made.heard[0].seconds == 1


def test_or_a_desk_that_leaves_in_the_whisper_did_not_answer() -> None:
    """Twilio doesn't say which DialCallStatus it is; DialBridged is documented."""
    made, line = dial(inside=WHISPER, readings=OTHER)
    made.desk("leave")
    assert told(line)[:2] == ("no-answer", "false")


@pytest.mark.parametrize("outcome", ["busy", "no-answer", "failed"])
def test_the_action_of_an_unanswered_dial_may_lack_a_duration(outcome: Outcome) -> None:
    made, line = dial(readings=OTHER)
    made.desk(outcome)
    assert "DialCallDuration" not in line.forms("/done")[-1]


SCREEN = "<Gather numDigits='1' action='/yes' timeout='3'><Say>press one</Say></Gather><Hangup/>"


def screened(whisper: str = SCREEN) -> tuple[Call, Line]:
    verbs = f"<Dial action='/done'>{WHISPER}</Dial>"
    made, line = call({"/voice": verbs, "/done": "<Say>done</Say>", "/w": whisper, "/yes": ""})
    made.desk("answer")
    assert made.state == "whispering"
    return made, line


def test_a_whisper_may_ask_the_desk_for_a_key() -> None:
    """Twilio, <Number>: Gather in the whisper screens the call."""
    made, line = screened()
    made.desk_press("1")
    assert made.state == "talking"
    assert line.forms("/yes")[0]["Digits"] == "1"
    assert line.forms("/yes")[0]["ParentCallSid"]


def test_a_desk_may_press_early_but_not_too_late() -> None:
    made, _ = screened()
    with pytest.raises(OutOfTurn, match="too late"):
        made.desk_press("1", after=20)
    made.desk_press("1", after=0.2)
    assert made.heard[0].cut


def test_a_desk_that_stays_silent_is_not_joined() -> None:
    made, line = screened()
    made.wait()
    assert told(line)[:2] == ("completed", "false")


def test_a_desk_that_hangs_up_at_the_whispers_gather_is_not_joined() -> None:
    made, line = screened("<Gather numDigits='1' action='/yes'/>")
    made.desk_hangs_up()
    assert told(line)[:2] == ("completed", "false")
    assert made.prompts == ["done"]


def test_the_caller_may_leave_during_the_whisper() -> None:
    made, line = screened()
    made.hang_up()
    assert made.ended_by == "caller"
    assert told(line)[:2] == ("completed", "false")


@pytest.mark.parametrize("leave", [Call.hang_up, Call.desk_hangs_up])
def test_either_side_may_leave_in_the_middle_of_the_whisper(leave: Any) -> None:
    made, line = screened()
    with pytest.raises(OutOfTurn, match="too late"):
        leave(made, after=20)
    leave(made, after=0.25)
    whisper = next(sound for sound in made.heard if sound.leg == "desk")
    assert (whisper.cut, whisper.seconds) == (True, 0.25)
    assert told(line)[:2] == ("completed", "false")
    assert made.documents[-1].at == 5.25


@pytest.mark.parametrize("verb", [f"<Dial>{DESK}</Dial>", "<Redirect>/x</Redirect>", "<Pause/>", "<Record/>"])
def test_a_whisper_holds_nothing_but_play_say_gather_and_hangup(verb: str) -> None:
    """Twilio, <Number>: only Play, Say, Gather and Hangup run on the called side."""
    verbs = f"<Dial>{WHISPER}</Dial>"
    made, _ = call({"/voice": verbs, "/w": verb})
    with pytest.raises(TelephoneError, match="called side") as caught:
        made.desk("answer")
    assert caught.value.problem.code == 13201


def test_a_whisper_that_fails_goes_to_the_fallback_for_the_desks_leg() -> None:
    verbs = f"<Dial action='/done'>{WHISPER}</Dial>"
    made, line = call(
        {"/voice": verbs, "/done": "", "/fallback": ""},
        strict=False,
        fallback_url="http://line.example/fallback",
    )
    made.desk("answer")
    asked = line.forms("/fallback")[0]
    assert asked["ErrorUrl"] == "http://line.example/w"
    assert asked["ParentCallSid"]
    assert made.state == "talking"


def test_a_failing_whisper_without_fallback_is_not_joined() -> None:
    made, line = call({"/voice": f"<Dial action='/done'>{WHISPER}</Dial>", "/done": ""}, strict=False)
    made.desk("answer")
    assert told(line)[:2] == ("completed", "false")


def test_or_a_failing_whisper_is_left_out() -> None:
    verbs = {"/voice": f"<Dial action='/done'>{WHISPER}</Dial>", "/done": ""}
    made, _ = call(verbs, strict=False, readings=OTHER)
    made.desk("answer")
    assert made.state == "talking"


def test_a_numbers_progress_is_told_to_its_status_callback() -> None:
    """Twilio, <Number>: statusCallback, by default for `completed` only."""
    events = "statusCallbackEvent='initiated ringing answered completed'"
    inside = f"<Number statusCallback='/status' {events}>{DESK}</Number>"
    made, line = call({"/voice": f"<Dial>{inside}</Dial>", "/status": ""})
    made.desk("answer").desk_hangs_up()
    told_ = [form["CallStatus"] for form in line.forms("/status")]
    assert told_ == ["initiated", "ringing", "in-progress", "completed"]
    assert {form["CallbackSource"] for form in line.forms("/status")} == {"call-progress-events"}
    made, line = call({"/voice": f"<Dial><Number statusCallback='/status'>{DESK}</Number></Dial>", "/status": ""})
    made.desk("busy")
    assert [form["CallStatus"] for form in line.forms("/status")] == ["busy"]
