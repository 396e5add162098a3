"""How long everything takes: clips as measured, Twilio's voices as estimated, a second for a key."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from ivr.audio.catalog import Catalog
from ivr.audio.reading_rates import letters, usual_seconds
from ivr.content.clip_text import ClipText
from ivr.content.model import Helpline
from ivr.flow.places import Place
from ivr.flow.steps import Gather, Play, Steps, plays

KEY_SECONDS = 1.0
# The pause between sentences in every clip (docs/speech.md); Twilio's voices are assumed to do the same.
PAUSE_SECONDS = 0.35


class Spoken(NamedTuple):
    """A clip within an answer, in seconds from the answer's first word; `place` is where keys lead while it plays."""

    play: Play
    start: float
    end: float
    place: Place | None


class Timing:
    """The seconds of every clip text of a helpline."""

    def __init__(self, helpline: Helpline, catalog: Catalog) -> None:
        clip_texts = chain.from_iterable(each.values() for each in helpline.clip_texts.values())
        texts = {Play(clip_text.language, clip_text.prompt): clip_text for clip_text in clip_texts}
        self._measured = {play: clip.seconds for play, text in texts.items() if (clip := catalog.find(text))}
        unmeasured = {play: _estimated(text) for play, text in texts.items() if play not in self._measured}
        self._seconds = self._measured | unmeasured

    def without(self, prompt: str) -> Timing:
        """The same, if this prompt were not said."""
        other = copy(self)
        other._measured, other._seconds = (
            {play: seconds for play, seconds in known.items() if play.prompt != prompt}
            for known in (self._measured, self._seconds)
        )
        return other

    def seconds(self, play: Play) -> float:
        """How long a play takes; zero if it is not heard."""
        return self._seconds.get(play, 0.0)

    def is_measured(self, play: Play) -> bool:
        """Whether there is a clip; else its seconds are estimated."""
        return play in self._measured

    def spoken(self, steps: Steps) -> list[Spoken]:
        """Everything that a caller who presses nothing hears in these steps, with the silence between."""
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


def sentence_starts(clip_text: ClipText) -> list[float]:
    """For each sentence, the share of the clip's time that has passed when it begins, estimated by letters."""
    sizes = [letters([sentence]) for sentence in clip_text.sentences]
    return [before / sum(sizes) for before in accumulate([0, *sizes[:-1]])]


def _estimated(clip_text: ClipText) -> float:
    return usual_seconds(clip_text.sentences, clip_text.language) + PAUSE_SECONDS * (len(clip_text.sentences) - 1)
