"""Gather: digits, timeouts, the finishing key, barge-in, and keys that no Gather has asked for."""

from __future__ import annotations

from typing import Literal

import pytest

from ivr.simulator import OTHER, Call, OutOfTurn, TelephoneError, WsgiTransport

from .line import URL, Asked, Line, call, redirect, wav


def echo(asked: Asked) -> str:
    return f"<Say>got {asked.form['Digits']!r}</Say><Gather action='/got'/>"


def pages(verbs: str) -> dict[str, object]:
    """A first document, sounds of 2 s each, and an action that says what it got."""
    return {"/voice": verbs, "/got": echo} | {f"/{n}.wav": wav(2, f"p{n}") for n in "abc"}


def told(line: Line) -> list[str]:
    return [form["Digits"] for form in line.forms("/got")]


def test_digits_are_posted_to_the_action_when_there_are_enough() -> None:
    """Twilio, <Gather>: numDigits keys end it, and `action` gets Digits by POST."""
    made, line = call(pages("<Gather numDigits='2' action='/got'/>"))
    made.press("04")
    assert told(line) == ["04"]
    assert made.prompts == ["got '04'"]
    assert line.asked[-1].method == "POST"


def test_keys_may_come_one_at_a_time() -> None:
    made, line = call(pages("<Gather numDigits='2' action='/got'/>"))
    made.press("0")
    assert (made.state, told(line)) == ("waiting", [])
    made.press("4")
    assert told(line) == ["04"]


def test_keys_come_a_second_apart_or_twice_in_a_short_timeout() -> None:
    for timeout, at in ((5, 2.0), (2, 2.0), (1, 1.0)):
        made, _ = call(pages(f"<Gather numDigits='2' timeout='{timeout}' action='/got'/>"))
        assert made.press("04").documents[-1].at == at


def test_the_timeout_between_keys_sends_what_there_is() -> None:
    """Twilio, <Gather>: `timeout` is also the wait between keys."""
    made, line = call(pages("<Gather numDigits='2' timeout='4' action='/got'/>"))
    made.press("4").wait()
    assert told(line) == ["4"]
    assert line.asked[-1].form["Digits"] == "4"
    assert made.documents[-1].at == 1 + 4


def test_the_timeout_starts_after_the_nested_verbs() -> None:
    """Twilio, <Gather>: `timeout` starts once the nested verbs have ended; default 5."""
    made, _ = call(pages("<Gather><Play>/a.wav</Play><Pause length='3'/></Gather><Say>late</Say>"))
    made.wait()
    assert made.just_heard[0].started_at == 2 + 3 + 5


def test_no_input_asks_nothing_and_falls_through() -> None:
    """Twilio, <Gather>: without input no request is made; control goes to the next verb."""
    made, line = call(pages("<Gather action='/got'/><Say>nobody?</Say>"))
    made.wait()
    assert told(line) == []
    assert made.prompts == ["nobody?"]
    assert made.ended_by == "ran out of verbs"


def test_action_on_empty_result_asks_the_action_with_empty_digits() -> None:
    """Twilio, <Gather>: actionOnEmptyResult sends the action even without input."""
    made, line = call(pages("<Gather actionOnEmptyResult='true' action='/got'/>"))
    made.wait()
    assert told(line) == [""]


def test_hash_finishes_by_default() -> None:
    """Twilio, <Gather>: finishOnKey is # unless it says otherwise, and isn't part of Digits."""
    made, line = call(pages("<Gather action='/got'/>"))
    made.press("4#")
    assert told(line) == ["4"]


def test_the_finishing_key_alone_is_silence_at_once() -> None:
    """Twilio, <Gather>, "finishOnKey": without input no request is made and control falls through."""
    made, line = call(pages("<Gather action='/got' timeout='9'><Play>/a.wav</Play></Gather><Play>/b.wav</Play>"))
    made.press("#", after=1)
    assert told(line) == []
    assert made.prompts == ["pb"]
    assert made.seconds == 1 + 2


def test_or_the_finishing_key_alone_sends_empty_digits() -> None:
    """Other interpreters of TwiML take it for input."""
    made, line = call(pages("<Gather action='/got'/>"), readings=OTHER)
    made.press("#")
    assert told(line) == [""]


def test_an_empty_finish_on_key_makes_hash_a_digit() -> None:
    """Twilio, <Gather>: so `#` as an option needs finishOnKey=""."""
    made, line = call(pages("<Gather numDigits='1' finishOnKey='' action='/got'/>"))
    made.press("#")
    assert told(line) == ["#"]


def test_another_finishing_key_leaves_hash_alone() -> None:
    made, line = call(pages("<Gather finishOnKey='*' action='/got'/>"))
    made.press("4#*")
    assert told(line) == ["4#"]


def test_without_action_the_same_document_is_asked_again() -> None:
    """Twilio, <Gather>: `action` left out is the current document's URL."""
    made, line = call("<Gather numDigits='1'/>")
    made.press("7")
    assert line.paths() == ["/voice", "/voice"]
    assert line.asked[1].form["Digits"] == "7"


def test_relative_actions_start_from_the_documents_own_address() -> None:
    """Twilio: relative URLs are resolved against the current document."""
    made, line = call(
        {
            "/voice": "<Redirect>/deep/menu</Redirect>",
            "/deep/menu": "<Gather action='got'/>",
            "/deep/got": "",
        }
    )
    made.press("1#")
    assert line.paths()[-1] == "/deep/got"


def test_a_key_stops_the_clip_that_plays_and_unhears_the_rest() -> None:
    """Twilio, <Gather>: a key stops nested audio (barge-in)."""
    clips = "<Play>/a.wav</Play><Play>/b.wav</Play><Play>/c.wav</Play>"
    made, line = call(pages(f"<Gather numDigits='1' action='/got'>{clips}</Gather>"))
    assert made.prompts == ["pa", "pb", "pc"]
    made.press("1", after=3.5)
    first, second = made.heard[:2]
    assert (first.cut, second.cut, second.seconds) == (False, True, 1.5)
    assert [sound.prompt for sound in made.heard] == ["pa", "pb", ""]
    assert made.documents[-1].at == 3.5
    assert told(line) == ["1"]


def test_a_polite_key_comes_after_everything_was_heard() -> None:
    made, _ = call(pages("<Gather numDigits='1' action='/got'><Play>/a.wav</Play></Gather>"))
    made.press("1")
    assert not made.heard[0].cut
    assert made.documents[-1].at == 2 + 1


def test_all_nested_sounds_are_fetched_before_any_is_heard() -> None:
    """Twilio, <Gather>: all nested Play files are fetched before playing starts."""
    verbs = "<Gather><Play>/a.wav</Play><Play>/gone.wav</Play></Gather>"
    made, line = call(pages(verbs), strict=False)
    assert line.paths() == ["/voice", "/a.wav", "/gone.wav"]
    made.press("1", after=0)
    assert made.heard == []


def test_a_key_too_late_for_the_wait_is_told_so() -> None:
    made, _ = call(pages("<Gather timeout='3' action='/got'><Play>/a.wav</Play></Gather>"))
    with pytest.raises(OutOfTurn, match=r"ends after 5 s; wait\(\) first"):
        made.press("1", after=5)
    assert made.press("1", after=4.9).state == "waiting"
    with pytest.raises(OutOfTurn, match="ends after 3 s"):
        made.press("2", after=3)


def test_an_action_that_answers_3xx_loses_the_digits() -> None:
    """Twilio, <Gather>: an action answered with an HTTP redirect loses Digits."""
    with pytest.raises(TelephoneError, match=r"loses Digits$"):
        call({"/voice": "<Gather action='/go'/>", "/go": redirect("/got")})[0].press("1#")


def test_a_lenient_telephone_follows_it_without_the_digits() -> None:
    made, line = call({"/voice": "<Gather action='/go'/>", "/go": redirect("/next"), "/next": ""}, strict=False)
    made.press("1#")
    assert line.asked[-1].method == "GET"
    assert "Digits" not in line.asked[-1].query
    assert "loses Digits" in made.problems[0].message


TWO = (
    "<Gather timeout='1' numDigits='1' action='/got'><Play>/a.wav</Play></Gather>"
    "<Play>/b.wav</Play>"
    "<Gather numDigits='1' action='/got'><Play>/c.wav</Play></Gather>"
)


def test_several_gathers_may_follow_each_other() -> None:
    made, line = call(pages(TWO))
    assert made.prompts == ["pa"]
    made.wait()
    assert made.prompts == ["pb", "pc"]
    made.press("1")
    assert told(line) == ["1"]


def test_dropped_keys_between_gathers_change_nothing() -> None:
    """Not documented by Twilio: type_ahead="dropped" loses keys outside a Gather."""
    made, line = call(pages(TWO))
    made.wait().press("1", after=0.5)
    assert (made.state, told(line)) == ("waiting", [])
    assert made.prompts == ["pb", "pc"]
    assert not any(sound.cut for sound in made.heard)


def test_kept_keys_between_gathers_go_to_the_next_one() -> None:
    """Not documented by Twilio: type_ahead="kept" types them when the next Gather begins."""
    made, line = call(pages(TWO), type_ahead="kept")
    made.wait().press("1", after=0.5)
    assert told(line) == ["1"]
    assert [sound.prompt for sound in made.heard] == ["pa", "pb", ""]
    assert not made.heard[1].cut, "what plays outside a Gather can't be interrupted"
    assert made.documents[-1].at == 2 + 1 + 2


@pytest.mark.parametrize(("mode", "expected"), [("dropped", ["02"]), ("kept", ["02", "1"])])
def test_surplus_keys_are_dropped_or_kept(mode: Literal["dropped", "kept"], expected: list[str]) -> None:
    again = "<Gather numDigits='1' action='/then'><Play>/a.wav</Play></Gather>"
    here = pages("<Gather numDigits='2' action='/got'/>") | {"/got": again, "/then": ""}
    made, line = call(here, type_ahead=mode)
    made.press("021")
    assert [form["Digits"] for form in line.forms("/got") + line.forms("/then")] == expected


def test_a_kept_finishing_key_ends_the_next_gather_at_once() -> None:
    here = pages("<Gather numDigits='2' action='/got'/>") | {"/got": "<Gather action='/then'/>"}
    made, line = call(here | {"/then": ""}, type_ahead="kept", readings=OTHER)
    made.press("04#")
    assert [form["Digits"] for form in line.forms("/then")] == [""]


def test_after_a_dropped_key_time_counts_from_that_key() -> None:
    made, _ = call(pages("<Play>/a.wav</Play><Gather numDigits='1' action='/got'><Play>/b.wav</Play></Gather>"))
    made.press("9", after=1.5).press("1", after=1.5)
    assert made.documents[-1].at == 3.0


@pytest.mark.parametrize("keys", ["", "a", "1 2", "1-2"])
def test_only_keys_can_be_pressed(keys: str) -> None:
    made, _ = call("<Gather/>")
    with pytest.raises(ValueError, match="0 to 9"):
        made.press(keys)


def test_a_document_that_goes_round_without_a_stop_is_an_endless_loop() -> None:
    line = Line({"/voice": "<Redirect>/voice</Redirect>"})
    with pytest.raises(TelephoneError, match=r"100 requests without a stop: an endless loop$"):
        Call(WsgiTransport(line), URL).start()
    assert len(line.asked) == 100
