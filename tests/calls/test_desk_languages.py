"""Desks of some languages only: whom they are hidden from, and what is said in the language of the people there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from ivr.audio.line import line_of
from ivr.cli.new import STARTER
from ivr.content.loader import load_helpline
from ivr.content.model import Helpline
from ivr.content.pages import PERSON
from ivr.fallback.documents import documents
from ivr.flow.all_situations import situations
from ivr.flow.engine import respond
from ivr.flow.places import Event, Place
from ivr.flow.steps import plays
from ivr.simulator import FIRST, OTHER, Call, WsgiTransport
from ivr.verify.verify import verify
from tests.calls.test_another_helpline import NURSE, RECEPTION, texts
from tests.cast import LINE, TOKEN, URL, app

OPEN = datetime(2026, 11, 24, 11, tzinfo=ZoneInfo("America/New_York"))
CHANGES = {
    "desks.yaml": {
        "languages: {direct: [en, es], others: unlisted}": "languages: {direct: [es], others: hidden}\n"
        "    language: es\n    teach: [direct]\n    accept: key"
    },
    "prompts.yaml": {
        "  transfer.sentence:": '  accept:\n    for: "The key."\n    in: [es]\n    sentences: {key: []}\n'
        "  transfer.sentence:"
    },
    "text/es.yaml": {
        "\nprompts:\n": "\nlanguage_names: {es: español}\n\nprompts:\n"
        "  accept:\n    key: Para atenderla, oprima {key}.\n"
        '  transfer.sentence:\n    sentence: "{language}, por favor."\n'
        "  whisper:\n    whisper: Una persona que habla {language}.\n"
    },
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The starter, whose reception speaks Spanish, and is hidden from callers of other languages."""
    made = tmp_path_factory.mktemp("helpline") / "prompts"
    shutil.copytree(STARTER / "prompts", made)
    for name, changes in CHANGES.items():
        text = (made / name).read_text("utf-8")
        for old, new in changes.items():
            assert text.count(old) == 1, (name, old)
            text = text.replace(old, new)
        (made / name).write_text(text, "utf-8")
    return made


@pytest.fixture(scope="module")
def line(folder) -> Helpline:
    loaded = load_helpline(folder)
    return replace(loaded, ready=frozenset(loaded.texts))


@pytest.fixture(params=[FIRST, OTHER])
def dial(line, request):
    served = app(line, {"NURSE_PHONE": NURSE, "RECEPTION_PHONE": RECEPTION})

    def called(keys: str) -> Call:
        made = Call(WsgiTransport(served), URL, token=TOKEN, to=LINE, at=OPEN, readings=request.param).start()
        for key in keys.split():
            made.press(key)
        return made

    return called


def said(made: Call) -> Iterator[str]:
    return (sound.text for sound in made.heard if sound.leg == "caller")


def test_callers_of_other_languages_are_not_told_of_a_hidden_desk(dial):
    for code, way in (("01", "2"), ("03", "2"), ("01", "0"), ("03", "0"), ("01", "2 2"), ("03", "0 2")):
        made = dial(f"{code} {way}")
        assert not [text for text in said(made) if "reception" in text.lower() or "réception" in text.lower()], way
    assert dial("03 0 1").dialled[0].number == NURSE, "the keys are those of the desks that they are told of"


def test_callers_of_its_language_are_offered_it_first(dial):
    assert dial("02 0 1").dialled[0].number == RECEPTION
    assert any("recepción" in text for text in said(dial("02 2")))


def test_the_people_there_hear_their_own_language_and_callers_are_taught_it(dial):
    made = dial("02 0 1")
    assert texts(made).count("español, por favor.") == 2
    made.desk("answer")
    desk = [sound for sound in made.heard if sound.leg == "desk"]
    assert [sound.text for sound in desk] == ["Una persona que habla español.", "Para atenderla, oprima uno."]
    assert {sound.language for sound in desk} == {"es-US"}
    assert made.desk_press("1").state == "talking"


def test_the_other_desk_hears_the_language_of_the_helpline(dial):
    made = dial("02 0").wait().press("2")
    assert texts(made).count("Spanish, please.") == 2
    made.desk("answer")
    assert [sound.text for sound in made.heard if sound.leg == "desk"] == ["A caller who speaks Spanish."]


def test_neither_key_0_nor_the_last_resort_tells_of_a_hidden_desk(line):
    for language, told in (("en", False), ("fr", False), ("es", True)):
        person = respond(line, Place(PERSON, language), Event(), situations(line)[0])
        heard = {play.prompt for play in plays(person)}
        kept = {
            play.prompt
            for place, steps in documents(line).items()
            if place.language == language
            for play in plays(steps)
        }
        for prompts in (heard, kept):
            assert any(prompt.startswith("reception") for prompt in prompts) is told, language


def test_ivr_check_finds_nothing_wrong_with_such_a_line(folder):
    assert verify(folder).problems == []


def test_what_only_some_callers_are_told_is_not_counted(line):
    from ivr.database.vocabulary import vocabulary

    counted = vocabulary(line)["heard"]
    assert "reception.hours" not in counted
    assert "nurse.hours" in counted


def test_a_line_cannot_speak_while_a_desk_would_hear_silence(folder):
    from ivr.audio.line import must_be_heard
    from ivr.errors import HelplineError

    made = line_of(load_helpline(folder))
    about = made.helpline.about.model_copy(update={"first_languages": ("en",)})
    silent = replace(made.helpline, about=about, ready=made.helpline.ready - {"es"})
    with pytest.raises(HelplineError, match='"es" has neither clips nor a voice'):
        must_be_heard(replace(made, helpline=silent))
