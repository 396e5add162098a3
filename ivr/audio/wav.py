"""Joins WAV files. Standard library only: the web server uses it."""

import struct
from collections.abc import Sequence


def join(files: Sequence[bytes]) -> bytes:
    """All files one after another in one file; raises ValueError unless all are WAV files of the same format."""
    parts = [_chunks(content) for content in files]
    formats = {part[b"fmt "] for part in parts}
    if len(formats) != 1:
        raise ValueError("files of different formats can't be joined")
    sound = b"".join(part[b"data"] for part in parts)
    # RIFF, "WAVE form": after a format other than PCM comes the number of samples; mu-law has one a byte.
    chunks = ((b"fmt ", formats.pop()), (b"fact", struct.pack("<I", len(sound))), (b"data", sound))
    body = b"WAVE" + b"".join(
        name + struct.pack("<I", len(chunk)) + chunk + b"\0" * (len(chunk) % 2) for name, chunk in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _chunks(content: bytes) -> dict[bytes, bytes]:
    """The chunks of a RIFF file by name; each begins with its name and length, and is padded to an even length."""
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise ValueError("not a WAV file")
    found, position = {}, 12
    while position + 8 <= len(content):
        name, length = struct.unpack_from("<4sI", content, position)
        found[name] = content[position + 8 : position + 8 + length]
        position += 8 + length + length % 2
    if b"fmt " not in found or b"data" not in found:
        raise ValueError("a WAV file without a format or without sound")
    return found
