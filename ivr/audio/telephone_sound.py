"""From an engine's samples to what a telephone plays: 8 kHz, mono, mu-law (ITU-T G.711), all equally loud."""

import io
from collections.abc import Sequence

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from ivr.audio.loudness import FRAME_SECONDS, Samples, speech_frames, speech_level

PIPELINE = "1"  # part of every build key: with a new number, every clip is made again
RATE = 8000
LOW_CUT_HZ = 250.0  # a telephone carries 300 to 3400 Hz (ITU-T G.712); lower frequencies only use up level
KEPT_BEFORE = 0.02
KEPT_AFTER = 0.04
PAUSE = 0.35
LEAD = 0.08
TAIL = 0.15
LEVEL_DBFS = -20.0  # within the 6 dB that RFC 7874 section 4 allows about its -22 (an RMS of 2600 in 16 bits)
CEILING = 10 ** (-3 / 20)
KNEE = 10 ** (-9 / 20)


def clip_of(sentences: Sequence[tuple[Samples, int]]) -> Samples:
    """One clip at 8 kHz of the spoken sentences, each given with its sample rate, with 0.35 s between them."""
    parts: list[Samples] = [_silence(LEAD)]
    for number, (samples, rate) in enumerate(sentences):
        parts += [_silence(PAUSE)] * bool(number)
        parts.append(trim(high_pass(to_8_khz(samples, rate))))
    return level(np.concatenate([*parts, _silence(TAIL)]))


def to_8_khz(samples: Samples, rate: int) -> Samples:
    """Mono at 8 kHz; the channels of a stereo recording (frames x channels) are averaged."""
    mono = samples if samples.ndim == 1 else samples.mean(axis=1)
    resampled = soxr.resample(mono.astype(np.float32), rate, RATE, quality="VHQ")
    return np.asarray(resampled, dtype=np.float32)


def high_pass(samples: Samples) -> Samples:
    """The samples without anything below 250 Hz, DC included, and not shifted in time (linear phase)."""
    if not len(samples):
        return samples
    half = len(_LOW_CUT) // 2
    filtered = np.convolve(samples.astype(np.float64), _LOW_CUT)[half : half + len(samples)]
    return filtered.astype(np.float32)


def trim(samples: Samples) -> Samples:
    """The speech with 20 ms before it and 40 ms after it; nothing if there is no speech."""
    frames = speech_frames(samples, RATE)
    if not len(frames):
        return samples[:0]
    start = frames[0] * FRAME_SECONDS - KEPT_BEFORE
    end = (frames[-1] + 1) * FRAME_SECONDS + KEPT_AFTER
    return samples[max(0, round(start * RATE)) : round(end * RATE)]


def level(samples: Samples) -> Samples:
    """The samples at an active speech level of -20 dBFS, with no peak over -3 dBFS."""
    gain = 10 ** ((LEVEL_DBFS - speech_level(samples, RATE)) / 20)
    return limit(samples * np.float32(min(gain, 1000.0)))


def limit(samples: Samples) -> Samples:
    """The samples with peaks over -9 dBFS bent so that none passes -3 dBFS."""
    over = np.maximum(np.abs(samples) - KNEE, 0)
    bent = KNEE + (CEILING - KNEE) * np.tanh(over / (CEILING - KNEE))
    return np.where(over > 0, np.sign(samples) * bent, samples).astype(np.float32)


def encoded(samples: Samples) -> bytes:
    """A WAV file of 8 kHz mono mu-law; equal samples give equal bytes."""
    file = io.BytesIO()
    soundfile.write(file, samples, RATE, format="WAV", subtype="ULAW")
    return file.getvalue()


def decoded(content: bytes) -> Samples:
    """The samples of a clip as a caller hears them: after mu-law."""
    samples, _ = soundfile.read(io.BytesIO(content), dtype="float32")
    return np.asarray(samples, dtype=np.float32)


def _silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), dtype=np.float32)


def _low_cut_filter(taps: int = 255) -> NDArray[np.float64]:
    """A windowed-sinc high-pass; 255 taps at 8 kHz make its slope 100 Hz wide."""
    place = np.arange(taps) - taps // 2
    low_pass = np.sinc(2 * LOW_CUT_HZ / RATE * place) * np.hamming(taps)
    low_pass /= low_pass.sum()
    return np.asarray((place == 0) - low_pass)


_LOW_CUT = _low_cut_filter()
