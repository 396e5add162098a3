"""Finds what a listener would notice at once.

Each check returns a sentence that says what is wrong and what is right, or "".
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ivr.audio.loudness import FRAME_SECONDS, Samples, frame_levels, speech_frames, speech_level
from ivr.audio.reading_rates import seconds_allowed
from ivr.audio.telephone_sound import PAUSE, RATE
from ivr.content.clip_text import ClipText

QUIETEST_DBFS, LOUDEST_DBFS = -26.0, -15.0  # RFC 7874 section 4: 2600 of 32767 (-22 dBFS), 6 dB either way
FULL_SCALE = 0.97  # the largest value of mu-law is 0.98
CLIPPED_RUN = 3
MAX_LEAD = 0.3
MAX_TAIL = 0.6
MAX_GAP = 1.5
MAX_DC = 0.005
LINE_HZ = 2.0
MAX_IN_ONE_LINE = 0.2
MAX_IN_A_WORD = 0.5  # one steady vowel, such as that of "kyuu", has 17 %
LEAST_SPREAD_DB = 3.5
LEAST_IN_A_WORD_DB = 2.5  # a lone vowel, such as one in Korean, is nearly even


def sound_faults(clip: Samples, clip_text: ClipText) -> list[str]:
    """What is wrong with a clip at 8 kHz, as decoded from its file; [] if it is fine."""
    if not len(speech_frames(clip, RATE)):
        return ["It is silent: the engine gave no speech."]
    return list(filter(None, [*(check(clip) for check in _CHECKS), _rate(clip, clip_text)]))


def source_faults(samples: Samples) -> list[str]:
    """What is wrong with an engine's samples (full scale 1.0) that can't be seen after levelling."""
    if longest_run(np.abs(samples.ravel()) >= 0.999) < CLIPPED_RUN:
        return []
    return ["It was already clipped: record or speak it more quietly."]


def longest_run(flags: NDArray[np.bool_]) -> int:
    """The length of the longest run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return int(np.max(edges[1::2] - edges[::2], initial=0))


def _level(clip: Samples) -> str:
    level = speech_level(clip, RATE)
    if QUIETEST_DBFS <= level <= LOUDEST_DBFS:
        return ""
    how = "quiet" if level < QUIETEST_DBFS else "loud"
    return f"It is too {how}: {level:.1f} dBFS; right is {QUIETEST_DBFS:.0f} to {LOUDEST_DBFS:.0f}."


def _clipping(clip: Samples) -> str:
    run = longest_run(np.abs(clip) >= FULL_SCALE)
    if run < CLIPPED_RUN:
        return ""
    return f"It is clipped: {run} samples in a row at full scale; right is below {CLIPPED_RUN}."


def _lead(clip: Samples) -> str:
    lead = float(speech_frames(clip, RATE)[0] * FRAME_SECONDS)
    if lead <= MAX_LEAD:
        return ""
    return f"It starts with {lead:.2f} s of silence; right is at most {MAX_LEAD} s."


def _tail(clip: Samples) -> str:
    tail = len(clip) / RATE - float((speech_frames(clip, RATE)[-1] + 1) * FRAME_SECONDS)
    if tail <= MAX_TAIL:
        return ""
    return f"It ends with {tail:.2f} s of silence; right is at most {MAX_TAIL} s."


def _gap(clip: Samples) -> str:
    steps = np.diff(speech_frames(clip, RATE))
    gap = float((np.max(steps, initial=1) - 1) * FRAME_SECONDS)
    if gap <= MAX_GAP:
        return ""
    return f"It has {gap:.2f} s of silence in it; right is at most {MAX_GAP} s."


def _dc(clip: Samples) -> str:
    mean = float(np.mean(clip, dtype=np.float64))
    if abs(mean) <= MAX_DC:
        return ""
    return f"Its samples lie {mean:+.3f} off zero (DC); right is at most {MAX_DC}."


def _hum(clip: Samples) -> str:
    share, hertz = strongest_line(clip)
    most = MAX_IN_ONE_LINE if _span(clip) >= 1 else MAX_IN_A_WORD
    if share <= most:
        return ""
    return f"It hums: {share:.0%} of its energy is at {hertz:.0f} Hz; right is at most {most:.0%} in {LINE_HZ:.0f} Hz."


def strongest_line(clip: Samples) -> tuple[float, float]:
    """The largest share of a clip's energy in any 2 Hz above DC, and its frequency."""
    power = np.abs(np.fft.rfft(clip, n=max(len(clip), RATE))) ** 2
    width = LINE_HZ * max(len(clip), RATE) / RATE
    bins = (np.arange(len(power)) / width).astype(int)
    lines = np.bincount(bins, weights=power)[1:]
    place = int(lines.argmax())
    return float(lines[place] / max(lines.sum(), 1e-12)), (place + 1.5) * LINE_HZ


def _spread(clip: Samples) -> str:
    spread = level_spread(clip)
    least = LEAST_SPREAD_DB if _span(clip) >= 1 else LEAST_IN_A_WORD_DB
    if spread >= least:
        return ""
    return f"It is a flat noise: its level spreads {spread:.1f} dB; speech spreads {least} or more."


def level_spread(clip: Samples) -> float:
    """Standard deviation in dB of the 20-ms levels from the first to the last speech; digital silence counts as -60."""
    frames = speech_frames(clip, RATE)
    levels = frame_levels(clip, RATE)[frames[0] : frames[-1] + 1]
    return float(np.std(np.maximum(levels, -60)))


def speech_seconds(clip: Samples, clip_text: ClipText) -> float:
    """How long a clip speaks, without the pauses that the chain puts between sentences."""
    return _span(clip) - PAUSE * (len(clip_text.sentences) - 1)


def _span(clip: Samples) -> float:
    """Seconds from the beginning to the end of the speech."""
    frames = speech_frames(clip, RATE)
    return float((frames[-1] + 1 - frames[0]) * FRAME_SECONDS)


def _rate(clip: Samples, clip_text: ClipText) -> str:
    allowed = seconds_allowed(clip_text.sentences, clip_text.language)
    if allowed is None:
        return ""
    seconds = speech_seconds(clip, clip_text)
    if allowed[0] <= seconds <= allowed[1]:
        return ""
    how = "fast or cut" if seconds < allowed[0] else "slow, or says more than its text"
    return f"It is too {how}: {seconds:.2f} s of speech; right is {allowed[0]:.2f} to {allowed[1]:.2f} s."


_CHECKS: tuple[Callable[[Samples], str], ...] = (_level, _clipping, _lead, _tail, _gap, _dc, _hum, _spread)
