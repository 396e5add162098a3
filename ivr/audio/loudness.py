"""How loud speech is, and where in a clip it is.

Levels are dBFS: RMS against a full scale of 1.0, so that a full-scale square wave has 0 and a sine -3.01.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.float32]

SILENCE_DBFS = -100.0
FRAME_SECONDS = 0.02
SPEECH_MARGIN_DB = 15.9  # ITU-T P.56, method B: the margin between the active level and its threshold
HANGOVER_FRAMES = 10  # ITU-T P.56: speech goes on for 200 ms after the envelope fell below the threshold
EDGE_MARGIN_DB = 42.0  # a final "s" is 30 to 40 dB below the loudest vowel of its sentence


def frame_levels(samples: Samples, rate: int) -> NDArray[np.float64]:
    """Level of each 20 ms in dBFS; a rest shorter than that is filled up with silence."""
    size = round(rate * FRAME_SECONDS)
    padded = np.pad(samples.astype(np.float64), (0, -len(samples) % size))
    return _decibels(np.mean(padded.reshape(-1, size) ** 2, axis=1))


def speech_level(samples: Samples, rate: int) -> float:
    """Active speech level in dBFS: pauses don't count (after ITU-T P.56, method B)."""
    levels = frame_levels(samples, rate)
    power = 10 ** (levels / 10)
    active = levels > SILENCE_DBFS
    for _ in range(20):
        if not active.any():
            return SILENCE_DBFS
        level = float(_decibels(np.mean(power[active])))
        found = _with_hangover(levels >= level - SPEECH_MARGIN_DB)
        if np.array_equal(found, active):
            break
        active = found
    return level


def speech_frames(samples: Samples, rate: int) -> NDArray[np.intp]:
    """Indexes of the 20-ms frames that hold speech, however quiet; none in a silent clip."""
    levels = frame_levels(samples, rate)
    if not len(levels) or levels.max() <= -60:
        return np.zeros(0, dtype=np.intp)
    return np.flatnonzero(levels >= levels.max() - EDGE_MARGIN_DB)


def _with_hangover(active: NDArray[np.bool_]) -> NDArray[np.bool_]:
    held = active.copy()
    for shift in range(1, HANGOVER_FRAMES + 1):
        held[shift:] |= active[:-shift]
    return held


def _decibels(power: NDArray[np.float64] | np.floating) -> NDArray[np.float64]:
    return np.asarray(10 * np.log10(np.maximum(power, 10 ** (SILENCE_DBFS / 10))))
