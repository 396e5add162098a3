"""Pauses within a sentence, made no longer than a listener needs."""

from itertools import pairwise

import numpy as np

from ivr.audio.loudness import FRAME_SECONDS, Samples, speech_frames


def shorten_pauses(samples: Samples, rate: int, longest: float) -> Samples:
    """Speech with the middle of each pause over `longest` seconds cut out; the pauses' ends stay as they are."""
    frames = speech_frames(samples, rate)
    keep = np.ones(len(samples), dtype=bool)
    for last, following in pairwise(frames):
        start, end = (last + 1) * FRAME_SECONDS, following * FRAME_SECONDS
        if end - start > longest:
            keep[round((start + longest / 2) * rate) : round((end - longest / 2) * rate)] = False
    return samples[keep]
