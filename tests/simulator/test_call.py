"""The call as a caller makes it: stops, hanging up, rejecting, recording, real HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ivr.simulator import Call, HttpTransport, OutOfTurn, TelephoneError, WsgiTransport

from .line import DESK, URL, Answer, Line, call, wav, wsgi_server


@pytest.fixture
def served() -> Iterator[tuple[str, Line]]:
    """A line on a loopback port of its own."""
    line = Line(
        {
            "/voice": "<Gather numDigits='1' action='/got'><Play>/a.wav</Play></Gather>",
            "/a.wav": wav(2, "hello"),
            "/got": "<Say>bye</Say>",
        }
    )
    with wsgi_server(line) as origin:
        yield f"{origin}/voice", line


def test_real_http_and_wsgi_tell_the_same_story(served: tuple[str, Line]) -> None:
    url, line = served
    over_http = Call(HttpTransport(), url, token="t").start().press("1")
    straight = Call(WsgiTransport(line), url, token="t").start().press("1")
    assert over_http.heard == straight.heard
    assert over_http.ended_by == "ran out of verbs"
    assert line.forms("/got")[0].keys() == line.forms("/got")[1].keys()


def test_nothing_at_the_other_end_is_an_error_by_name() -> None:
    """Twilio 11205: "HTTP connection failure"."""
    with pytest.raises(TelephoneError) as caught:
        Call(HttpTransport(), "http://127.0.0.1:9/voice").start()
    assert caught.value.problem.code == 11205


def test_another_origin_may_have_an_app_of_its_own() -> None:
    here = Line({"/voice": "<Redirect>http://other.example/voice</Redirect>"})
    there = Line({"/voice": "<Say>there</Say>"})
    transport = WsgiTransport(here, {"http://other.example": there})
    assert Call(transport, URL).start().prompts == ["there"]


def test_an_app_that_raises_reaches_the_test() -> None:
    def broken(_asked: object) -> str:
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError, match="a bug"):
        call({"/voice": broken})


def test_a_call_that_was_not_started_is_idle() -> None:
    made = Call(WsgiTransport(Line({})), URL)
    assert (made.state, made.heard, made.documents) == ("idle", [], [])
    with pytest.raises(OutOfTurn, match=r"it is idle$"):
        made.press("1")


@pytest.mark.parametrize(
    "act",
    [
        lambda made: made.start(),
        lambda made: made.press("1"),
        lambda made: made.wait(),
        lambda made: made.hang_up(),
        lambda made: made.desk("busy"),
        lambda made: made.desk_press("1"),
        lambda made: made.desk_hangs_up(),
    ],
)
def test_nobody_can_do_anything_after_the_end(act: object) -> None:
    made, _ = call("<Hangup/>")
    with pytest.raises(OutOfTurn, match=r"it is ended \(hangup\)"):
        act(made)  # type: ignore[operator]


def test_a_desk_that_does_not_ring_can_do_nothing() -> None:
    made, _ = call("<Gather/>")
    with pytest.raises(OutOfTurn):
        made.desk("answer")
    with pytest.raises(ValueError, match="must be one of"):
        call(f"<Dial>{DESK}</Dial>")[0].desk("sleepy")  # type: ignore[arg-type]


def test_a_turn_is_what_happened_since_the_last_action() -> None:
    pages = {"/voice": "<Say>one</Say><Gather numDigits='1'><Say>two</Say></Gather><Say>three</Say>"}
    made, _ = call(pages)
    assert made.prompts == ["one", "two"]
    assert made.wait().prompts == ["three"]
    assert [sound.turn for sound in made.heard] == [0, 0, 1]


def test_a_caller_may_hang_up_in_the_middle_of_a_sound() -> None:
    pages = {"/voice": "<Play>/a.wav</Play><Gather><Play>/a.wav</Play></Gather>", "/a.wav": wav(2)}
    made, _ = call(pages)
    made.hang_up(after=0.5)
    assert len(made.heard) == 1
    assert made.heard[0].cut
    assert made.seconds == 0.5


def test_a_caller_cannot_have_gone_before_the_app_was_asked() -> None:
    pages = {"/voice": "<Say>thirteen char</Say><Redirect>/next</Redirect>", "/next": "<Gather/>"}
    made, _ = call(pages)
    with pytest.raises(OutOfTurn, match=r"nobody was there when http://line.example/next was asked"):
        made.hang_up(after=0.5)


def test_a_caller_may_hang_up_at_once_but_not_after_the_wait() -> None:
    assert call("<Gather/>")[0].hang_up(after=0).seconds == 0
    made, _ = call("<Gather timeout='3'/><Say>x</Say>")
    with pytest.raises(OutOfTurn, match="ends after 3 s"):
        made.hang_up(after=3)


@pytest.mark.parametrize("after", [-1, float("nan"), float("inf")])
def test_time_goes_forward_only(after: float) -> None:
    made, _ = call("<Gather/>")
    for act in (made.press, lambda _keys, late: made.hang_up(late)):
        with pytest.raises(ValueError, match="time only goes forward"):
            act("1", after)
    talking = call(f"<Dial>{DESK}</Dial>")[0].desk("answer")
    with pytest.raises(ValueError, match="time only goes forward"):
        talking.desk_hangs_up(after)


def test_every_request_is_kept_with_its_answer() -> None:
    made, _ = call({"/voice": "<Redirect>/gone</Redirect>"}, strict=False)
    assert [(page.url, page.status) for page in made.documents] == [
        ("http://line.example/voice", 200),
        ("http://line.example/gone", 404),
    ]
    assert made.documents[0].body.startswith(b"<Response><Redirect>")


@pytest.mark.parametrize(("reason", "status"), [("busy", "busy"), ("rejected", "no-answer")])
def test_reject_ends_a_call_that_was_never_answered(reason: str, status: str) -> None:
    """Twilio, <Reject>: the first verb only; the call isn't answered and isn't billed."""
    pages = {"/voice": f"<Reject reason='{reason}'/>", "/status": Answer(b"", "", 204)}
    made, line = call(pages, status_url="http://line.example/status")
    assert made.ended_by == "reject"
    assert line.asked[-1].form["CallStatus"] == status


def test_a_recording_ends_with_a_key_and_is_told_to_the_action() -> None:
    """Twilio, <Record>: `action` gets RecordingUrl, RecordingDuration and the key."""
    made, line = call({"/voice": "<Record action='/kept' maxLength='8'/>", "/kept": ""})
    made.press("#")
    form = line.forms("/kept")[0]
    assert form["RecordingUrl"].startswith("https://")
    assert form["RecordingDuration"] == "8"
    assert form["Digits"] == "#"


def test_a_recording_takes_its_time() -> None:
    """Twilio, <Record>: timeout 5 s of silence, maxLength at most; here a caller speaks for ten seconds."""
    pages = {"/voice": "<Say>thirteen char</Say><Record action='/kept' maxLength='60'/>"}
    pages |= {"/kept": "<Gather numDigits='1' action='/got'/>", "/got": ""}
    for after, duration, seconds in ((None, "10", 1 + 10 + 0.5), (4.6, "4", 4.6 + 0.5)):
        made, line = call(pages)
        made.press("#", after).press("1", after=0.5)
        assert line.forms("/kept")[0]["RecordingDuration"] == duration
        assert made.seconds == pytest.approx(seconds)
    with pytest.raises(OutOfTurn, match="ends after 61 s"):
        call(pages)[0].press("#", after=61)
    assert call(pages)[0].press("#", after=0.9).state == "waiting", "the recording hadn't begun"
    silent, line = call({"/voice": "<Record/><Gather numDigits='1' action='/got'/>", "/got": ""})
    assert silent.wait().press("1", after=0.5).seconds == 5.5


def test_a_recording_without_action_is_told_to_the_same_document() -> None:
    """Twilio, <Record>: `action` defaults to the same document."""
    made, line = call(lambda asked: "" if "RecordingUrl" in asked.form else "<Record/>")
    assert made.press("1").ended_by == "ran out of verbs"
    assert line.paths() == ["/voice", "/voice"]


def test_nothing_recorded_falls_through() -> None:
    """Twilio, <Record>: an empty recording makes no request."""
    made, line = call("<Record finishOnKey='#'/><Say>nothing</Say>")
    made.press("1").wait()
    assert made.prompts == ["nothing"]
    assert line.paths() == ["/voice"]
