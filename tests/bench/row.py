"""A row of the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MET = {True: "yes", False: "**no**", None: "-"}


class Row(NamedTuple):
    """What was measured. `met` is None where there is no goal."""

    what: str
    measured: str
    goal: str = ""
    met: bool | None = None


@dataclass(frozen=True)
class Size:
    """How much is measured: all of it, or just enough to see that it works."""

    bursts: int = 40  # of requests in this process, each side in turn
    requests: int = 150  # in a burst
    starts: int = 6  # of the servers
    rounds: int = 5  # of load on a server, after each start
    seconds: int = 1  # of load in a round
    pages: int = 20  # times the content
    languages: int = 10  # times the languages
    checks: int = 3  # of the small helpline, of which the quickest counts
    calls: int = 1000  # the same number of each script
    voices: int = 99  # languages in which whole calls are made


FULL = Size()
TINY = Size(bursts=2, requests=3, starts=1, rounds=1, seconds=1, pages=2, languages=2, checks=1, calls=5, voices=2)


def at_most(what: str, value: float, goal: float, more: str = "") -> Row:
    return Row(what, f"{value:.2f}{more}", f"at most {goal:g}", value <= goal)


def at_least(what: str, value: float, goal: float, more: str = "") -> Row:
    return Row(what, f"{value:.2f}{more}", f"at least {goal:g}", value >= goal)


def not_measured(what: str, why: str, goal: str = "") -> Row:
    """A goal that was not looked at is not met."""
    return Row(what, f"not measured: {why}", goal, False if goal else None)


def in_turn(count: int, measures: Sequence[Callable[[], float]]) -> list[list[float]]:
    """So many figures of each, taken side by side, so that a busy moment of the machine meets all of them alike."""
    turns = [[measure() for measure in measures] for _ in range(count)]
    return [list(figures) for figures in zip(*turns, strict=True)]


def ratio(these: Sequence[float], those: Sequence[float]) -> float:
    """Of the least figures: whatever else the machine does only ever adds to a cost."""
    return min(these) / min(those)
