"""What was heard, and when, on a clock that only moves when something sounds or somebody waits."""

from dataclasses import dataclass, field, replace
from typing import Literal

from ivr.simulator.clock import Clock

LegName = Literal["caller", "desk"]
Kind = Literal["play", "say", "tones", "stock"]


@dataclass(frozen=True)
class Heard:
    """One sound as one side heard it; `cut` if it ended early; `turn` counts the call's actions."""

    kind: Kind
    text: str
    seconds: float
    started_at: float = 0.0
    prompt: str = ""
    language: str = ""
    url: str = ""
    leg: LegName = "caller"
    cut: bool = False
    turn: int = 0

    @property
    def ends_at(self) -> float:
        return self.started_at + self.seconds


@dataclass
class Ear:
    clock: Clock
    heard: list[Heard] = field(default_factory=list)
    turn: int = 0

    def hear(self, sound: Heard) -> None:
        self.heard.append(replace(sound, started_at=self.clock.now, turn=self.turn))
        self.clock.advance(sound.seconds)

    def hear_on(self, moment: float) -> None:
        """A key at `moment` changed nothing: a new turn begins there, with what still sounds."""
        self.clock.turn = moment
        self.heard[:] = [replace(sound, turn=self.turn) if sound.ends_at > moment else sound for sound in self.heard]

    def cut(self, moment: float) -> None:
        """Goes on from `moment`: what sounded then is cut short, the rest was never heard."""
        kept = [sound for sound in self.heard if sound.started_at < moment]
        self.heard[:] = [_until(sound, moment) for sound in kept]
        self.clock.now = moment


def _until(sound: Heard, moment: float) -> Heard:
    # A thousandth of a second is the arithmetic's, not the caller's.
    if sound.ends_at <= moment + 0.001:
        return sound
    return replace(sound, seconds=moment - sound.started_at, cut=True)
