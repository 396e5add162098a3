"""What is a TwiML document, and what the telephone refuses."""

from typing import Any

import pytest

from ivr.simulator import TelephoneError

from .line import Answer, call


def refused(answer: Answer | str) -> TelephoneError:
    with pytest.raises(TelephoneError) as caught:
        call({"/voice": answer})
    return caught.value


def test_verbs_run_top_to_bottom_and_then_the_call_ends() -> None:
    """Twilio, "TwiML": verbs run in order; when they run out the call ends."""
    made, _ = call("<Say>one</Say><Say>two</Say>")
    assert made.prompts == ["one", "two"]
    assert (made.state, made.ended_by) == ("ended", "ran out of verbs")


def test_an_empty_response_ends_the_call() -> None:
    made, _ = call("")
    assert made.ended_by == "ran out of verbs"
    assert made.heard == []


def test_hangup_ends_the_call_by_a_name_of_its_own() -> None:
    """Twilio, <Hangup>: ends the call."""
    assert call("<Say>one</Say><Hangup/>")[0].ended_by == "hangup"


def test_a_bare_cr_xml_declaration_and_comments_are_fine() -> None:
    body = b'<?xml version="1.0" encoding="UTF-8"?>\n<Response><!-- a --><Say>hi</Say></Response>'
    assert call({"/voice": Answer(body)})[0].prompts == ["hi"]


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503])
def test_an_http_error_is_refused(status: int) -> None:
    """Twilio 11200: 4xx and 5xx are retrieval failures."""
    problem = refused(Answer(b"<Response/>", "text/xml", status)).problem
    assert problem.code == 11200
    assert str(status) in problem.message


@pytest.mark.parametrize("kind", ["", "text/html", "text/plain", "application/json"])
def test_a_document_needs_an_xml_content_type(kind: str) -> None:
    """Twilio 12300: a missing or wrong Content-Type is an error."""
    assert refused(Answer(b"<Response/>", kind)).problem.code == 12300


@pytest.mark.parametrize("kind", ["text/xml", "application/xml", "text/xml; charset=utf-8"])
def test_both_xml_types_are_taken(kind: str) -> None:
    assert call({"/voice": Answer(b"<Response/>", kind)})[0].state == "ended"


def test_more_than_64_kilobytes_are_refused() -> None:
    """Twilio 11750: a document has at most 64 kB."""
    assert refused("<!--" + "x" * 65_536 + "-->").problem.code == 11750


def test_exactly_64_kilobytes_are_taken() -> None:
    body = b"<Response><!--" + b"x" * (65_536 - 28) + b"--></Response>"
    assert len(body) == 65_536
    assert call({"/voice": Answer(body)})[0].state == "ended"


def test_an_empty_body_is_refused() -> None:
    assert refused(Answer(b"")).problem.code == 11770


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<Response><Say>x</Response>", 12100),
        (b"\n<?xml version='1.0'?><Response/>", 12100),
        (b"<Response/><Response/>", 12100),
        (b"<Response><Say>a & b</Say></Response>", 12100),
        (b"<response/>", 12102),
        (b"<html/>", 12102),
        (b'<Response xmlns="urn:x"><Say>x</Say></Response>', 12200),
    ],
)
def test_what_is_not_a_response_is_refused(body: bytes, code: int) -> None:
    """Twilio 12100, "Document parse failure"; 12102: the root is <Response>, case-sensitive."""
    assert refused(Answer(body)).problem.code == code


def test_a_doctype_is_refused_before_its_entities_grow() -> None:
    bomb = b'<!DOCTYPE r [<!ENTITY a "aaaa">]><Response><Say>&a;</Say></Response>'
    assert "DOCTYPE" in str(refused(Answer(bomb)))


def test_an_error_names_its_line_and_column() -> None:
    problem = refused(Answer(b"<Response>\n  <Say>x</Say>\n  <Sya/>\n</Response>")).problem
    assert (problem.line, problem.column) == (3, 3)
    assert str(problem).startswith("http://line.example/voice:3:3: ")


@pytest.mark.parametrize(
    "verbs",
    [
        "<say>x</say>",
        "<Sey>x</Sey>",
        "<Enqueue>x</Enqueue>",
        "<Number>+9995012345678</Number>",
        "<Say><Play>/a</Play></Say>",
        "<Say><s><Play>/a</Play></s></Say>",
        "<s>x</s>",
        "<Gather><Redirect>/a</Redirect></Gather>",
        "<Gather><Gather/></Gather>",
        "<Dial><Say>x</Say></Dial>",
        "<Dial><Client>x</Client></Dial>",
        "<Hangup>x</Hangup>",
        "text between verbs",
        "<Gather>text in a Gather</Gather>",
        "<Hangup when='now'/>",
        "<Gather numdigits='1'/>",
        "<Say language='ja-JP' lang='ja'>x</Say>",
        "<Say>x</Say><Reject/>",
    ],
)
def test_unknown_and_misplaced_things_are_refused(verbs: str) -> None:
    """Twilio 12200, "Schema validation warning": misspelled, wrong case, unknown, misplaced."""
    assert refused(verbs).problem.code in {12200, 13215, 13320}


@pytest.mark.parametrize(
    ("verbs", "code"),
    [
        ("<Gather numDigits='0'/>", 13314),
        ("<Gather numDigits='two'/>", 13314),
        ("<Gather timeout='-1'/>", 13313),
        ("<Gather timeout='1.5'/>", 13313),
        ("<Gather finishOnKey='##'/>", 13310),
        ("<Gather finishOnKey='a'/>", 13310),
        ("<Gather method='PUT'/>", 13312),
        ("<Gather input='speech'/>", 12200),
        ("<Gather actionOnEmptyResult='yes'/>", 12200),
        ("<Gather action=''/>", 11100),
        ("<Gather><Hangup/></Gather>", 13320),
        ("<Play loop='x'>/a</Play>", 13410),
        ("<Say loop='-1'>x</Say>", 13510),
        ("<Pause length='0'/>", 12200),
        ("<Say> </Say>", 13520),
        (f"<Say language='th-TH'>{'ก' * 501}</Say>", 13521),
        ("<Redirect> </Redirect>", 11100),
        ("<Redirect>ftp://x.example/</Redirect>", 11100),
        ("<Play/>", 11100),
        ("<Play>/a b.wav</Play>", 11100),
        ("<Play>/あ.wav</Play>", 11100),
        ("<Gather action='ftp://x.example/'/>", 11100),
        ("<Reject reason='tired'/>", 12200),
        ("<Dial timeout='4'>+9995012345678</Dial>", 13212),
        ("<Dial timeout='601'>+9995012345678</Dial>", 13212),
        ("<Dial timeLimit='0'>+9995012345678</Dial>", 13216),
        ("<Dial timeLimit='14401'>+9995012345678</Dial>", 13216),
        ("<Dial hangupOnStar='1'>+9995012345678</Dial>", 13213),
        ("<Dial callerId='anonymous'>+9995012345678</Dial>", 13214),
        ("<Dial>0312345678</Dial>", 13223),
        ("<Dial><Number>+0312345678</Number></Dial>", 13223),
        ("<Dial></Dial>", 13223),
        ("<Dial>+9995012345678<Number>+9995012345678</Number></Dial>", 13215),
        ("<Dial>" + "<Number>+9995012345678</Number>" * 11 + "</Dial>", 13215),
    ],
)
def test_illegal_values_are_refused_by_twilios_code(verbs: str, code: int) -> None:
    assert refused(verbs).problem.code == code


@pytest.mark.parametrize(
    "verbs",
    [
        "<Redirect>/next</Redirect><Say>x</Say>",
        "<Hangup/><Say>x</Say>",
        "<Dial action='/next'>+9995012345678</Dial><Say>x</Say>",
        "<Gather actionOnEmptyResult='true' action='/next'/><Say>x</Say>",
    ],
)
def test_verbs_that_cannot_be_reached_are_a_warning(verbs: str) -> None:
    """Twilio: what follows a verb that hands control away is unreachable."""
    made, _ = call({"/voice": verbs, "/next": ""})
    assert [problem.level for problem in made.problems] == ["warning"]
    assert "can't be reached" in made.problems[0].message
    assert made.problems[0].code == 0, "Twilio has no number for it"


@pytest.mark.parametrize(
    ("verbs", "action"),
    [
        ("<Redirect>/next</Redirect>", lambda made: made),
        ("<Hangup/>", lambda made: made),
        ("<Gather numDigits='1' action='/next'/>", lambda made: made.press("1")),
        ("<Dial action='/next'>+9995012345678</Dial>", lambda made: made.desk("busy")),
        ("<Record action='/next'/>", lambda made: made.press("#")),
    ],
)
def test_what_follows_a_verb_that_hands_control_away_is_never_run(verbs: str, action: Any) -> None:
    """Twilio: Redirect, Gather that got input, Dial with action and Record make it unreachable."""
    made, _ = call({"/voice": f"{verbs}<Say>unreachable</Say>", "/next": ""})
    action(made)
    assert made.state == "ended"
    assert [sound.text for sound in made.heard] == []


def test_a_redirect_is_by_post_unless_it_says_get() -> None:
    """Twilio, <Redirect>: method POST."""
    _, line = call({"/voice": "<Redirect>/a</Redirect>", "/a": "<Redirect method='GET'>/b</Redirect>", "/b": ""})
    assert [asked.method for asked in line.asked] == ["POST", "POST", "GET"]


def test_text_messages_are_not_sent_by_a_document() -> None:
    """Twilio: <Sms> is deprecated: the REST API sends messages."""
    assert "<Sms> is deprecated: messages are sent by the REST API" in str(refused("<Sms>hello</Sms>"))


def test_a_gather_that_may_fall_through_is_no_warning() -> None:
    assert call("<Gather action='/next'/><Say>x</Say>")[0].problems == []


def test_an_attribute_of_the_wrong_case_gets_no_second_chance() -> None:
    assert "'numdigits'" in str(refused("<Gather numdigits='1'/>"))
    assert "write <Say>" in str(refused("<say>x</say>"))


def test_a_misplaced_verb_is_told_from_an_unknown_one() -> None:
    assert "<Hangup> can't be inside <Gather>" in str(refused("<Gather><Hangup/></Gather>"))
    assert "<s> can't be inside <Response>" in str(refused("<s>x</s>"))
    assert "<Enqueue> is not a verb" in str(refused("<Enqueue/>"))


def test_a_204_is_not_a_document() -> None:
    assert refused(Answer(b"", "text/xml", 204)).problem.code == 11770
