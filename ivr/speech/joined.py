"""Clips made of other clips, such as a list in which each language names itself: which there are, and for which parts.

They belong to no language: in the manifest they stand under the language ``joined``, and no line names them. Standard
library only; a web server loads it. `joining` makes them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from ivr.speech.catalog import Catalog
from ivr.speech.manifest import Clip

JOINED = "joined"  # their language, engine and folder
WAY = "1"  # how they are joined; a new number makes them anew


def joined_key(parts: Sequence[Clip]) -> str:
    """16 hexadecimal digits that change with any part's bytes, with their order, and with how they are joined."""
    return hashlib.sha256("\n".join([WAY, *(part.sha256 for part in parts)]).encode()).hexdigest()[:16]


def find_joined(catalog: Catalog, name: str, parts: Sequence[Clip]) -> Clip | None:
    """The sound clip of this name if it is made of exactly these parts as they are now, else None."""
    clip = catalog.clips.get((JOINED, name))
    if clip is None or (JOINED, name) not in catalog.sound or clip.build_key != joined_key(parts):
        return None
    return clip
