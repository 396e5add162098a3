"""Does Kokoro put the pitch accent of Japanese where Open JTalk puts it? `python -m tests.bench.pitch_accent` says.

The clips by Kokoro are compared with the same sentences by Open JTalk. Their sounds are brought together in time by
what they say (dynamic time warping of cepstra), and the movements of their pitch are correlated: 1.0 is the same
melody. The pitch of another sentence, repeated or cut to the same length, shows what chance gives.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np

from ivr.audio.catalog import Catalog
from ivr.audio.engines.open_jtalk import OpenJTalk
from ivr.audio.telephone_sound import decoded, to_8_khz, trim
from ivr.content.loader import load_helpline

HOP, WIDTH, RATE = 80, 400, 8000  # a frame each 10 ms, of 50 ms
OURS, THEIRS = (120, 400), (200, 600)  # Hz: between which the voices' pitch is looked for
HIGHEST_PARTIAL = 1300  # Hz


def main() -> None:
    helpline = load_helpline(Path("prompts"))
    catalog = Catalog.load(helpline.audio_dir)
    texts = [text for text in helpline.clip_texts["ja"].values() if len(text.sentences) == 1 and len(text.text) > 12]
    clips = [(clip, text.text) for text in texts if (clip := catalog.find(text)) and clip.engine == "kokoro"]
    melodies = [compared(decoded(catalog.path(clip).read_bytes()), sentence) for clip, sentence in clips]
    same = [likeness(ours, theirs) for ours, theirs in melodies]
    chance = [likeness(ours, np.resize(other, len(ours))) for (ours, _), (_, other) in pairwise(melodies)]
    print(f"{len(same)} sentences: {np.median(same):.2f}; with another sentence's pitch {np.median(chance):.2f}")
    for likeness_, (_, sentence) in sorted(zip(same, clips, strict=True))[:5]:
        print(f"{likeness_:.2f} {sentence}")


def compared(clip: np.ndarray, sentence: str) -> tuple[np.ndarray, np.ndarray]:
    """The pitch of Kokoro's clip and of Open JTalk at the same places of a sentence; NaN where one has no voice."""
    ours, theirs = trim(clip), trim(to_8_khz(*OpenJTalk().speak(sentence, "ja")))
    path = aligned(cepstra(ours), cepstra(theirs))
    return pitch(ours, *OURS)[path[:, 0]], pitch(theirs, *THEIRS)[path[:, 1]]


def likeness(one: np.ndarray, two: np.ndarray) -> float:
    voiced = ~(np.isnan(one) | np.isnan(two))
    return float(np.corrcoef(one[voiced], two[voiced])[0, 1])


def frames(samples: np.ndarray) -> np.ndarray:
    padded = np.pad(samples.astype(np.float64), WIDTH // 2)
    return np.lib.stride_tricks.sliding_window_view(padded, WIDTH)[::HOP] * np.hanning(WIDTH)


def cepstra(samples: np.ndarray) -> np.ndarray:
    levels = np.log(np.abs(np.fft.rfft(frames(samples), 512)) + 1e-4)
    found = np.fft.irfft(levels)[:, 1:13]
    return (found - found.mean(axis=0)) / found.std(axis=0)


def pitch(samples: np.ndarray, lowest: int, highest: int) -> np.ndarray:
    """The logarithm of each frame's pitch; NaN where there is no voice."""
    power = np.abs(np.fft.rfft(frames(samples), 1024)) ** 2
    power[:, HIGHEST_PARTIAL * 1024 // RATE :] = 0
    similar = np.fft.irfft(power)
    similar /= similar[:, :1] + 1e-9
    is_peak = (similar > np.roll(similar, 1, axis=1)) & (similar > np.roll(similar, -1, axis=1))
    peaks = np.where(is_peak, similar, 0)[:, RATE // highest : RATE // lowest]
    found = np.log(RATE / (peaks.argmax(axis=1) + RATE // highest))
    return np.where(peaks.max(axis=1) > 0.4, found, np.nan)


def aligned(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """The pairs of frames that say the same, in order."""
    cost = np.linalg.norm(one[:, None] - two[None], axis=2)
    total = np.full((len(one) + 1, len(two) + 1), np.inf)
    total[0, 0] = 0
    for i, j in np.ndindex(cost.shape):
        total[i + 1, j + 1] = cost[i, j] + min(total[i, j], total[i, j + 1], total[i + 1, j])
    i, j = cost.shape
    path = []
    while i and j:
        path.append((i - 1, j - 1))
        i, j = min(((i - 1, j - 1), (i - 1, j), (i, j - 1)), key=lambda place: total[place])
    return np.array(path[::-1])


if __name__ == "__main__":
    main()
