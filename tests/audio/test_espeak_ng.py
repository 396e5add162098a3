"""espeak-ng: every language that it reads, at a natural rate, the same each time."""

from __future__ import annotations

import ctypes
import sys
import unicodedata

import numpy as np
import pytest

from ivr.audio import telephone_sound
from ivr.audio.engines import espeak_ng
from ivr.audio.engines.allowed import READS
from ivr.audio.engines.engine import SpeechError, UnavailableError
from ivr.audio.engines.espeak_ng import EspeakNg
from ivr.audio.make_clip import spoken
from ivr.audio.quality import speech_seconds
from ivr.audio.reading_rates import READING_RATES, letters
from ivr.content.clip_text import ClipText
from tests.audio.sentences import SENTENCES

voices = pytest.mark.voices


@pytest.fixture
def espeak(needed):
    try:
        EspeakNg().speak("Two.", "en")
    except UnavailableError as error:
        needed(str(error))
    return EspeakNg()


def test_there_are_sentences_for_every_language_that_it_reads():
    assert SENTENCES.keys() == READS["espeak-ng"]


@voices
@pytest.mark.parametrize("language", SENTENCES)
def test_its_clips_pass_every_check(espeak, language):
    clip, _ = spoken(ClipText(language, "menu", SENTENCES[language]), espeak)
    assert clip.engine == "espeak-ng"


@voices
@pytest.mark.parametrize("language", SENTENCES)
def test_it_speaks_as_fast_as_the_language_is_read(espeak, language):
    line = ClipText(language, "menu", SENTENCES[language])
    clip = telephone_sound.clip_of([espeak.speak(text, language) for text in line.sentences])
    rate = letters(line.sentences) / speech_seconds(clip, line)
    assert rate == pytest.approx(READING_RATES[language], rel=0.12)


@voices
@pytest.mark.parametrize("language", SENTENCES)
def test_it_stays_well_below_full_scale(espeak, language):
    assert max(np.abs(espeak.speak(text, language)[0]).max() for text in SENTENCES[language]) < 0.8


@voices
def test_what_it_said_before_does_not_change_what_it_says(espeak):
    first, _ = espeak.speak("For booking, two.", "en")
    espeak.speak("Привет, мир.", "ru")
    assert np.array_equal(espeak.speak("For booking, two.", "en")[0], first)


@voices
def test_a_lower_rate_is_slower(espeak):
    usual, slow = (len(EspeakNg(rate).speak(SENTENCES["ru"][1], "ru")[0]) for rate in (1.0, 0.85))
    assert 1.05 < slow / usual < 1.3


@voices
def test_both_ways_of_writing_chinese_sound_the_same(espeak):
    assert np.array_equal(espeak.speak("请按二。", "zh-Hans")[0], espeak.speak("請按二。", "zh-Hant")[0])


@voices
def test_a_sinhala_conjunct_is_one_word(espeak):
    conjunct, plain = "විද්\u200dයාව", "විද්යාව"
    assert np.array_equal(espeak.speak(conjunct, "si")[0], espeak.speak(plain, "si")[0])


@voices
@pytest.mark.parametrize(
    ("language", "text", "as_read"), [("bn", "সময়ের", "সম\u09dfের"), ("ar", "سِتَّة", "سِت\u0651\u064eة")]
)
def test_no_vowel_is_lost_in_the_form_nfc(espeak, language, text, as_read, monkeypatch):
    """The same letters in the order in which the engine reads them whole."""
    written = unicodedata.normalize("NFC", text)
    assert written != as_read
    whole = espeak.speak(written, language)[0]
    assert np.array_equal(whole, espeak.speak(as_read, language)[0])
    monkeypatch.setattr(espeak_ng, "_for_espeak", lambda sentence, _language: sentence)
    assert not np.array_equal(whole, espeak.speak(written, language)[0])


@voices
@pytest.mark.parametrize(
    ("language", "text", "phonemes"),
    [
        ("zh-Hans", "请按二", "tɕhi2ŋ a5n ər5"),
        ("zh-Hant", "請按二", "tɕhi2ŋ a5n ər5"),
        ("fa", "دو را بزنید", "do rɑ bezanid"),
        ("ko", "아홉 시", "ɐhop si"),
        ("vi", "bấm số hai", "bəɜm soɜ haːj"),
    ],
)
def test_it_reads_what_is_written(espeak, language, text, phonemes):
    assert phonemes_of(language, text) == phonemes


def phonemes_of(language, text):
    import espeakng_loader

    with espeak_ng._library() as library:
        path = espeakng_loader.get_data_path().encode()
        assert library.espeak_Initialize(espeak_ng.SYNCHRONOUS, 0, path, espeak_ng.DONT_EXIT) > 0
        assert library.espeak_SetVoiceByName(espeak_ng.VOICES[language][0].encode()) == 0
        library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        content = ctypes.create_string_buffer(text.encode())
        place = ctypes.c_void_p(ctypes.addressof(content))
        phonemes = library.espeak_TextToPhonemes(ctypes.byref(place), espeak_ng.UTF8, 2).decode()
    return phonemes.replace("ˈ", "")  # where the stress is, is not what is asked


@pytest.mark.parametrize("text", ["للحجز اضغط اثنين.", "لِلْحَجْزِ اضغط اثْنَيْنِ."])
def test_arabic_without_its_vowel_marks_is_refused(text):
    with pytest.raises(SpeechError, match="only with its vowel marks"):
        EspeakNg().speak(text, "ar")


@pytest.mark.parametrize("text", SENTENCES["ar"])
def test_arabic_with_its_vowel_marks_is_read(text):
    assert espeak_ng.refuse_unvowelled(text) is None


def test_without_the_package_it_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    with pytest.raises(UnavailableError, match=r"pip install 'ivr-helpline\[offline-voices\]'"):
        EspeakNg().speak("Two.", "en")


@voices
def test_an_older_library_is_refused(espeak, monkeypatch):
    monkeypatch.setattr(espeak_ng, "OLDEST", (1, 53))
    with pytest.raises(UnavailableError, match=r"espeak-ng is 1\.52\.0 here"):
        espeak.speak("Two.", "en")


@voices
def test_a_voice_that_it_does_not_have_is_told(espeak, monkeypatch):
    monkeypatch.setitem(espeak_ng.VOICES, "en", ("tlh", 130))
    with pytest.raises(SpeechError, match="no voice 'tlh'"):
        espeak.speak("Two.", "en")


@voices
def test_data_that_is_not_found_is_told(espeak, monkeypatch, tmp_path):
    import espeakng_loader

    monkeypatch.setattr(espeakng_loader, "get_data_path", lambda: str(tmp_path))
    with pytest.raises(UnavailableError, match="doesn't find its data"):
        espeak.speak("Two.", "en")
