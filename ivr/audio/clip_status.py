"""Who speaks each clip text, and what is missing, as staff see it. Standard library only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ivr.audio.catalog import Catalog, State
from ivr.audio.recordings import ENGINE as RECORDING
from ivr.audio.recordings import Recordings
from ivr.content.clip_text import ClipText
from ivr.content.model import Helpline

ONLINE = ("gtts", "azure")
NONE = "-"


class Rank(StrEnum):
    """How a clip text is spoken, the best first."""

    RECORDED = "recorded"
    ONLINE = "online"
    OFFLINE = "offline"
    MISSING = "missing"
    STALE = "stale"  # or damaged: nobody hears it


@dataclass(frozen=True)
class ClipStatus:
    """How one clip text is spoken.

    `engine` speaks its clip; empty without one. `outdated`: a person recorded an older text. `said`: there is no clip,
    but a Twilio voice says it; otherwise callers don't hear it.
    """

    clip_text: ClipText
    rank: Rank
    engine: str = ""
    outdated: bool = False
    said: bool = False

    @property
    def is_silent(self) -> bool:
        return not (self.engine or self.said)


@dataclass(frozen=True)
class Sound:
    """How many clip texts of a language are spoken in which way, and how many are not."""

    recorded: int
    online: int
    offline: int
    missing: int
    stale: int  # or damaged
    outdated: int  # recordings of an older text

    def __str__(self) -> str:
        """The amounts that aren't zero."""
        words = {"recorded": self.recorded, "online": self.online, "offline": self.offline}
        words |= {"missing": self.missing, "stale": self.stale, "recorded of another text": self.outdated}
        return ", ".join(f"{count} {word}" for word, count in words.items() if count) or NONE


def clip_status(helpline: Helpline, catalog: Catalog, recordings: Recordings, clip_text: ClipText) -> ClipStatus:
    clip, recording = catalog.find(clip_text), recordings.get((clip_text.language, clip_text.prompt))
    return ClipStatus(
        clip_text=clip_text,
        rank=_rank(catalog.state(clip_text), clip.engine if clip else ""),
        engine=clip.engine if clip else "",
        outdated=bool(recording and not recording.says(clip_text)),
        said=not clip and bool(helpline.speech(clip_text.language).say),
    )


def sound_of(statuses: Iterable[ClipStatus]) -> Sound:
    found = list(statuses)
    counted = Counter(each.rank for each in found)
    amounts = {rank.value: counted[rank] for rank in Rank}
    return Sound(**amounts, outdated=sum(each.outdated for each in found))


def _rank(state: State, engine: str) -> Rank:
    if state is State.MISSING:
        return Rank.MISSING
    if state is not State.READY:
        return Rank.STALE
    if engine == RECORDING:
        return Rank.RECORDED
    return Rank.ONLINE if engine in ONLINE else Rank.OFFLINE
