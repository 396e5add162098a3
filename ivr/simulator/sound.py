"""Sound files: a type that the telephone can play, something in it, and how long it lasts."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from ivr.simulator.problems import Refused
from ivr.simulator.transport import Response

WAV_TYPES = {"audio/wav", "audio/wave", "audio/x-wav"}
# Bytes a second, for the types whose length is only guessed: 64 kbit/s MP3, 8 kHz mu-law, GSM
# 06.10, 8 kHz 16-bit.
GUESSED = {
    "audio/mpeg": 8000,
    "audio/basic": 8000,
    "audio/ulaw": 8000,
    "audio/gsm": 1650,
    "audio/x-gsm": 1650,
    "audio/aiff": 16_000,
    "audio/x-aiff": 16_000,
    "audio/x-aifc": 16_000,
}
WAV_FORMATS = {1: "PCM", 6: "A-law", 7: "mu-law"}


@dataclass(frozen=True)
class Sound:
    """`prompt` and `text` are what the server says it is (X-Prompt, X-Prompt-Text), else empty.

    `keep` is false if Cache-Control forbids caching: such a sound is fetched each time.
    """

    url: str
    seconds: float
    body: bytes
    prompt: str = ""
    text: str = ""
    keep: bool = True
    wav: bool = True


def understand_sound(url: str, response: Response, wrong_type: int) -> Sound:
    """The sound in an answer, or Refused: what Twilio's callers would hear isn't documented."""
    if response.status != 200:
        raise Refused(11200, f"the sound answered HTTP {response.status}")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in WAV_TYPES and kind not in GUESSED:
        raise Refused(wrong_type, f"the sound's Content-Type is {kind or 'missing'}, which can't be played")
    if not response.body:
        raise Refused(wrong_type, "the sound is empty")
    seconds = wav_seconds(response.body) if kind in WAV_TYPES else len(response.body) / GUESSED[kind]
    text = unquote(response.headers.get("x-prompt-text", ""))
    keep = "no-store" not in response.headers.get("cache-control", "").lower()
    return Sound(url, seconds, response.body, response.headers.get("x-prompt", ""), text, keep, kind in WAV_TYPES)


def wav_seconds(body: bytes) -> float:
    """The length of a RIFF/WAVE file, read by hand: the standard `wave` refuses mu-law."""
    chunks = dict(_chunks(body))
    if b"fmt " not in chunks or b"data" not in chunks:
        raise Refused(12300, "the sound is not a WAV file: no RIFF header, format or samples")
    if len(chunks[b"fmt "]) < 16:
        raise Refused(12300, "the sound's WAV format is cut short")
    tag, channels, rate, rate_in_bytes, _align, _bits = struct.unpack("<HHIIHH", chunks[b"fmt "][:16])
    if tag not in WAV_FORMATS or not channels or not rate or not rate_in_bytes:
        raise Refused(12300, f"the sound's WAV format {tag} is none of {', '.join(WAV_FORMATS.values())}")
    if not chunks[b"data"]:
        raise Refused(12300, "the sound has no samples in it")
    return len(chunks[b"data"]) / float(rate_in_bytes)


def _chunks(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    if body[:4] != b"RIFF" or body[8:12] != b"WAVE":
        return
    place = 12
    while place + 8 <= len(body):
        name, size = struct.unpack_from("<4sI", body, place)
        content = body[place + 8 : place + 8 + size]
        if len(content) < size:
            raise Refused(12300, f"the sound ends early: {len(content)} of {size} bytes are there")
        yield name, content
        place += 8 + size + size % 2
