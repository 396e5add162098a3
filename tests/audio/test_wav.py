"""WAV files put one behind the other."""

from __future__ import annotations

import io

import numpy as np
import pytest
import soundfile as sf

from ivr.audio.wav import join


def wav(samples: list[float], subtype: str = "ULAW", rate: int = 8000) -> bytes:
    file = io.BytesIO()
    sf.write(file, np.array(samples), rate, subtype=subtype, format="WAV")
    return file.getvalue()


def test_joined_files_sound_one_after_the_other():
    one, other = [0.1, 0.2, 0.3], [-0.1, -0.2]
    joined, rate = sf.read(io.BytesIO(join([wav(one), wav(other)])))
    assert rate == 8000
    assert np.allclose(joined, [*one, *other], atol=0.01)


def test_a_joined_file_says_how_long_it_is():
    info = sf.info(io.BytesIO(join([wav([0.1] * 800)] * 3)))
    assert (info.frames, info.samplerate, info.subtype) == (2400, 8000, "ULAW")


@pytest.mark.parametrize(
    "other", [wav([0.1], "PCM_16"), wav([0.1], rate=16000), b"", b"RIFF0000WAVE", b"<html></html>"]
)
def test_what_does_not_fit_is_refused(other):
    with pytest.raises(ValueError, match=r"format|WAV"):
        join([wav([0.1]), other])
