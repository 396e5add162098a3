"""Recordings that stopped in mid-file: a message that was forwarded half, a card that was pulled out.

Decoders play what is there and say nothing, so the containers are asked how long they meant to be.
"""

from typing import Literal

SIZES: dict[bytes, Literal["little", "big"]] = {b"RIFF": "little", b"FORM": "big"}
UNKNOWN = (0, 0xFFFFFFFF)  # what recorders write that don't know the length yet


def is_cut_off(content: bytes, frames_told: int, frames_read: int) -> bool:
    """Of WAV, AIFF and Ogg by their own words; of others by the frames that the decoder was told of."""
    order = SIZES.get(content[:4])
    if order:
        size = int.from_bytes(content[4:8], order)
        return size not in UNKNOWN and size + 8 > len(content) + 1  # some leave out the last padding byte
    if content[:4] == b"OggS":
        return not _ends_with_a_page(content)
    return frames_read < frames_told


def _ends_with_a_page(content: bytes) -> bool:
    """RFC 3533, section 6: a page is its header, its table of segments, and these.

    Not every recorder marks the last page as such, so that is not asked for.
    """
    start = content.rfind(b"OggS")
    count = content[start + 26] if start + 26 < len(content) else 0
    segments = content[start + 27 : start + 27 + count]
    return len(segments) == count and start + 27 + count + sum(segments) <= len(content)
