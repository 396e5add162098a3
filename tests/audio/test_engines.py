"""The list of who reads what, and what an engine says that isn't there. The engines themselves: test_voices."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ivr.audio.engines.allowed import READS, reads, why_not
from ivr.audio.engines.engine import SpeechError, UnavailableError
from ivr.audio.engines.flite import Flite
from ivr.audio.engines.named import ENGINES, engine_named
from ivr.audio.engines.open_jtalk import OpenJTalk
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
    with pytest.raises(UnavailableError, match="no engine 'parrot' here; there are azure, espeak-ng, flite, gtts"):
        engine_named("parrot")


def test_a_wrong_engine_is_told_with_the_right_ones():
    assert why_not("flite", "ja") == "flite isn't known to read ja; engines that do: gtts, kokoro, open-jtalk, azure."
    assert why_not("gtts", "mn").endswith("engines that do: azure.")
    assert why_not("gtts", "tlh").endswith("engines that do: none yet.")


def test_flite_that_is_not_installed_says_how_to_install_it(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(UnavailableError, match="apt-get install flite"):
        Flite().speak("Two.", "en")


def test_flite_that_fails_gives_no_speech(tmp_path, monkeypatch):
    program = tmp_path / "flite"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(SpeechError, match="flite failed"):
        Flite().speak("Two.", "en")


def test_flite_that_writes_no_sound_gives_no_speech(tmp_path, monkeypatch):
    program = tmp_path / "flite"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(SpeechError, match="flite wrote no sound"):
        Flite().speak("Two.", "en")


def test_open_jtalk_that_is_not_installed_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyopenjtalk", None)
    with pytest.raises(UnavailableError, match=r"pip install 'ivr-helpline\[offline-voices\]'"):
        OpenJTalk().speak("ニ。", "ja")


def test_engines_are_loaded_only_when_they_speak():
    late = "{'pyopenjtalk', 'espeakng_loader', 'gtts'}"
    code = f"import sys, ivr.audio.engines.named; sys.exit(bool({late} & {{*sys.modules}}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
