"""The webhooks as Twilio and strangers meet them: signatures, garbage, errors of ours, the fallback, the status."""

from __future__ import annotations

import logging
from urllib.parse import urlencode

import pytest
import time_machine
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from ivr.app import create_app
from ivr.config import read_settings
from ivr.flow import engine
from ivr.simulator import Call, Response, WsgiTransport, sign
from ivr.simulator.document import understand
from ivr.simulator.verbs import Dial, Gather, Hangup, Play, Redirect
from tests.cast import BOTH_OPEN, LINE, NUMBERS, TOKEN, URL, _app, helpline, loaded

BASE = "http://127.0.0.1:8000"
FORM = {"CallSid": "CA" + "0" * 32, "From": "+9999012345678", "To": LINE, "CallStatus": "in-progress"}


def served():
    return _app(tuple(NUMBERS.items()))


def post(path: str, form=FORM, token: str = TOKEN, client=None, **headers):
    signature = RequestValidator(token).compute_signature(BASE + path, form)
    client = client or served().test_client()
    return client.post(path, data=form, headers={"X-Twilio-Signature": signature, **headers})


def document(answer):
    """The verbs of an answer, if the strict telephone accepts it."""
    assert answer.status_code == 200
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return understand("", Response(answer.status_code, headers, answer.data), portable=True).verbs


# Strangers


@pytest.mark.parametrize(
    "rule", sorted({rule.rule for rule in served().url_map.iter_rules() if rule.endpoint.startswith("voice.")})
)
def test_a_stranger_is_refused_at_every_webhook(rule):
    path = rule.replace("<anything:_place>", "en/main/show")
    client = served().test_client()
    assert client.post(path, data=FORM).status_code == 403
    assert client.post(path, data=FORM, headers={"X-Twilio-Signature": "x"}).status_code == 403
    assert post(path, token="another token").status_code == 403
    assert client.get(path).status_code in (403, 405)


def test_a_genuine_request_is_answered():
    assert post("/voice").status_code == 200


@pytest.mark.parametrize("below", ["", "/", "//x", "/%0A", "/en/%0A/show", "/en//show", "/a/b%0Ac/d/", "/%00", "/%FF"])
def test_every_address_below_the_first_is_answered_by_a_document(below):
    assert document(post(f"/voice{below}"))
    assert post("/voice/en/main/show").mimetype == "text/xml"


def test_the_query_the_path_and_every_parameter_are_under_the_signature():
    client = served().test_client()
    signature = RequestValidator(TOKEN).compute_signature(BASE + "/voice/en/papers/keys", {**FORM, "Digits": "1"})
    for path, form in [
        ("/voice/en/papers/keys?tries=1", {**FORM, "Digits": "1"}),
        ("/voice/en/booking/keys", {**FORM, "Digits": "1"}),
        ("/voice/en/papers/keys", {**FORM, "Digits": "2"}),
        ("/voice/en/papers/keys", {**FORM, "Digits": "1", "To": "+81"}),
    ]:
        assert client.post(path, data=form, headers={"X-Twilio-Signature": signature}).status_code == 403


def test_repeated_parameters_are_signed_with_all_their_values():
    body = urlencode([*FORM.items(), ("Digits", "1"), ("Digits", "2")])
    path = "/voice/en/papers/keys"
    signed = BASE + path + "".join(sorted(name + value for name, value in FORM.items() if name < "Digits"))
    rest = "".join(name + FORM[name] for name in sorted(FORM) if name > "Digits")
    signature = sign(TOKEN, signed + "Digits1Digits2" + rest, {})
    answer = (
        served()
        .test_client()
        .post(
            path, data=body, content_type="application/x-www-form-urlencoded", headers={"X-Twilio-Signature": signature}
        )
    )
    assert answer.status_code == 200


def test_twilio_may_leave_the_port_out_of_what_it_signs():
    signature = sign(TOKEN, "http://127.0.0.1/voice/en/main/show", FORM)
    sent = {"data": FORM, "headers": {"X-Twilio-Signature": signature}}
    assert served().test_client().post("/voice/en/main/show", **sent).status_code == 200
    assert served().test_client().post("/voice/en/papers/show", **sent).status_code == 403


def test_a_signature_that_is_no_text_at_all_is_refused():
    assert served().test_client().post("/voice", data=FORM, headers={"X-Twilio-Signature": "é"}).status_code == 403


# Any place, any garbage

TEXT = st.text(max_size=12)
PATHS = st.one_of(
    st.builds(
        "/voice/{}/{}/{}".format,
        st.sampled_from(["ja", "en", "vi", "ar", "-", "xx", "JA", "%00"]),
        st.sampled_from(["languages", "person", "desk.fresc", "desk.cinga", "desk.nobody", "gone", *helpline().menus]),
        st.sampled_from(["show", "keys", "silence", "dial", "dialled", "whisper", "other"]),
    ),
    st.builds("/voice/{}".format, st.from_regex(r"([A-Za-z0-9._-]{1,9}/?){0,6}", fullmatch=True)),
)
QUERIES = st.dictionaries(
    st.sampled_from(list("tsehxon")),
    st.one_of(st.sampled_from(["0", "1", "2", "9", "fresc", "cinga,fresc", "papers", "-1", "٣"]), TEXT),
    max_size=5,
)
FORMS = st.dictionaries(
    st.sampled_from(["Digits", "DialCallStatus", "DialBridged", "To", "From", "ErrorUrl", "DemoClock", "CallSid"]),
    st.one_of(st.sampled_from(["1", "0", "#", "*", "completed", "busy", "false", BOTH_OPEN, LINE]), TEXT),
    max_size=6,
)


@pytest.mark.slow
@trials(max_examples=400, deadline=None)
@given(PATHS, QUERIES, FORMS)
def test_from_any_place_any_garbage_is_answered_by_a_valid_document_that_ends_explicitly(path, query, form):
    if path.rstrip("/").endswith("/status"):
        return
    target = path + ("?" + urlencode(query) if query else "")
    body = urlencode({**FORM, **form})
    answer = (
        served()
        .test_client()
        .post(
            target,
            data=body,
            content_type="application/x-www-form-urlencoded",
            headers={"X-Twilio-Signature": sign(TOKEN, BASE + target, {**FORM, **form})},
        )
    )
    verbs = document(answer)
    if not target.split("?")[0].endswith("/whisper"):
        assert isinstance(verbs[-1], Redirect | Hangup | Dial)
        assert len(verbs) > 1 or isinstance(verbs[-1], Dial)


# Errors of ours


@pytest.fixture
def broken(monkeypatch):
    """The line, with an engine that fails at every menu of papers."""
    real = engine.respond

    def respond(line, place, event, situation):
        if place.page == "papers" or place.desk:
            raise RuntimeError(f"the caller was {FORM['From']}")
        return real(line, place, event, situation)

    monkeypatch.setattr("ivr.webhooks.routes.respond", respond)
    return served()


def phone(application) -> Call:
    return Call(WsgiTransport(application), URL, token=TOKEN, to=LINE, from_="anonymous", portable=True).start()


@pytest.mark.parametrize(("code", "language"), [("01", "ja"), ("02", "en")])
def test_an_error_of_ours_is_an_apology_in_the_callers_language_and_the_menu_again(code, language, monkeypatch):
    made = phone(served()).press(code).press("1")
    real = engine.respond
    fail = iter([True, False])

    def respond(*given):
        if next(fail, False):
            raise RuntimeError
        return real(*given)

    monkeypatch.setattr("ivr.webhooks.routes.respond", respond)
    made.press("2")
    assert made.prompts[:2] == [f"{language}/apology", f"{language}/eligible"]
    assert made.state == "waiting"


def test_a_second_error_in_the_same_call_is_the_last_resort(monkeypatch):
    made = phone(served()).press("02")

    def respond(*_given):
        raise RuntimeError

    monkeypatch.setattr("ivr.webhooks.routes.respond", respond)
    made.press("1")
    assert made.prompts[:2] == ["en/apology", "en/apology.last"]
    assert {"en/fresc.hours", "en/cinga.hours", "en/free", "en/coupon", "en/farewell"} <= set(made.prompts)
    assert made.prompts[-1] == "en/goodbye"
    assert made.ended_by == "hangup"


def test_an_error_before_a_language_is_chosen_is_an_apology_in_the_first_languages(monkeypatch):
    def respond(*_given):
        raise RuntimeError

    monkeypatch.setattr("ivr.webhooks.routes.respond", respond)
    made = phone(served())
    assert made.prompts[:2] == ["ja/apology", "en/apology"]
    assert made.prompts[-2:] == ["ja/goodbye", "en/goodbye"]


def test_an_error_on_the_desks_leg_is_silence_so_that_the_call_is_joined(broken):
    assert document(post("/voice/en/desk.fresc/whisper")) == ()


def test_an_error_is_logged_without_what_the_caller_sent(broken, caplog):
    with caplog.at_level(logging.INFO):
        post("/voice/en/papers/show")
    assert "RuntimeError at papers/show" in caplog.text
    assert "en/papers" not in caplog.text  # a language beside a topic, at a second
    assert FORM["From"] not in caplog.text
    assert "9012345678" not in caplog.text


@pytest.mark.parametrize("place", ["-/languages", "en/papers", "en/person", "en/desk.fresc"])
def test_keys_without_a_digit_are_silence(place):
    """Some carriers ask with empty Digits where others don't ask at all."""
    form = {**FORM, "Digits": ""}
    assert post(f"/voice/{place}/keys", form).data == post(f"/voice/{place}/silence").data


# Twilio's fallback and status


def spoken(answer) -> list[str]:
    """The names of the clips that a document plays, inside Gathers and outside."""
    found = []
    for verb in document(answer):
        plays = verb.prompts if isinstance(verb, Gather) else (verb,)
        found += [play.url.split("/audio/")[1].rsplit(".", 2)[0] for play in plays if isinstance(play, Play)]
    return found


def fallback(url: str):
    return post("/voice/fallback", {**FORM, "ErrorCode": "11200", "ErrorUrl": url})


def test_the_fallback_goes_on_where_the_call_was_in_the_callers_language():
    answer = fallback(f"{BASE}/voice/ja/papers/show")
    assert spoken(answer) == ["ja/apology"]
    assert document(answer)[-1].url == f"{BASE}/voice/ja/main/show?errors=1"


def test_the_fallback_after_an_error_of_ours_is_the_last_resort():
    assert spoken(fallback(f"{BASE}/voice/ja/main/show?errors=1"))[-1] == "ja/goodbye"


@pytest.mark.parametrize(
    "url", ["", "https://evil.example/voice/ja/papers/show", f"{BASE}.evil.example/voice", "//[", "x"]
)
def test_an_error_url_that_is_not_ours_leads_to_the_language_list(url):
    answer = fallback(url)
    assert spoken(answer) == ["ja/apology", "en/apology"]
    assert "evil" not in answer.text
    assert document(answer)[-1].url == f"{BASE}/voice/-/languages/show?errors=1"


def test_the_fallback_of_a_whisper_is_silence():
    assert document(fallback(f"{BASE}/voice/ja/desk.fresc/whisper")) == ()


def test_the_status_callback_is_answered_without_content():
    answer = post("/voice/status", {**FORM, "CallStatus": "completed", "CallDuration": "62"})
    assert (answer.status_code, answer.data) == (204, b"")


def test_parameters_that_twilio_may_add_one_day_are_accepted():
    assert post("/voice", {**FORM, "StirVerstat": "TN-Validation-Passed-A", "新しい": "値"}).status_code == 200


def test_a_document_of_another_version_finds_its_way_in_this_one():
    assert spoken(post("/voice/en/a_menu_of_yesterday/show"))[0] == "en/eligible"
    for place in ("xx/main/show", "xx/person/show", "xx/desk.fresc/dial?heard=fresc"):
        assert spoken(post(f"/voice/{place}"))[0] == "ja/welcome"


@pytest.mark.parametrize("keys", ["1", "2", "0", "*"])
def test_a_key_pressed_in_a_menu_of_another_version_is_not_taken_for_one_of_this_versions(keys):
    """It meant something else there: the menu where the caller goes on is said, as if nothing had been pressed."""
    form = {**FORM, "Digits": keys}
    for page in ("a_menu_of_yesterday", "desk.of_yesterday"):
        assert spoken(post(f"/voice/en/{page}/keys", form))[0] == "en/eligible"
    assert spoken(post("/voice/xx/main/keys", form))[0] == "ja/welcome"


@pytest.mark.parametrize("place", ["en/desk.of_yesterday", "xx/desk.fresc", "en/main"])
def test_a_desk_of_another_version_hears_nothing_that_is_meant_for_callers(place):
    assert document(post(f"/voice/{place}/whisper")) == ()


def test_a_desk_is_dialled_only_from_a_place_where_its_operator_was_named():
    form = {**FORM, "DemoClock": BOTH_OPEN}
    assert isinstance(document(post("/voice/en/desk.fresc/dial?heard=fresc", form))[0], Dial)
    for heard in ("", "?heard=cinga", "?heard="):
        verbs = document(post(f"/voice/en/desk.fresc/dial{heard}", form))
        assert not any(isinstance(verb, Dial) for verb in verbs)


@time_machine.travel("2026-11-24T20:00:00+09:00", tick=False)
def test_only_a_demo_follows_the_telephones_clock():
    settings = read_settings({**NUMBERS, "TWILIO_AUTH_TOKEN": TOKEN, "PUBLIC_URL": BASE}, helpline().desks)
    client = create_app(loaded(), settings).test_client()
    verbs = document(post("/voice/en/desk.fresc/dial?heard=fresc", {**FORM, "DemoClock": BOTH_OPEN}, client=client))
    assert not any(isinstance(verb, Dial) for verb in verbs)
    with time_machine.travel("2026-11-24T11:00:00+09:00", tick=False):
        assert isinstance(document(post("/voice/en/desk.fresc/dial?heard=fresc", client=client))[0], Dial)
