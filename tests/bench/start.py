"""How long a server takes until its first answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.row import Row, Size, at_most, ratio
from tests.bench.running import Running
from tests.bench.serving import FLOOR, LINE, Target

GOAL = 1.7  # times what a Flask app without any content takes


def rows(size: Size) -> Iterator[Row]:
    """By the clock, and by the CPU of all processes, which other work on the machine changes less."""
    with TemporaryDirectory() as folder:
        turns = [[_started(target, Path(folder)) for target in (LINE, FLOOR)] for _ in range(size.starts)]
    line, floor = zip(*turns, strict=True)
    yield _over("Start-up to the first answer", [each.seconds for each in line], [each.seconds for each in floor])
    yield _over("CPU of a start-up", [each.cpu_seconds for each in line], [each.cpu_seconds for each in floor])


def _started(target: Target, folder: Path) -> Running:
    with target.running(folder) as server:
        return server


def _over(what: str, ours: list[float], floors: list[float]) -> Row:
    seconds = f" ({min(ours):.2f} of {min(floors):.2f} s)"
    return at_most(f"{what}, over the floor's", ratio(ours, floors), GOAL, seconds)
