"""Whose voice a call is heard in: the carrier's own at its place in the order, in a demo what comes after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from ivr.audio.catalog import Catalog
from ivr.audio.engines.kinds import Kind, kind
from ivr.audio.line import on_a_carrier
from ivr.audio.sounds import Sounds
from ivr.content.model import Helpline
from ivr.flow.steps import Play
from ivr.simulator import Call, Heard, WsgiTransport
from tests.cast import (
    BOTH_OPEN,
    LINE,
    NONE_OPEN,
    TOKEN,
    URL,
    call,
    demo,
    helpline,
    loaded,
    name_of,
    names_of,
    offered,
)  # fmt: skip

WITH_SAY = tuple(name for name, language in helpline().languages.items() if language.say)


@cache
def _items() -> dict[str, str]:
    """The language of each item of the list, by its words: many of them are one sound."""
    items = {name: texts["language.item"] for name, texts in helpline().clip_texts.items()}
    return {words: name for name, item in items.items() for words in (item.written, item.text) if words}


def clips_of(sound: Heard) -> Iterator[tuple[str, str]]:
    """The clips that were heard, by language and prompt; none of what the carrier's voice said."""
    if sound.prompt.startswith("languages/"):
        yield from ((_items()[words], "language.item") for words in sound.text.split("\n"))
    elif sound.prompt:
        language, _, prompt = sound.prompt.partition("/")
        yield language, prompt


def formant(calls: list[Call]) -> set[str]:
    """The languages with a voice of the carrier's in which a formant engine was heard all the same."""
    heard = (clip for made in calls for sound in made.heard for clip in clips_of(sound))
    engines = {(language, loaded().built.clips[language, prompt].engine) for language, prompt in heard}
    return {language for language, engine in engines if kind(engine, language) is Kind.FORMANT} & {*WITH_SAY}


def whole_calls(language: str) -> list[Call]:
    """To a desk that hears the whisper, and by silence to the goodbye."""
    code = helpline().languages[language].code
    transferred = call(BOTH_OPEN, f"{code} 1 2 0 1").desk("answer")
    silent = call(NONE_OPEN, f"{code} 0 5")
    while silent.state != "ended":
        silent.wait()
    return [transferred, silent]


def test_no_caller_hears_a_formant_voice_in_a_language_that_the_carrier_speaks():
    assert len(WITH_SAY) >= 16
    for language in WITH_SAY:
        calls = whole_calls(language)
        assert formant(calls) == set()
        assert [made.problems for made in calls] == [[], []]
        assert names_of(calls[1])[-1].endswith("/goodbye")


def test_nor_is_any_such_clip_named_at_all():
    names = {clip.name for language in WITH_SAY for clip in helpline().clip_texts[language].values()}
    for name in names:
        sound, (language, _, prompt) = loaded().sounds.find(name), name.partition("/")
        assert not sound or kind(loaded().built.clips[language, prompt].engine, language) is not Kind.FORMANT


def test_a_demo_which_no_carrier_serves_plays_what_comes_after():
    """By the same clips it is seen that the test above would notice them."""
    made = Call(WsgiTransport(demo()), URL, token=TOKEN, to=LINE).start().press("04")
    assert made.prompts[:2] == ["vi/language.name", "vi/eligible"]
    assert "vi" in formant([made])


def test_a_list_of_mixed_voices_is_one_list_in_its_order_each_language_in_its_own_voice():
    made = call()
    (page,) = made.documents
    assert page.body.count(b"<Gather") == 1
    listed = [sound for sound in made.heard if not sound.prompt.endswith("/welcome")]
    heard = [[language for language, _ in clips_of(sound)] or [name_of(sound).partition("/")[0]] for sound in listed]
    assert [language for languages in heard for language in languages] == list(offered())
    voices = {language.say.language: name for name, language in helpline().languages.items() if language.say}
    said = [(voices[sound.language], name_of(sound)) for sound in listed if sound.kind == "say"]
    assert said == [(name, f"{name}/language.item") for name, _ in said] != []


def ordered(**engines: tuple[str, ...]) -> Helpline:
    """The helpline with other engines of these languages."""
    languages = dict(helpline().languages)
    for name, listed in engines.items():
        languages[name] = languages[name].model_copy(update={"engines": listed})
    return replace(helpline(), about=helpline().about.model_copy(update={"languages": languages}))


def test_what_a_desk_hears_and_is_told_may_be_said_by_the_carrier_too():
    made = call(BOTH_OPEN, "02 0 1", line=ordered(ja=("say", "open-jtalk")))
    sentence, whisper = (
        helpline().clip_texts["ja"][f"{prompt}.en"].text for prompt in ("transfer.sentence", "whisper")
    )
    assert [sound.text for sound in made.just_heard if sound.language == "ja-JP"] == [sentence, sentence]
    made.desk("answer")
    assert [(sound.kind, sound.text) for sound in made.heard if sound.leg == "desk"] == [("say", whisper)]
    assert made.problems == []


MADE_BY = {("vi", "eligible"): "recording", ("vi", "free"): "gtts", ("vi", "coupon"): "espeak-ng"}


def made_by(line: Helpline, made: dict[tuple[str, str], str] = MADE_BY) -> Catalog:
    """The clips that callers would hear if these engines had made them."""
    clips = {key: replace(clip, engine=made.get(key, clip.engine)) for key, clip in loaded().built.clips.items()}
    return on_a_carrier(line, replace(loaded().built, clips=clips))


@pytest.mark.parametrize(
    ("engines", "played"),
    [
        (("recording", "gtts", "say", "espeak-ng"), ["eligible", "free"]),
        (("gtts", "espeak-ng", "say"), ["eligible", "free", "coupon"]),
        (("say",), ["eligible"]),  # people come first even so
        (("gtts", "espeak-ng"), ["eligible", "free", "coupon"]),  # `say` comes last
        ((), ["eligible", "free", "coupon"]),
    ],
)
def test_clips_of_engines_before_say_are_played_and_all_else_is_said(engines, played):
    line = ordered(vi=engines)
    plays = tuple(Play(*key) for key in MADE_BY)
    files = list(Sounds(line, made_by(line)).files(plays))
    assert [file.split("/")[1].partition(".")[0] for file in files if isinstance(file, str)] == played
    assert [file for file in files if not isinstance(file, str)] == list(plays[len(played) :])
