"""The noise of the room in a person's recording: how loud it is, and the recording without it at both ends."""

import io

import numpy as np
import soundfile

from ivr.audio.cut_off import is_cut_off
from ivr.audio.engines.engine import SpeechError
from ivr.audio.loudness import EDGE_MARGIN_DB, FRAME_SECONDS, Samples, frame_levels, speech_frames, speech_level
from ivr.audio.quality import source_faults
from ivr.audio.telephone_sound import RATE, high_pass, to_8_khz

MAX_SECONDS, MAX_RATE, MAX_CHANNELS = 180, 192_000, 2
LEAST_OVER_NOISE_DB = 20.0
OVER_ROOM_DB = 10.0  # speech is what lies this much over the quietest moments
KEPT = 0.06  # seconds on either side, for sounds as quiet as the room


def read_recording(content: bytes) -> Samples:
    """Mono at 8 kHz, from the first word to the last; SpeechError, with every fault, if callers shouldn't hear it."""
    try:
        with soundfile.SoundFile(io.BytesIO(content)) as file:
            _refuse_endless(file)
            told, rate = file.frames, file.samplerate
            samples = file.read(dtype="float32")
    except soundfile.LibsndfileError as error:
        message = f"It isn't a sound file that can be read, or only a part of one: {error.error_string}"
        raise SpeechError(message) from error
    if is_cut_off(content, told, len(samples)):
        raise SpeechError("It is cut off: the file ends before the recording does. Send or copy it again.")
    heard = high_pass(to_8_khz(samples, rate))
    if not len(speech_frames(heard, RATE)):
        raise SpeechError("It is silent.")
    faults = [*source_faults(samples), *_noise(heard)]
    if faults:
        raise SpeechError(" ".join(faults))
    return _without_room(heard)


def _refuse_endless(file: soundfile.SoundFile) -> None:
    """Before it is unpacked: a few bytes may hold hours."""
    rate, seconds = file.samplerate, file.frames / file.samplerate
    if not RATE <= rate <= MAX_RATE:
        raise SpeechError(f"It has {rate} samples a second; right is {RATE} to {MAX_RATE}.")
    if file.channels > MAX_CHANNELS:
        raise SpeechError(f"It has {file.channels} channels; right is {MAX_CHANNELS} at most.")
    if seconds > MAX_SECONDS:
        raise SpeechError(f"It lasts {seconds:.0f} s; right is {MAX_SECONDS} s at most.")


def _noise(heard: Samples) -> list[str]:
    over = speech_level(heard, RATE) - _room(heard)
    if over >= LEAST_OVER_NOISE_DB:
        return []
    return [f"It is noisy: speech is {over:.0f} dB over the noise; right is {LEAST_OVER_NOISE_DB:.0f} or more."]


def _room(heard: Samples) -> float:
    """The level of the quietest moments, such as those between words, in dBFS."""
    return float(np.percentile(frame_levels(heard, RATE), 5))


def _without_room(heard: Samples) -> Samples:
    levels = frame_levels(heard, RATE)
    least = max(_room(heard) + OVER_ROOM_DB, float(levels.max()) - EDGE_MARGIN_DB)
    loud = np.flatnonzero(levels > least)
    start, end = loud[0] * FRAME_SECONDS - KEPT, (loud[-1] + 1) * FRAME_SECONDS + KEPT
    return heard[max(0, round(start * RATE)) : round(end * RATE)]
