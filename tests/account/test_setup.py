"""`ivr twilio setup` against a Twilio of our own. The real service was never asked."""

from __future__ import annotations

import pytest
from twilio.http.response import Response

from ivr.account import rest
from tests.account.conftest import PUBLIC_URL, WIRED
from tests.account.stub import RefusedError, ToTheStub, number
from tests.cast import LINE

OTHER = "+999501110001"
NEW = {
    "VoiceUrl": f"{PUBLIC_URL}/voice",
    "VoiceFallbackUrl": f"{PUBLIC_URL}/voice/fallback",
    "StatusCallback": f"{PUBLIC_URL}/voice/status",
}


def changes(twilio):
    return [values for name, values in twilio.asked if name == "change"]


def test_a_new_number_is_pointed_here_once_somebody_said_yes(ivr, twilio):
    twilio.numbers = [number()]
    status, told = ivr(["setup"], "y\n")
    assert status == 0
    assert f"A call comes in: nothing -> {PUBLIC_URL}/voice\n" in told
    assert "calls this line now" in told
    assert changes(twilio) == [NEW]
    assert {name: twilio.numbers[0][name] for name in WIRED} == WIRED


@pytest.mark.parametrize("answer", ["n\n", "\n", ""])
def test_without_a_yes_nothing_is_changed(ivr, twilio, answer):
    twilio.numbers = [number()]
    assert ivr(["setup"], answer)[0] == 1
    assert changes(twilio) == []


def test_a_script_is_not_asked(ivr, twilio):
    twilio.numbers = [number()]
    assert ivr(["setup", "--yes"])[0] == 0
    assert changes(twilio) == [NEW]


def test_what_is_right_already_is_left_alone(ivr, twilio):
    status, told = ivr(["setup"])
    assert (status, changes(twilio)) == (0, [])
    assert "nothing to change" in told


def test_get_and_the_looking_up_of_names_are_turned_off(ivr, twilio):
    methods = {"voice_method": "GET", "voice_fallback_method": "GET", "status_callback_method": "GET"}
    twilio.numbers = [number(**WIRED, **methods, voice_receive_mode="fax", voice_caller_id_lookup=True)]
    _, told = ivr(["setup", "--yes"])
    assert "A call comes in, by: GET -> POST" in told
    assert changes(twilio) == [
        {
            "VoiceMethod": "POST",
            "VoiceFallbackMethod": "POST",
            "StatusCallbackMethod": "POST",
            "VoiceReceiveMode": "voice",
            "VoiceCallerIdLookup": "false",
        }
    ]


def test_another_host_can_be_the_last_resort(ivr, twilio, environ):
    environ.setenv("FALLBACK_URL", "https://static.example.org/start.xml")
    ivr(["setup", "--yes"])
    assert changes(twilio) == [{"VoiceFallbackUrl": "https://static.example.org/start.xml"}]


@pytest.mark.parametrize(
    ("values", "what"),
    [({"voice_application_sid": f"AP{'2' * 32}"}, "TwiML app"), ({"trunk_sid": f"TK{'2' * 32}"}, "trunk")],
)
def test_a_number_that_somebody_else_answers_is_left_alone(ivr, twilio, values, what):
    twilio.numbers = [number(**values)]
    status, told = ivr(["setup", "--yes"])
    assert (status, changes(twilio)) == (1, [])
    assert what in told
    assert "Twilio's console" in told


def test_the_number_can_be_named(ivr, twilio):
    twilio.numbers = [number(**WIRED), number(OTHER)]
    assert ivr(["setup", "--yes", "--number", OTHER])[0] == 0
    assert twilio.numbers[1]["voice_url"] == f"{PUBLIC_URL}/voice"


@pytest.mark.parametrize(
    ("typed", "caller_id", "told"),
    [
        (
            ["--number", "+999501110009"],
            LINE,
            f"+999501110009 is not a number of this account. The account's numbers: {LINE}, {OTHER}",
        ),
        ([], "", f"Which number? Name it by --number. The account's numbers: {LINE}, {OTHER}"),
        (["--number", "0501110009"], "", "'0501110009' is not in E.164 form"),
    ],
)
def test_no_number_is_guessed(ivr, twilio, environ, typed, caller_id, told):
    environ.setenv("CALLER_ID", caller_id)
    twilio.numbers = [number(), number(OTHER)]
    status, printed = ivr(["setup", "--yes", *typed])
    assert status != 0
    assert told in printed
    assert changes(twilio) == []


def test_the_only_number_needs_no_name(ivr, twilio, environ):
    environ.setenv("CALLER_ID", "")
    twilio.numbers = [number()]
    assert ivr(["setup", "--yes"])[0] == 0


def test_the_only_number_is_not_taken_for_another_that_was_named(ivr, twilio):
    twilio.numbers = [number()]
    assert f"{OTHER} is not a number of this account" in ivr(["setup", "--yes", "--number", OTHER])[1]
    assert changes(twilio) == []


def test_a_number_that_begins_in_the_same_way_is_another(ivr, twilio):
    twilio.numbers = [number(f"{LINE}1"), number(OTHER)]
    assert "Which number?" in ivr(["setup", "--yes"])[1]


def test_an_account_without_numbers_is_told(ivr, twilio):
    twilio.numbers = []
    assert "The account's numbers: none" in ivr(["setup"])[1]


def test_a_change_that_twilio_did_not_make_is_told(ivr, twilio):
    twilio.numbers, twilio.deaf = [number()], True
    status, told = ivr(["setup", "--yes"])
    assert status == 1
    assert "this is not as it should be" in told


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TWILIO_ACCOUNT_SID", "", "TWILIO_ACCOUNT_SID is missing"),
        ("TWILIO_ACCOUNT_SID", "AC123", "right would be AC and 32 hexadecimal digits"),
        ("TWILIO_AUTH_TOKEN", "wrong", "Twilio doesn't accept it for the account TWILIO_ACCOUNT_SID"),
        ("PUBLIC_URL", "http://127.0.0.1:8000", "is this machine only, where Twilio can't call"),
    ],
)
def test_wrong_settings_are_told(ivr, twilio, environ, name, value, told):
    environ.setenv(name, value)
    status, printed = ivr(["setup", "--yes"])
    assert status == 1
    assert told in printed
    assert changes(twilio) == []


def test_a_twilio_that_is_out_of_order_is_told_without_the_accounts_id(ivr, twilio):
    twilio.down = True
    status, printed = ivr(["setup", "--yes"])
    assert status == 1
    assert "Twilio refused (503" in printed
    assert twilio.account["sid"] not in printed


def test_twilios_own_reason_is_told_where_it_refuses_a_list(ivr, twilio):
    def refuse(*_):
        raise RefusedError((429, 20429), "Too Many Requests")

    twilio._numbers = refuse
    assert ivr(["setup"])[1] == "Twilio refused (429, error 20429): Too Many Requests"


def test_an_answer_that_is_not_twilios_is_told(ivr, environ):
    """As of a proxy that wants somebody to sign in."""

    class Proxy(ToTheStub):
        def request(self, *_asked, **_options):
            return Response(200, "<html>")

    environ.setattr(rest, "_http", lambda: Proxy("nowhere"))
    assert ivr(["setup"])[1] == "Twilio could not be asked: JSONDecodeError"


def test_twilio_is_not_waited_for_for_ever():
    assert rest._http().timeout == rest.SECONDS


def test_without_a_network_it_says_so(ivr, environ):
    environ.setattr(rest, "_http", lambda: ToTheStub("http://127.0.0.1:9"))
    assert ivr(["setup"])[1] == "Twilio could not be asked: ConnectionError"


def test_the_numbers_of_one_language_are_pointed_here_too(ivr, twilio, environ):
    environ.setenv("LINE_LANGUAGES", f"{OTHER}:vi,{LINE}:en")
    twilio.numbers = [number(**WIRED), number(OTHER)]
    status, told = ivr(["setup", "--yes"])
    assert (status, changes(twilio)) == (0, [NEW])
    assert f"{LINE} calls this line already" in told
    assert f"{OTHER} calls this line now." in told
    assert told.endswith("Next: ivr twilio doctor\n")


def test_a_number_of_one_language_that_is_somebody_elses_is_told_before_anything_is_changed(ivr, twilio, environ):
    environ.setenv("LINE_LANGUAGES", f"{OTHER}:vi")
    twilio.numbers = [number()]
    status, told = ivr(["setup", "--yes"])
    assert (status, changes(twilio)) == (1, [])
    assert f"{OTHER} is not a number of this account" in told
