"""`ivr twilio doctor` against a Twilio and a line of our own. The real service was never asked."""

from __future__ import annotations

import pytest

from ivr.account.desk_numbers import countries_of
from ivr.account.rest import Country
from ivr.simulator import WsgiTransport
from tests.account.conftest import PUBLIC_URL, WIRED, line_with
from tests.account.stub import TOKEN, country, number
from tests.cast import CINGA, LINE

NEW_TOKEN = "b" * 32
CHANGING = {"change", "ring"}


def test_where_everything_fits_it_says_so_and_what_it_cannot_know(ivr, twilio):
    status, told = ivr(["doctor"])
    assert status == 0, told
    assert "WRONG" not in told
    for right in (
        "TWILIO_AUTH_TOKEN: Twilio accepts it",
        "TWILIO_AUTH_TOKEN: it has the token that signs calls",
        'the account "Helpline" is active',
        f"{LINE}: calls, failures and status come here by POST",
        f"CALLER_ID: {LINE} is a number of this account",
        "CINGA_PHONE, FRESC_PHONE: calls to Nowhere (XN) are allowed",
        f"{PUBLIC_URL}/voice: a call that isn't signed is refused",
        f"{PUBLIC_URL}/voice: a call signed is answered, and its sounds are there",
        f"{PUBLIC_URL}/voice/fallback: a call whose document failed is answered",
    ):
        assert f"right    {right}" in told.replace(f"{PUBLIC_URL}/health", "")
    assert "unknown  whether Twilio's own servers reach it" in told
    assert "unknown  whether desks answer" in told
    assert not CHANGING & {name for name, _ in twilio.asked}


def test_nothing_that_it_prints_is_a_secret(ivr, twilio):
    told = ivr(["doctor"])[1]
    assert TOKEN not in told
    assert twilio.account["sid"] not in told
    assert CINGA not in told


WRONG = {
    "numbers": {
        "by GET": (
            [number(**{**WIRED, "voice_method": "GET"})],
            "A call comes in, by: GET -> POST (by: ivr twilio setup)",
        ),
        "elsewhere": ([number(**{**WIRED, "voice_url": "https://old.example.org/"})], "A call comes in: https://old"),
        "an app": ([number(**WIRED, voice_application_sid=f"AP{'3' * 32}")], "a TwiML app"),
        "no voice": ([number(**WIRED, capabilities={"voice": False})], f"{LINE}: it can't take calls"),
        "not ours": ([], "The account's numbers: none"),
    },
    "account": {
        "suspended": ({"status": "suspended"}, 'the account "Helpline" is suspended: no call gets through'),
        "a trial": ({"type": "Trial"}, "only verified numbers are rung"),
        "another token": ({"auth_token": NEW_TOKEN}, "calls are signed with another token"),
    },
    "countries": {
        "off": ([country("XN", "Nowhere", "+999", ordinary=False)], "calls to Nowhere (XN) aren't allowed; allow them"),
    },
    "tokens": {"denied": ([NEW_TOKEN], "Twilio doesn't accept it for the account TWILIO_ACCOUNT_SID")},
}


@pytest.mark.parametrize(
    ("part", "value", "message"), [(part, *case) for part, cases in WRONG.items() for case in cases.values()]
)
def test_what_stops_calls_is_told(ivr, twilio, part, value, message):
    setattr(twilio, part, {**twilio.account, **value} if part == "account" else value)
    status, told = ivr(["doctor"])
    assert status == 1
    assert [line for line in told.splitlines() if line.startswith("WRONG") and message in line], told


UNKNOWN = {
    "special numbers": (
        [country("XN", "Nowhere", "+999", ordinary=True, special=False)],
        "unknown  CINGA_PHONE, FRESC_PHONE: whether it is a special number",
    ),
    "fraud": (
        [country("XN", "Nowhere", "+999", ordinary=True, fraud=True)],
        "warning  numbers in Nowhere (XN) that fraud",
    ),
    "a shared code": (
        [country("XN", "Nowhere", "+999", ordinary=True), country("XM", "Elsewhere", "+999", ordinary=False)],
        "unknown  CINGA_PHONE, FRESC_PHONE: calls are allowed to some of Nowhere (XN) or Elsewhere (XM) only",
    ),
    "fraud in one of several countries": (
        [country("XN", "Nowhere", "+999", ordinary=True), country("XM", "Fraud", "+999", ordinary=True, fraud=True)],
        "warning  numbers in Nowhere (XN) or Fraud (XM) that fraud",
    ),
    "no country": (
        [country("JP", "Japan", "+81", ordinary=True)],
        "unknown  CINGA_PHONE, FRESC_PHONE: Twilio's list has no",
    ),
}


@pytest.mark.parametrize(("countries", "message"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_it_cannot_know_is_no_reason_to_fail(ivr, twilio, countries, message):
    twilio.countries = countries
    status, told = ivr(["doctor"])
    assert status == 0
    assert message in told


def test_the_longest_calling_code_says_which_country_a_number_is_in():
    kinds = {"ordinary": True, "special": True, "fraudulent": False}
    wide, narrow = Country("A", ("1",), **kinds), Country("B", ("1809",), **kinds)
    assert countries_of("+18095550100", [wide, narrow]) == (narrow,)
    assert countries_of("+12025550100", [wide, narrow]) == (wide,)
    assert countries_of("+442025550100", [wide, narrow]) == ()


def test_a_token_that_signs_nothing_is_told_where_twilio_does_not_say_which_one_does(ivr, twilio):
    twilio.account["auth_token"] = None
    status, told = ivr(["doctor"])
    assert status == 0
    assert "unknown  which token signs calls" in told


# While one token replaces another


def test_both_tokens_are_tried_at_twilio_and_at_the_line(ivr, twilio, environ):
    both = f"{NEW_TOKEN},{TOKEN}"
    environ.setenv("TWILIO_AUTH_TOKEN", both)
    environ.setattr("ivr.cli.twilio.HttpTransport", lambda: WsgiTransport(line_with(both)))
    twilio.tokens = [TOKEN, NEW_TOKEN]
    status, told = ivr(["doctor"])
    assert status == 0
    for position in (1, 2):
        assert f"TWILIO_AUTH_TOKEN, token {position}: Twilio accepts it" in told
        assert f"a call signed with token {position} is answered" in told


def test_a_token_that_has_been_replaced_is_a_warning_and_the_other_one_is_asked_with(ivr, twilio, environ):
    both = f"{TOKEN},{NEW_TOKEN}"
    environ.setenv("TWILIO_AUTH_TOKEN", both)
    environ.setattr("ivr.cli.twilio.HttpTransport", lambda: WsgiTransport(line_with(both)))
    twilio.tokens, twilio.account["auth_token"] = [NEW_TOKEN], NEW_TOKEN
    status, told = ivr(["doctor"])
    assert status == 0
    assert "warning  TWILIO_AUTH_TOKEN, token 1: Twilio doesn't accept it" in told
    assert f"{LINE}: calls, failures and status come here" in told


# The caller ID


@pytest.mark.parametrize(
    ("caller_id", "verified", "status", "message"),
    [
        ("+999501119999", ["+999501119999"], 0, "right    CALLER_ID: +999501119999 is verified"),
        ("+999501119999", [], 1, "WRONG    CALLER_ID: +999501119999 is neither owned nor verified"),
        ("", [], 0, f"right    CALLER_ID is empty, so desks see the number that was called: {LINE} is a number"),
    ],
)
def test_only_a_number_that_may_be_shown_is_right(ivr, twilio, environ, caller_id, verified, status, message):
    environ.setenv("CALLER_ID", caller_id)
    twilio.verified = verified
    found, told = ivr(["doctor"])
    assert (found, message in told) == (status, True), told


def test_a_number_without_voice_cannot_be_shown(ivr, twilio, environ):
    environ.setenv("CALLER_ID", "+999501119999")
    twilio.numbers.append(number("+999501119999", capabilities={"voice": False, "sms": True}))
    _, told = ivr(["doctor", "--number", LINE])
    assert "WRONG    CALLER_ID: +999501119999 has no voice" in told


# The public address


class Wire:
    """A line that is not quite there: `broken` maps a path to the status or the exception it gives."""

    def __init__(self, broken):
        self.broken, self.line = broken, WsgiTransport(line_with(TOKEN))

    def send(self, method, url, headers, body):
        answer = self.line.send(method, url, headers, body)
        path = url.removeprefix(PUBLIC_URL)
        if (found := self.broken.get(path, self.broken.get(f"{method} {path}"))) is None:
            return answer
        if isinstance(found, Exception):
            raise found
        return type(answer)(found, answer.headers, answer.body)


def unreachable():
    from ivr.simulator.transport import Unreachable

    return Unreachable(11210, "there is no host line.example.org")


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"/health": unreachable()}, "PUBLIC_URL: there is no host line.example.org"),
        ({"/health": 502}, f"{PUBLIC_URL}/health: 502 instead of 200"),
        ({"/voice": 200}, f"{PUBLIC_URL}/voice: 200 instead of 403"),
        ({"/voice": 403}, f"{PUBLIC_URL}/voice: a call signed is not answered"),
        ({"/voice/fallback": 404}, f"{PUBLIC_URL}/voice/fallback: a call whose document failed is not answered"),
    ],
)
def test_a_line_that_would_not_answer_twilio_is_told(ivr, environ, broken, message):
    environ.setattr("ivr.cli.twilio.HttpTransport", lambda: Wire(broken))
    status, told = ivr(["doctor"])
    assert status == 1
    assert f"WRONG    {message}" in told


def test_a_line_with_another_token_is_told(ivr, environ):
    environ.setattr("ivr.cli.twilio.HttpTransport", lambda: WsgiTransport(line_with(NEW_TOKEN)))
    status, told = ivr(["doctor"])
    assert status == 1
    assert f"WRONG    {PUBLIC_URL}/voice: a call signed is not answered" in told
    assert "403" in told


def test_a_line_of_this_machine_only_is_told(ivr, environ):
    environ.setenv("PUBLIC_URL", "http://127.0.0.1:8000")
    assert "WRONG    PUBLIC_URL: http://127.0.0.1:8000 is this machine only" in ivr(["doctor"])[1]


def test_the_line_is_looked_at_even_where_twilio_cannot_be_asked(ivr, twilio):
    twilio.down = True
    status, told = ivr(["doctor"])
    assert status == 1
    assert "WRONG    Twilio refused (503" in told
    assert f"right    {PUBLIC_URL}/voice: a call signed is answered" in told


def test_a_last_resort_on_another_host_is_called_there(ivr, twilio, environ):
    asked = []

    def elsewhere(request, start_response):
        asked.append((request["REQUEST_METHOD"], request["PATH_INFO"]))
        start_response("200 OK", [("Content-Type", "text/xml")])
        return [b"<Response><Say>Sorry.</Say></Response>"]

    address = "https://static.example.org"
    environ.setenv("FALLBACK_URL", f"{address}/index.xml")
    environ.setattr("ivr.cli.twilio.HttpTransport", lambda: WsgiTransport(line_with(TOKEN), {address: elsewhere}))
    twilio.numbers = [number(**{**WIRED, "voice_fallback_url": f"{address}/index.xml"})]
    status, told = ivr(["doctor"])
    assert status == 0, told
    assert f"right    {address}/index.xml: a call whose document failed is answered" in told
    assert asked == [("POST", "/index.xml")]


AT_HOME, ANOTHER = "+81312345678", "+81312345679"


@pytest.fixture
def in_japan(twilio, environ):
    twilio.countries = [country("JP", "Japan", "+81", ordinary=True)]
    twilio.numbers = [number(**WIRED, phone_number=AT_HOME)]
    for name, value in {"CALLER_ID": AT_HOME, "CINGA_PHONE": ANOTHER, "FRESC_PHONE": ""}.items():
        environ.setenv(name, value)
    return environ


def test_calls_within_a_country_that_is_known_to_be_peculiar_are_told(ivr, in_japan):
    status, told = ivr(["doctor"])
    assert status == 0, told
    assert "unknown  CINGA_PHONE (+81, as of 2026-09-01): calls within the country that leave by another edge" in told


def test_a_number_that_is_only_verified_is_not_shown_there(ivr, twilio, in_japan):
    twilio.numbers, twilio.verified = [number(**WIRED)], [AT_HOME]
    told = ivr(["doctor"])[1]
    assert "warning  CINGA_PHONE (+81, as of 2026-09-01): Twilio does not show a number there that is only veri" in told


def test_a_number_of_another_country_is_not_shown_there(ivr, twilio, in_japan):
    twilio.numbers = [number(**WIRED)]
    in_japan.setenv("CALLER_ID", LINE)
    assert "warning  CINGA_PHONE (+81, as of 2026-09-01): Twilio does not show a number there" in ivr(["doctor"])[1]


def test_a_desk_that_has_the_number_which_is_called_is_told(ivr, in_japan):
    in_japan.setenv("CALLER_ID", "")
    in_japan.setenv("CINGA_PHONE", AT_HOME)
    status, told = ivr(["doctor"])
    assert status == 1
    assert "WRONG    CINGA_PHONE: it has the line's own number, which would call itself" in told


def test_free_numbers_alone_and_numbers_of_two_desks_are_told(ivr, in_japan):
    in_japan.setenv("CINGA_PHONE", "+81120123456")
    in_japan.setenv("FRESC_PHONE", "+81120123456,+81312345670")
    told = ivr(["doctor"])[1]
    assert "warning  CINGA_PHONE: free and shared-cost numbers often can't be rung" in told
    assert "FRESC_PHONE: free" not in told
    assert "warning  CINGA_PHONE, FRESC_PHONE: the same number for all of them" in told


def test_another_carrier_is_not_asked(ivr, environ):
    environ.setenv("CARRIER", "signalwire")
    environ.setenv("SIGNING_KEY", "PSK_1")
    assert "`ivr twilio` asks Twilio, and CARRIER is signalwire" in ivr(["doctor"])[1]


def test_the_numbers_of_one_language_are_looked_at_too(ivr, twilio, environ):
    other = "+999501110001"
    environ.setenv("LINE_LANGUAGES", f"{other}:vi")
    _, told = ivr(["doctor"])
    assert f"WRONG    LINE_LANGUAGES: {other} is not a number of this account" in told
    twilio.numbers = [number(**WIRED), number(other)]
    _, told = ivr(["doctor"])
    assert f"WRONG    {other}: A call comes in: nothing" in told
    twilio.numbers = [number(**WIRED), number(other, **WIRED)]
    _, told = ivr(["doctor"])
    assert f"right    {other}: calls, failures and status come here by POST" in told
