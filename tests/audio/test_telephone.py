"""What every clip is like: level, length, format, and the same bytes for the same speech."""

from __future__ import annotations

import io

import numpy as np
import pytest
import soundfile

from ivr.audio import telephone_sound
from ivr.audio.loudness import FRAME_SECONDS, speech_frames, speech_level
from ivr.audio.pauses import shorten_pauses
from ivr.content.clip_text import ClipText
from tests.audio.speakers import LINE, spoken, syllables

RATE = telephone_sound.RATE


def heard(samples):
    return telephone_sound.decoded(telephone_sound.encoded(samples))


@pytest.mark.parametrize("gain", [0.01, 0.3, 1, 3])
def test_clips_are_equally_loud_however_loud_the_engine_is(gain):
    clip = telephone_sound.clip_of([(part * gain, rate) for part, rate in spoken(LINE)])
    assert speech_level(heard(clip), RATE) == pytest.approx(-20, abs=0.3)


@pytest.mark.parametrize("count", [1, 6])
def test_pauses_do_not_make_a_clip_louder(count):
    line = ClipText("en", "menu", LINE.sentences * count)
    assert speech_level(heard(telephone_sound.clip_of(spoken(line))), RATE) == pytest.approx(-20, abs=0.3)


def test_hiss_in_the_pauses_does_not_change_how_loud_the_speech_is():
    hiss = np.random.default_rng(1).standard_normal(3 * 16000).astype(np.float32) * 0.0005
    speech = syllables("two", 2)
    with_pause = np.concatenate([speech, hiss, speech])
    assert speech_level(with_pause, 16000) == pytest.approx(speech_level(speech, 16000), abs=0.3)


def test_no_peak_passes_minus_three_dbfs():
    knocks = syllables("knock", 2)
    knocks[:: RATE // 4] = 1.0
    assert np.abs(telephone_sound.clip_of([(knocks, 16000)])).max() <= 10 ** (-3 / 20)


def test_a_limited_peak_is_bent_and_not_cut():
    peaks = telephone_sound.limit(np.array([0.2, 0.4, 0.8, 1.6, -1.6], dtype=np.float32))
    assert peaks[0] == np.float32(0.2)
    assert peaks[0] < peaks[1] < peaks[2] < peaks[3] == -peaks[4]


def test_a_clip_is_a_wav_file_of_8_khz_mono_mu_law():
    info = soundfile.info(io.BytesIO(telephone_sound.encoded(telephone_sound.clip_of(spoken(LINE)))))
    assert (info.format, info.subtype, info.samplerate, info.channels) == ("WAV", "ULAW", 8000, 1)


def test_the_same_speech_gives_the_same_bytes():
    assert telephone_sound.encoded(telephone_sound.clip_of(spoken(LINE))) == telephone_sound.encoded(
        telephone_sound.clip_of(spoken(LINE))
    )


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 24000, 32000, 48000])
def test_any_sample_rate_gives_the_same_length(rate):
    assert len(telephone_sound.clip_of(spoken(LINE, rate))) == pytest.approx(
        len(telephone_sound.clip_of(spoken(LINE))), abs=160
    )


def test_a_stereo_recording_becomes_mono():
    mono = syllables("two", 1)
    assert telephone_sound.to_8_khz(np.stack([mono, mono], axis=1), 16000).ndim == 1


def test_silence_around_the_speech_becomes_a_tenth_of_a_second_before_and_two_tenths_after():
    quiet = np.zeros(16000, dtype=np.float32)
    clip = telephone_sound.clip_of([(np.concatenate([quiet, syllables("two", 1), quiet]), 16000)])
    frames = speech_frames(clip, RATE)
    assert frames[0] * FRAME_SECONDS == pytest.approx(0.10, abs=0.03)
    assert len(clip) / RATE - (frames[-1] + 1) * FRAME_SECONDS == pytest.approx(0.19, abs=0.03)


def test_sentences_are_a_third_of_a_second_apart():
    one, two = (
        telephone_sound.clip_of(spoken(ClipText("en", "menu", ("For booking, two.",) * count))) for count in (1, 2)
    )
    pause = (len(two) - 2 * (len(one) - 0.23 * RATE) - 0.23 * RATE) / RATE
    assert pause == pytest.approx(0.35, abs=0.001)


def test_what_lies_below_the_telephones_band_is_taken_out():
    time = np.arange(2 * RATE) / RATE
    kept, gone = (
        telephone_sound.high_pass(np.sin(2 * np.pi * hertz * time).astype(np.float32)) for hertz in (400, 100)
    )
    assert np.std(kept) == pytest.approx(np.sqrt(0.5), rel=0.02)
    assert np.std(gone[1000:-1000]) < 0.005


def test_an_offset_of_the_engine_is_taken_out():
    clip = telephone_sound.clip_of([(part + 0.2, rate) for part, rate in spoken(LINE)])
    assert abs(float(np.mean(clip))) < 0.001


def test_silence_stays_silence():
    clip = telephone_sound.clip_of([(np.zeros(16000, dtype=np.float32), 16000)])
    assert not clip.any()


def test_a_long_pause_is_shortened_and_the_speech_around_it_stays():
    word = syllables("two", 0.5)
    with_pause = np.concatenate([word, np.zeros(16000, dtype=np.float32), word])
    short = shorten_pauses(with_pause, 16000, 0.35)
    assert len(short) / 16000 == pytest.approx(1.35, abs=0.06)
    assert np.array_equal(short[:7000], word[:7000])
    assert np.array_equal(short[-7000:], word[-7000:])


def test_speech_without_long_pauses_stays_as_it_is():
    word = syllables("two", 2)
    assert np.array_equal(shorten_pauses(word, 16000, 0.35), word)


def test_no_samples_at_all_become_silence():
    assert not telephone_sound.clip_of([(np.zeros(0, dtype=np.float32), 16000)]).any()
