"""What the app is told, and what becomes of its errors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

import pytest

from ivr.simulator import FIRST, OTHER, Call, Response, TelephoneError, Unreachable, WsgiTransport

from .line import DESK, URL, Answer, Line, call, redirect, wav

FALLBACK = "http://line.example/fallback"
STATUS = "http://line.example/status"
JST = timezone(timedelta(hours=9))


def test_a_webhook_is_a_form_that_is_posted_as_utf_8() -> None:
    """Twilio, "Webhooks": form POST."""
    _, line = call("")
    asked = line.asked[0]
    assert (asked.method, asked.kind) == ("POST", "application/x-www-form-urlencoded; charset=UTF-8")
    assert b"UnheardOfParameter=na%C3%AFve" in asked.body
    assert asked.headers["HTTP_USER_AGENT"] == "TwilioProxy/1.1"


@pytest.mark.parametrize(
    "from_", ["anonymous", "Restricted", "client:alice", "sip:alice@example.com", "+9999011112222"]
)
def test_a_caller_may_be_a_number_a_word_a_client_or_a_sip_address(from_: str) -> None:
    """Twilio, "Webhooks": From may be anonymous or another word, client: or a SIP address."""
    assert call("", from_=from_)[1].forms("/voice")[0]["From"] == from_


def test_by_default_the_caller_is_anonymous_and_the_number_nobodys() -> None:
    form = call("")[1].forms("/voice")[0]
    assert (form["From"], form["To"]) == ("anonymous", "+99900000000")


def test_a_call_may_have_an_identifier_of_another_shape() -> None:
    """Other carriers' CallSid has other shapes."""
    made, line = call({"/voice": "<Redirect>/next</Redirect>", "/next": ""}, sid="v3:abc-42")
    assert {form["CallSid"] for form in line.forms("/voice") + line.forms("/next")} == {"v3:abc-42"} == {made.leg.sid}


def test_the_first_request_rings_and_the_next_are_in_progress() -> None:
    """Twilio, "Webhooks": CallStatus is `ringing` first, then `in-progress`."""
    _, line = call({"/voice": "<Redirect>/next</Redirect>", "/next": ""})
    assert [asked.form["CallStatus"] for asked in line.asked] == ["ringing", "in-progress"]


def test_the_usual_parameters_are_told_and_some_unheard_of() -> None:
    """Twilio, "Webhooks": these, and new ones without notice."""
    _, line = call("", from_="anonymous", to="+9995055555555")
    form = line.asked[0].form
    assert re.fullmatch("CA[0-9a-f]{32}", form["CallSid"])
    assert re.fullmatch("AC[0-9a-f]{32}", form["AccountSid"])
    assert (form["From"], form["Caller"]) == ("anonymous", "anonymous")
    assert (form["To"], form["Called"]) == ("+9995055555555", "+9995055555555")
    assert (form["Direction"], form["ApiVersion"]) == ("inbound", "2010-04-01")
    assert form["UnheardOfParameter"] == "naïve ✓ 新"
    assert form["CallerCity"] == ""


def test_a_call_keeps_its_sid_and_two_calls_differ() -> None:
    first, line = call({"/voice": "<Redirect>/next</Redirect>", "/next": ""})
    assert len({asked.form["CallSid"] for asked in line.asked}) == 1
    assert call("")[0].leg.sid != first.leg.sid


def test_digits_are_told_once_only() -> None:
    made, line = call({"/voice": "<Gather action='/got'/>", "/got": "<Redirect>/next</Redirect>", "/next": ""})
    made.press("1#")
    assert ["Digits" in asked.form for asked in line.asked] == [False, True, False]


def test_no_cookie_comes_back() -> None:
    """Not at every compatible carrier: state rides in the URL."""
    cookie = Answer(b"<Response><Redirect>/next</Redirect></Response>", headers=(("Set-Cookie", "a=b"),))
    _, line = call({"/voice": cookie, "/next": ""})
    assert "HTTP_COOKIE" not in line.asked[1].headers


def test_the_status_callback_is_told_when_the_call_is_over() -> None:
    """Twilio, "Status callback": CallStatus=completed and CallDuration; 204 is a fine answer."""
    pages = {"/voice": "<Pause length='7'/>", "/status": Answer(b"", "", 204)}
    made, line = call(pages, status_url=STATUS)
    form = line.forms("/status")[0]
    assert (form["CallStatus"], form["CallDuration"]) == ("completed", "7")
    assert made.problems == []


def test_what_a_status_callback_answers_is_not_run() -> None:
    """Twilio: no TwiML is run after the end of a call."""
    made, line = call({"/voice": "", "/status": "<Redirect>/voice</Redirect>"}, status_url=STATUS)
    assert line.paths() == ["/voice", "/status"]
    assert made.ended_by == "ran out of verbs"


def test_a_status_callback_that_fails_is_an_error() -> None:
    with pytest.raises(TelephoneError, match="callback answered HTTP 404"):
        call("", status_url=STATUS)


def test_the_caller_who_hangs_up_asks_nothing_but_the_status_callback() -> None:
    pages = {"/voice": "<Gather action='/got'/>", "/status": Answer(b"", "", 204)}
    made, line = call(pages, status_url=STATUS)
    made.press("1").hang_up()
    assert line.paths() == ["/voice", "/status"]
    assert made.ended_by == "caller"


@pytest.mark.parametrize(("readings", "repeated"), [(FIRST, None), (OTHER, "1")])
def test_the_fallback_may_be_told_what_the_request_that_failed_was_told(readings, repeated) -> None:
    pages = {"/voice": "<Gather numDigits='1' action='/broken'/>", "/broken": "<Nonsense/>", "/fallback": ""}
    made, line = call(pages, fallback_url=FALLBACK, strict=False, readings=readings)
    made.press("1")
    assert line.forms("/fallback")[0].get("Digits") == repeated


def test_the_fallback_is_told_the_code_and_the_address() -> None:
    """Twilio, "Fallback URL": POST with ErrorCode and ErrorUrl."""
    pages = {
        "/voice": "<Redirect>/broken?a=1</Redirect>",
        "/broken": "<Nonsense/>",
        "/fallback": "<Say>sorry</Say>",
    }
    made, line = call(pages, fallback_url=FALLBACK, strict=False)
    form = line.forms("/fallback")[0]
    assert form["ErrorCode"] == "12200"
    assert form["ErrorUrl"] == "http://line.example/broken?a=1"
    assert form["CallSid"] == line.asked[0].form["CallSid"]
    assert made.prompts == ["sorry"]
    assert len(made.problems) == 1


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(b"", "text/xml", 404), 11200),
        (Answer(b"", "text/xml", 503), 11200),
        (Answer(b"<Response", "text/xml"), 12100),
        (Answer(b"<Response/>", ""), 12300),
        (Answer(b"<Response>" + b" " * 65_536 + b"</Response>"), 11750),
        ("<Nonsense/>", 12200),
    ],
)
def test_whatever_is_wrong_with_an_answer_goes_to_the_fallback(answer: Answer | str, code: int) -> None:
    """Twilio: 4xx, 5xx, invalid TwiML or a missing Content-Type go to the number's fallback URL."""
    pages = {"/voice": answer, "/fallback": "<Say>sorry</Say>"}
    made, line = call(pages, fallback_url=FALLBACK, strict=False)
    assert line.forms("/fallback")[0]["ErrorCode"] == str(code)
    assert made.prompts == ["sorry"]


@pytest.mark.parametrize("code", [11200, 11205])
def test_a_time_out_and_a_missing_server_go_to_the_fallback(code: int) -> None:
    """Twilio: so does a time-out."""
    line = Line({"/fallback": "<Say>sorry</Say>"})

    class Dead(WsgiTransport):
        def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Response:
            if url == URL:
                raise Unreachable(code, "nobody")
            return super().send(method, url, headers, body)

    made = Call(Dead(line), URL, fallback_url=FALLBACK, strict=False).start()
    assert line.forms("/fallback")[0]["ErrorCode"] == str(code)
    assert made.prompts == ["sorry"]


def test_the_digits_of_a_failed_action_are_gone() -> None:
    pages = {"/voice": "<Gather action='/got'/>", "/fallback": ""}
    made, line = call(pages, fallback_url=FALLBACK, strict=False)
    made.press("1#")
    assert "Digits" not in line.forms("/fallback")[0]


def test_a_fallback_that_fails_too_ends_with_the_stock_message() -> None:
    """Twilio: without a working fallback the caller hears a stock message, and is hung up on."""
    made, _ = call({}, fallback_url=FALLBACK, strict=False)
    assert made.ended_by == "stock message"
    assert made.heard[0].kind == "stock"
    assert [problem.url for problem in made.problems] == ["http://line.example/voice", FALLBACK]


def test_without_fallback_the_stock_message_comes_at_once() -> None:
    made, line = call({}, strict=False)
    assert made.ended_by == "stock message"
    assert len(made.problems) == 1
    assert line.paths() == ["/voice"]


def test_a_strict_telephone_raises_and_the_call_is_over() -> None:
    made, _ = call({"/voice": "<Gather action='/gone'/>"}, fallback_url=FALLBACK)
    with pytest.raises(TelephoneError):
        made.press("1#")
    assert (made.state, made.ended_by) == ("ended", "telephone error")
    assert made.problems[0].code == 11200


def test_http_redirects_are_followed_by_get() -> None:
    _, line = call({"/voice": redirect("/b"), "/b": redirect("/c", 307), "/c": ""})
    assert [asked.method for asked in line.asked] == ["POST", "GET", "GET"]
    assert "CallSid=CA" in line.asked[2].query


@pytest.mark.parametrize("status", [307, 308])
def test_a_307_and_a_308_keep_the_method(status: int) -> None:
    _, line = call({"/voice": redirect("/b", status), "/b": ""})
    assert [asked.method for asked in line.asked] == ["POST", "POST"]


@pytest.mark.parametrize("status", [301, 302, 303])
def test_other_redirects_are_followed_by_get(status: int) -> None:
    _, line = call({"/voice": redirect("/b", status), "/b": ""})
    assert [asked.method for asked in line.asked] == ["POST", "GET"]


def test_a_long_call_is_no_endless_loop() -> None:
    made, _ = call("<Gather numDigits='1'/>")
    for _turn in range(150):
        made.press("1")
    assert len(made.documents) == 151


def test_ten_redirects_are_followed_and_no_more() -> None:
    """Twilio 11215: at most 10 HTTP redirects."""
    chain = {f"/{hop}": redirect(f"/{hop + 1}") for hop in range(1, 10)}
    made, _ = call({"/voice": redirect("/1"), **chain, "/10": ""})
    assert made.state == "ended"
    with pytest.raises(TelephoneError) as caught:
        call({"/voice": redirect("/1"), **chain, "/10": redirect("/11"), "/11": ""})
    assert caught.value.problem.code == 11215


def test_an_idempotency_token_is_fresh_for_every_request() -> None:
    """Twilio: I-Twilio-Idempotency-Token tells retries apart."""
    pages = {"/voice": "<Redirect>/next</Redirect>", "/next": ""}
    _, line = call(pages, idempotency_token=True)
    assert len({asked.headers["HTTP_I_TWILIO_IDEMPOTENCY_TOKEN"] for asked in line.asked}) == 2
    _, line = call(pages)
    assert "HTTP_I_TWILIO_IDEMPOTENCY_TOKEN" not in line.asked[0].headers


def test_the_demo_clock_moves_with_what_is_heard_and_waited_for() -> None:
    pages = {
        "/voice": "<Play>/a.wav</Play><Gather numDigits='1' timeout='10' action='/got'/>",
        "/a.wav": wav(30),
        "/got": f"<Dial action='/done'><Number url='/w'>{DESK}</Number></Dial>",
        "/w": "",
        "/done": "",
    }
    made, line = call(pages, at=datetime(2026, 11, 24, 9, 59, tzinfo=JST))
    made.press("1").desk("answer").desk_hangs_up(60)
    clocks = [asked.form["DemoClock"] for asked in line.asked if asked.form]
    assert clocks == [
        "2026-11-24T09:59:00+09:00",
        "2026-11-24T09:59:31+09:00",
        "2026-11-24T09:59:36+09:00",
        "2026-11-24T10:00:36+09:00",
    ]


def test_a_moment_without_offset_is_told_without_one() -> None:
    _, line = call("", at=datetime(2026, 11, 24, 9, 30))
    assert line.asked[0].form["DemoClock"] == "2026-11-24T09:30:00"
    assert "DemoClock" not in call("")[1].asked[0].form
