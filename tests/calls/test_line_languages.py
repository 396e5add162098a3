"""LINE_LANGUAGES: whoever dials a number of one language has chosen it."""

from __future__ import annotations

import pytest

from ivr.config import SettingsError, read_settings
from ivr.simulator import FIRST, OTHER, Call, WsgiTransport
from tests.cast import BOTH_OPEN, FRESC, LINE, NUMBERS, TOKEN, URL, app, call, helpline, name_of, without
from tests.database.line import Memory

VIETNAMESE, ENGLISH = "+999501234567", "+999501234568"
ENVIRON = {**NUMBERS, "LINE_LANGUAGES": f"{VIETNAMESE}:vi, {ENGLISH}:en"}


@pytest.fixture(params=[FIRST, OTHER])
def dial(request):
    return lambda to, keys="", **phone: call(BOTH_OPEN, keys, environ=ENVIRON, to=to, readings=request.param, **phone)


def said(made: Call) -> list[str]:
    return [name_of(sound) for sound in made.just_heard]


def test_there_is_no_list_and_the_first_menu_is_the_first_thing_heard(dial):
    assert said(dial(VIETNAMESE))[:2] == ["vi/language.name", "vi/eligible"]
    assert said(dial(ENGLISH))[:3] == ["en/welcome", "en/language.name", "en/eligible"], "it has words for the welcome"
    assert {name.partition("/")[0] for name in said(dial(VIETNAMESE))} == {"vi"}


def test_keys_are_those_of_the_menu_at_once(dial):
    made = dial(VIETNAMESE, "0 1")
    assert [(dialled.number, dialled.caller_id) for dialled in made.dialled] == [(FRESC, VIETNAMESE)]


def test_back_from_the_first_menu_leads_to_the_list_and_any_language(dial):
    made = dial(VIETNAMESE, "*")
    assert "en/language.item" in made.just_heard[0].text or made.state == "waiting"
    assert said(made.press("02"))[:2] == ["en/language.name", "en/eligible"]


def test_other_numbers_hear_the_list(dial):
    assert said(dial(LINE))[0] == "ja/welcome"
    assert said(dial("client:line"))[0] == "ja/welcome"


def test_a_language_that_is_not_ready_is_told_so_and_offered_a_desk(dial):
    made = dial(VIETNAMESE, line=without("vi"))
    assert said(made)[:2] == ["ja/unready", "en/unready"]
    assert "fresc.operator" in " ".join(said(made.wait()))


def test_an_error_is_told_in_the_language_that_was_dialled():
    made = call(BOTH_OPEN, environ=ENVIRON, to=VIETNAMESE)
    again = Call(WsgiTransport(app(helpline(), ENVIRON)), f"{URL}/fallback", token=TOKEN, to=VIETNAMESE, at=made.at)
    assert [*dict.fromkeys(said(again.start()))][:2] == ["vi/apology", "vi/eligible"]  # each sentence is said alone


def test_it_is_counted_as_a_call_and_a_choice():
    counts = Memory()
    Call(WsgiTransport(app(helpline(), ENVIRON, counts)), URL, token=TOKEN, to=VIETNAMESE, at=call().at).start()
    assert counts.of("call") == {"11": 1}
    assert counts.of("language") == {"vi": 1}
    assert counts.of("entered") == {"languages": 1, "main": 1}


WRONG = {
    "another language": ("{0}:xx", 'number 1: there is no language "xx"; right would be one of ja, en'),
    "the name of a language": ("{0}:Vietnamese", 'there is no language "Vietnamese"'),
    "the other way round": ("vi:{0}", "right would be a number, a colon and a language, with commas between"),
    "an equals sign": ("{0}=vi", "right would be a number, a colon and a language"),
    "no language": ("{0}", "right would be a number, a colon and a language"),
    "twice": ("{0}:vi,{0}:ne", "number 2: twice in this setting; a number has one language"),
    "a number that no country has": ("+21012345678:vi", "no country has this country code"),
    "an emergency number": ("+81119:vi", "an emergency number"),
    "the number of all languages": (f"{LINE}:vi", "LINE_NUMBER is for callers of all languages"),
}


@pytest.mark.parametrize(("given", "message"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_meant_is_refused_without_showing_a_number(given, message):
    environ = {"LINE_NUMBER": LINE, "LINE_LANGUAGES": given.format(VIETNAMESE)}
    with pytest.raises(SettingsError) as raised:
        read_settings(environ, helpline().desks, helpline().languages, demo=True)
    assert message in str(raised.value)
    assert VIETNAMESE not in str(raised.value)


def test_a_desk_with_a_number_of_the_line_is_refused():
    with pytest.raises(SettingsError, match="FRESC_PHONE: the line's own number"):
        read_settings({**ENVIRON, "FRESC_PHONE": VIETNAMESE}, helpline().desks, helpline().languages, demo=True)
