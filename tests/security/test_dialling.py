"""Toll fraud: whatever a request says, only the operator's numbers are dialled, and only the line's own is shown."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from ivr.simulator import sign
from tests.cast import BOTH_OPEN, LINE, TOKEN, app, helpline
from tests.security.line import CALL, FORM
from tests.webhooks.test_webhooks import BASE

CONFIGURED = {"cinga": ("+999332220001", "+999332220003"), "fresc": ("+999570330002",)}
PREMIUM = "+999900666666"
HOSTILE = [PREMIUM, f"fresc,{PREMIUM}", f"sip:{PREMIUM}@evil.example", f"{CONFIGURED['fresc'][0]},{PREMIUM}",
           f"</Number><Number>{PREMIUM}</Number>", f'"><Number>{PREMIUM}', "client:evil", "0", "9", ""]  # fmt: skip
FRESH = "+999501110009"  # a line whose documents nobody else has asked for yet: each is made once and kept
VALUES = st.one_of(st.sampled_from([*HOSTILE, "fresc", "cinga", "cinga,fresc"]), st.text(max_size=20))
NAMES = ["Digits", "To", "From", "Called", "Caller", "ErrorUrl", "DialCallStatus", "DialBridged", "ForwardedFrom",
         "SpeechResult", "CallStatus", "callerId", "Number", "number", "desk"]  # fmt: skip
PAGES = st.one_of(
    st.sampled_from(["desk.fresc", "desk.cinga", "person", "languages", f"desk.{PREMIUM}", *helpline().menus]),
    st.text(min_size=1, max_size=12).map(lambda text: quote(text, safe="")),
)
KINDS = st.sampled_from(["show", "keys", "silence", "dial", "dialled", "whisper"])
PATHS = st.one_of(
    st.builds("/voice/{}/{}/{}".format, st.sampled_from(["en", "ja", "-"]), PAGES, KINDS),
    st.sampled_from(["/voice", "/voice/", "/voice/fallback"]),
)
QUERIES = st.dictionaries(st.sampled_from(list("tsehxon")), VALUES, max_size=5)
FORMS = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6)


@cache
def line(caller_id: str):
    numbers = {f"{desk.upper()}_PHONE": ",".join(numbers) for desk, numbers in CONFIGURED.items()}
    return app(helpline(), {**numbers, "CALLER_ID": caller_id}).test_client()


def dials(path: str, query: dict, form: dict, caller_id: str = LINE) -> list[tuple[str, str]]:
    """The numbers that the answer has dialled, each with the caller ID that is shown there."""
    target = path + ("?" + urlencode(query) if query else "")
    body = {**CALL, "DemoClock": BOTH_OPEN, **form}
    headers = {"X-Twilio-Signature": sign(TOKEN, BASE + target, body)}
    answer = line(caller_id).post(target, data=urlencode(body), content_type=FORM, headers=headers)
    assert answer.status_code == 200
    root = ElementTree.fromstring(answer.data)
    assert not {"Sip", "Client", "Conference", "Queue", "Enqueue", "Sim", "Refer"} & {each.tag for each in root.iter()}
    found = [(number.text, dial.get("callerId")) for dial in root.iter("Dial") for number in dial]
    assert len(found) == sum(each.tag == "Number" for each in root.iter())
    return found


@pytest.mark.slow
@trials(max_examples=120, deadline=None)
@given(PATHS, QUERIES, FORMS)
@example("/voice/en/desk.cinga/dial", {"h": "cinga", "n": "1"}, {"To": PREMIUM, "From": PREMIUM})
@example("/voice/en/desk.cinga/dialled", {"n": "0"}, {"DialCallStatus": "busy", "To": PREMIUM})
@example("/voice/en/desk.fresc/dial", {"h": "fresc", "n": "9", "o": PREMIUM}, {"Number": PREMIUM})
def test_only_the_operators_numbers_are_dialled_from_the_lines_own(path, query, form):
    for number, shown in dials(path, query, form):
        assert number in CONFIGURED["fresc"] + CONFIGURED["cinga"]
        assert shown == LINE


@pytest.mark.parametrize("desk", CONFIGURED)
@pytest.mark.parametrize("number", range(10))
def test_a_desk_rings_under_its_own_numbers_only(desk, number):
    query, hostile = {"h": "cinga,fresc", "n": str(number)}, dict.fromkeys(NAMES, PREMIUM)
    dialled = {found for found, _ in dials(f"/voice/en/desk.{desk}/dial", query, hostile, FRESH)}
    assert dialled <= set(CONFIGURED[desk])
    assert dialled or number >= len(CONFIGURED[desk])


@pytest.mark.parametrize("caller", [PREMIUM, "anonymous", "client:evil", "+81<"])
def test_where_no_caller_id_is_set_the_number_called_is_shown_and_never_the_caller(caller):
    path, query = "/voice/en/desk.fresc/dial", {"h": "fresc"}
    assert dials(path, query, {"From": caller}, caller_id="") == [(CONFIGURED["fresc"][0], LINE)]
    for called in ("", "anonymous", "sip:line@example.org", f"{LINE}<", f"{LINE},{PREMIUM}"):
        assert dials(path, query, {"From": caller, "To": called}, caller_id="") == []
