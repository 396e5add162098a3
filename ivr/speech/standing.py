"""By whom each line is spoken, and what is wanting: what staff see of a language. Standard library only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ivr.flow.lines import Line
from ivr.flow.model import Helpline
from ivr.speech.catalog import Catalog, State
from ivr.speech.recordings import ENGINE as RECORDING
from ivr.speech.recordings import Recordings

ONLINE = ("gtts", "azure")
NONE = "-"


class Standing(StrEnum):
    """How a line stands, the best first."""

    RECORDED = "recorded"
    ONLINE = "online"
    OFFLINE = "offline"
    MISSING = "missing"
    STALE = "stale"  # or damaged: nobody hears it


@dataclass(frozen=True)
class Spoken:
    """One line: its standing, who speaks its clip, and what is left where there is none.

    `engine` is empty without a clip. `outdated`: a person recorded it, but another text than today's. `said`: without
    a clip a Twilio voice says it; else callers don't hear it.
    """

    line: Line
    standing: Standing
    engine: str = ""
    outdated: bool = False
    said: bool = False

    @property
    def is_silent(self) -> bool:
        return not (self.engine or self.said)


@dataclass(frozen=True)
class Sound:
    """How the lines of a language are spoken: how many by whom, and how many not."""

    recorded: int
    online: int
    offline: int
    missing: int
    stale: int  # or damaged
    outdated: int  # recordings of another text than today's

    def __str__(self) -> str:
        """What there is, and nothing of what there is not."""
        words = {"recorded": self.recorded, "online": self.online, "offline": self.offline}
        words |= {"missing": self.missing, "stale": self.stale, "recorded of another text": self.outdated}
        return ", ".join(f"{count} {word}" for word, count in words.items() if count) or NONE


def spoken(helpline: Helpline, catalog: Catalog, recordings: Recordings, line: Line) -> Spoken:
    clip, recording = catalog.find(line), recordings.get((line.language, line.prompt))
    return Spoken(
        line=line,
        standing=_standing(catalog.state(line), clip.engine if clip else ""),
        engine=clip.engine if clip else "",
        outdated=bool(recording and not recording.says(line)),
        said=not clip and bool(helpline.languages[line.language].say),
    )


def sound_of(lines: Iterable[Spoken]) -> Sound:
    found = list(lines)
    counted = Counter(each.standing for each in found)
    amounts = {standing.value: counted[standing] for standing in Standing}
    return Sound(**amounts, outdated=sum(each.outdated for each in found))


def _standing(state: State, engine: str) -> Standing:
    if state is State.MISSING:
        return Standing.MISSING
    if state is not State.READY:
        return Standing.STALE
    if engine == RECORDING:
        return Standing.RECORDED
    return Standing.ONLINE if engine in ONLINE else Standing.OFFLINE
