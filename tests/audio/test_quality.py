"""Each check catches the clip that it is for, and speech passes them all."""

from __future__ import annotations

import numpy as np
import pytest

from ivr.audio import telephone_sound
from ivr.audio.loudness import Samples
from ivr.audio.quality import level_spread, sound_faults, source_faults
from ivr.audio.reading_rates import READING_RATES, seconds_allowed
from ivr.content.clip_text import ClipText
from tests.audio.speakers import LINE, spoken, syllables

RATE = telephone_sound.RATE


@pytest.fixture
def good() -> Samples:
    return heard(telephone_sound.clip_of(spoken(LINE)))


def heard(samples: Samples) -> Samples:
    return telephone_sound.decoded(telephone_sound.encoded(samples.astype(np.float32)))


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), dtype=np.float32)


def only_fault(clip: Samples, line: ClipText = LINE) -> str:
    (fault,) = sound_faults(heard(clip), line)
    return fault


def sine(hertz: float, seconds: float, size: float = 0.1) -> Samples:
    return (size * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)


def test_speech_passes_every_check(good):
    assert sound_faults(good, LINE) == []


@pytest.mark.parametrize("word", ["two", "eight", "star", "zero"])
def test_a_single_word_passes_every_check(word):
    line = ClipText("en", "digit", (word,))
    assert sound_faults(heard(telephone_sound.clip_of(spoken(line))), line) == []


def test_a_clip_of_several_sentences_passes_every_check():
    line = ClipText("en", "menu", ("For the coupon, press one.", "For booking, two.", "A person, zero."))
    assert sound_faults(heard(telephone_sound.clip_of(spoken(line))), line) == []


def test_a_silent_clip_is_refused():
    assert only_fault(silence(2)) == "It is silent: the engine gave no speech."


def test_an_empty_clip_is_refused():
    assert sound_faults(silence(0), LINE) == ["It is silent: the engine gave no speech."]


def test_a_clip_that_is_too_loud_is_refused(good):
    assert only_fault(good * 1.9).startswith("It is too loud: -14.")


def test_a_clip_that_is_too_quiet_is_refused(good):
    assert only_fault(good * 0.4) == "It is too quiet: -28.0 dBFS; right is -26 to -15."


def test_three_clipped_samples_in_a_row_are_refused(good):
    good[4000:4003] = 1.0
    assert only_fault(good) == "It is clipped: 3 samples in a row at full scale; right is below 3."


def test_two_clipped_samples_in_a_row_pass(good):
    good[4000:4002] = 1.0
    assert sound_faults(good, LINE) == []


def test_a_long_silence_before_the_speech_is_refused(good):
    assert only_fault(np.concatenate([silence(0.4), good])).endswith("s of silence; right is at most 0.3 s.")


def test_a_long_silence_after_the_speech_is_refused(good):
    assert only_fault(np.concatenate([good, silence(0.6)])).startswith("It ends with 0.7")


def test_a_long_silence_within_the_speech_is_refused(good):
    half = len(good) // 2
    faults = sound_faults(np.concatenate([good[:half], silence(1.6), good[half:]]), LINE)
    assert any(fault.startswith("It has 1.") and "of silence in it" in fault for fault in faults)


def test_samples_off_zero_are_refused(good):
    assert only_fault(good + 0.01).startswith("Its samples lie +0.0")


def test_a_hum_under_the_speech_is_refused(good):
    loud = 1.2 * float(np.sqrt(np.mean(good**2)))
    faults = sound_faults(heard(0.6 * (good + sine(1000.5, len(good) / RATE, loud))), LINE)
    assert any("of its energy is at 1001 Hz" in fault for fault in faults)


def test_a_flat_noise_is_refused():
    noise = np.random.default_rng(1).standard_normal(2 * RATE) * 0.1
    assert only_fault(noise).startswith("It is a flat noise: its level spreads 0.")


def test_a_lone_vowel_may_be_nearly_even_but_not_flat():
    """Half a second that swells by a few decibels is a vowel; the same for two seconds is not speech."""

    def swelling(seconds):
        tone = sine(300, seconds) + 0.6 * sine(700, seconds) + 0.4 * sine(1100, seconds)
        return telephone_sound.clip_of([(tone * np.linspace(0.5, 1.7, len(tone)).astype(np.float32), RATE)])

    assert 2.5 < level_spread(heard(swelling(0.5))) < 3.5
    assert not [
        fault for fault in sound_faults(heard(swelling(0.5)), ClipText("en", "digit", ("two",))) if "flat" in fault
    ]
    assert [fault for fault in sound_faults(heard(swelling(2)), LINE) if "flat" in fault]
    noise = np.random.default_rng(1).standard_normal(RATE // 2) * 0.1
    assert [fault for fault in sound_faults(heard(noise), ClipText("en", "digit", ("two",))) if "flat" in fault]


def test_speech_that_is_too_fast_for_its_text_is_refused():
    fault = only_fault(telephone_sound.clip_of([(syllables("fast", 0.8), 16000)]))
    assert fault == "It is too fast or cut: 0.80 s of speech; right is 0.89 to 3.66 s."


def test_speech_that_is_too_slow_for_its_text_is_refused():
    fault = only_fault(telephone_sound.clip_of([(syllables("slow", 4.2), 16000)]))
    assert fault.startswith("It is too slow, or says more than its text: 4.")


def test_a_word_that_lost_its_sentence_is_refused():
    line = ClipText("en", "menu", ("two",))
    assert only_fault(telephone_sound.clip_of(spoken(LINE)), line).startswith("It is too slow")


def test_pauses_between_sentences_are_not_held_against_the_rate():
    line = ClipText("en", "menu", ("one",) * 20)
    assert sound_faults(heard(telephone_sound.clip_of(spoken(line))), line) == []


def test_a_recording_that_is_clipped_is_seen_before_it_is_made_quieter():
    loud = np.clip(syllables("loud", 2) * 20, -1, 1)
    assert source_faults(loud) == ["It was already clipped: record or speak it more quietly."]
    assert source_faults(syllables("loud", 2)) == []


@pytest.mark.parametrize("language", READING_RATES)
def test_a_sentence_read_at_a_languages_own_rate_is_within_its_bounds(language):
    text = "x" * 40
    shortest, longest = seconds_allowed([text], language)
    assert shortest * 1.5 < 40 / READING_RATES[language] < longest / 1.5


def test_a_language_without_a_measured_rate_has_no_bounds():
    assert seconds_allowed(["Grüezi"], "gsw") is None


def test_arabic_is_as_long_with_its_vowel_marks_as_without():
    assert seconds_allowed(["لِلْحَجْزِ"], "ar") == seconds_allowed(["للحجز"], "ar")
