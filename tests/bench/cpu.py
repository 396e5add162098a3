"""What a webhook costs, beside the floor."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

from tests.bench.floor import floor
from tests.bench.row import Row, Size, at_most, in_turn, ratio
from tests.bench.webhooks import ROOT, TOKEN, URL, WEBHOOKS, line, microseconds

GOAL = 0.8


def rows(size: Size) -> Iterator[Row]:
    """CPU over the floor's, signature checked and counted in SQLite."""
    with TemporaryDirectory() as folder, line(ROOT / "prompts", Path(folder) / "bench.db") as app:
        least = floor(TOKEN, URL)
        ratios = {}
        for name, webhook in WEBHOOKS.items():
            sides = [partial(microseconds, side, [webhook], size.requests) for side in (app, least)]
            ours, floors = in_turn(size.bursts, sides)
            ratios[name] = ratio(ours, floors)
            yield Row(f"... {name}", f"{ratios[name]:.2f} ({min(ours):.0f} of {min(floors):.0f} µs)")
    yield at_most("CPU of a webhook over the floor, mean", fmean(ratios.values()), GOAL)
    yield at_most("CPU of a webhook over the floor, worst", max(ratios.values()), GOAL)
