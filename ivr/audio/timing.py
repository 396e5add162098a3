"""How long everything takes: clips as they were measured, Twilio's voices as they are estimated, a second for a key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from ivr.audio.catalog import Catalog
from ivr.audio.reading_rates import letters, usual_seconds
from ivr.content.clip_text import Line
from ivr.content.model import Helpline
from ivr.flow.places import Place
from ivr.flow.steps import Gather, Play, Steps, plays

KEY_SECONDS = 1.0
# Sentences are set apart by this much in every clip (docs/speech.md); a Twilio voice is taken to do the same.
PAUSE_SECONDS = 0.35


@dataclass(frozen=True)
class Spoken:
    """A clip within an answer: seconds from its first word, and where keys go while it plays (None: nowhere)."""

    play: Play
    start: float
    end: float
    place: Place | None


class Timing:
    """The seconds of every line of a helpline."""

    def __init__(self, helpline: Helpline, catalog: Catalog) -> None:
        lines = [line for lines in helpline.lines.values() for line in lines.values()]
        self._measured = {line.name: clip.seconds for line in lines if (clip := catalog.find(line))}
        self._seconds = {line.name: _estimated(line) for line in lines} | self._measured

    def seconds(self, play: Play) -> float:
        """Zero for what is not heard."""
        return self._seconds.get(play.name, 0.0)

    def is_measured(self, play: Play) -> bool:
        """Whether there is a clip; else its seconds are estimated."""
        return play.name in self._measured

    def spoken(self, steps: Steps) -> list[Spoken]:
        """All that these steps say, silence between them included: a caller who presses nothing."""
        now, found = 0.0, []
        for step in steps:
            for play in plays((step,)):
                end = now + self.seconds(play)
                found.append(Spoken(play, now, end, step.place if isinstance(step, Gather) else None))
                now = end
            if isinstance(step, Gather):
                now += step.wait
        return found

    def turns(self, steps: Steps) -> Iterator[float]:
        """The seconds of each stretch that plays without a pause for a key."""
        spoken = self.spoken(steps)
        began = 0.0
        for here, following in pairwise(spoken):
            if following.start > here.end:
                yield here.end - began
                began = following.start
        if spoken:
            yield spoken[-1].end - began


def sentence_starts(line: Line) -> list[float]:
    """For each sentence of a line, the share of the line's time that has passed when it begins: by its letters."""
    sizes = [letters([sentence]) for sentence in line.sentences]
    return [before / sum(sizes) for before in accumulate([0, *sizes[:-1]])]


def _estimated(line: Line) -> float:
    return usual_seconds(line.sentences, line.language) + PAUSE_SECONDS * (len(line.sentences) - 1)
