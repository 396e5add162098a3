"""A voice that nobody has is found before a call needs it."""

from __future__ import annotations

import pytest

from ivr.content.loader import read_helpline
from ivr.verify.places import Places
from ivr.verify.verify import verify
from ivr.verify.voices import voice_problems
from tests.cast import ROOT

SAY = "{language: en-US, voice: Polly.Joanna}"


def told(folder) -> list[str]:
    helpline, sources, _ = read_helpline(folder)
    return [problem.message for problem in voice_problems(helpline, Places(sources))]


@pytest.mark.parametrize(
    ("language", "voice", "message"),
    [
        ("en-US", "Polly.Joana", "the voice Polly.Joana doesn't speak en-US, by Twilio's list of 2026-07-30"),
        ("en-US", "Polly.Mizuki", "the voice Polly.Mizuki doesn't speak en-US"),
        ("en-US", "Google.en-US-Standart-A", "the voice Google.en-US-Standart-A doesn't speak en-US"),
        ("th-TH", "Google.th-TH-Neural2-A", "the voice Google.th-TH-Neural2-A doesn't speak th-TH"),
        ("ja-JP", "Polly.Mizuki-Neural", "the voice Polly.Mizuki-Neural doesn't speak ja-JP"),
        ("en-US", "Joanna", "the voice Joanna doesn't speak en-US"),
        ("en-XX", "Polly.Joanna", "the language en-XX is not among"),
        ("en-US", "gcloud.en-US-Wavenet-A", "gcloud.en-US-Wavenet-A is no voice of Twilio's"),
    ],
)
def test_a_voice_that_does_not_exist_is_a_mistake(small, change, language, voice, message):
    change("helpline.yaml", SAY, f"{{language: {language}, voice: {voice}}}")
    (problem,) = told(small)
    assert message in problem


def test_it_is_among_the_mistakes_of_the_whole_proof(small, change):
    change("helpline.yaml", SAY, "{language: en-US, voice: gcloud.en-US-Wavenet-A}")
    (problem,) = verify(small).problems
    assert (problem.rule, problem.path.rpartition("/")[2]) == ("unknown-voice", "helpline.yaml")
    assert "heard_on: 2026-07-30" in problem.message


def test_the_voice_of_another_carrier_is_taken_by_the_word_of_who_has_heard_it(small, change):
    assert told(small) == []
    change("helpline.yaml", SAY, "{language: en-US, voice: gcloud.en-US-Wavenet-A, heard_on: 2026-11-24}")
    assert verify(small).problems == []


def test_an_engine_that_does_not_exist_is_a_mistake_since_a_formant_voice_may_speak_instead(small, change):
    spanish = 'es: {code: "02", engines: [gtts, kokoro, say,'
    change("helpline.yaml", spanish, spanish.replace("say", "sya"))
    (problem,) = verify(small).problems
    assert (problem.rule, problem.message) == ("unknown-engine", 'there is no engine "sya"; did you mean "say"?')


def test_every_voice_that_is_shipped_is_in_the_list():
    assert told(ROOT / "prompts") == []
