"""Throughput and latency of whole servers under wrk, which runs on the same cores.

What is compared is requests a second, round by round: the servers are loaded in turn, so that a busy moment of the
machine meets all of them alike, and the median of the rounds' ratios counts. Beside it stands the same for the CPU of
a server's processes for each request, which leaves out what wrk needs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench.row import Row, Size, at_least, not_measured
from tests.bench.running import Running
from tests.bench.serving import (
    BARE,
    FLOOR,
    LINE,
    NO_SAMPLE,
    NO_WRK,
    SAMPLE,
    Target,
    cpu_seconds,
    has_wrk,
    sample,
    worker_megabytes,
)

CONNECTIONS = 32
LATENCY_ROUNDS = 5
GOALS = {FLOOR: 1.1, SAMPLE: 1.5}
WHAT = {FLOOR: "Throughput of `ivr serve` over the floor's", SAMPLE: "Throughput of `ivr serve` over Twilio's sample's"}
CPU = "CPU of a request, whole server"
LATENCY, MEMORY = "Latency with one connection", "Memory of a worker under load"

Figures = dict[Target, dict[str, list[float]]]


def rows(size: Size) -> Iterator[Row]:
    """All servers stand side by side and are loaded in turn; some starts are luckier than others."""
    if not has_wrk():
        yield from (not_measured(WHAT[target], NO_WRK, f"at least {goal}") for target, goal in GOALS.items())
        yield from (not_measured(what, NO_WRK) for what in (CPU, LATENCY, MEMORY))
        return
    targets = [LINE, FLOOR, *([SAMPLE] if sample() else []), BARE]
    found: Figures = {target: defaultdict(list) for target in targets}
    for _ in range(size.starts):
        _start(targets, size, found)
    yield from _compared(found)
    yield _told(CPU, found, "{cost:.0f} µs")
    yield _told(LATENCY, found, "{p50:.2f} ms p50, {p99:.1f} ms p99")
    yield _told(MEMORY, found, "{megabytes:.0f} MB (PSS)")


def _start(targets: list[Target], size: Size, found: Figures) -> None:
    with TemporaryDirectory() as folder, ExitStack() as stack:
        servers = {target: stack.enter_context(target.running(Path(folder))) for target in targets}
        for target, server in servers.items():
            target.load(server.port, CONNECTIONS, 1)
        for _ in range(size.rounds):
            for target, server in servers.items():
                _measure(target, server, size.seconds, found[target])
        for target, server in servers.items():
            found[target]["megabytes"].append(worker_megabytes(server))


def _measure(target: Target, server: Running, seconds: int, found: dict[str, list[float]]) -> None:
    begun = cpu_seconds(server)
    seen = target.load(server.port, CONNECTIONS, seconds)
    if seen["errors"]:
        raise SystemExit(f"{target.name}: {seen['errors']:.0f} of wrk's requests failed")
    found["rate"].append(seen["rate"])
    found["cost"].append((cpu_seconds(server) - begun) / (seen["rate"] * seconds) * 1e6)
    if len(found["p50"]) < LATENCY_ROUNDS:
        alone = target.load(server.port, 1, 1)
        found["p50"].append(alone["p50"])
        found["p99"].append(alone["p99"])


def _compared(found: Figures) -> Iterator[Row]:
    ours = found[LINE]
    for target, goal in GOALS.items():
        if target not in found:
            yield not_measured(WHAT[target], NO_SAMPLE, f"at least {goal}")
            continue
        theirs = found[target]
        rates = f"median {median(ours['rate']):.0f} to {median(theirs['rate']):.0f} a second, wrk on the same cores"
        cpu = f"{_in_rounds(theirs['cost'], ours['cost']):.2f} for the same CPU"
        yield at_least(WHAT[target], _in_rounds(ours["rate"], theirs["rate"]), goal, f" ({rates}); {cpu}")


def _in_rounds(these: list[float], those: list[float]) -> float:
    return median(this / that for this, that in zip(these, those, strict=True))


def _told(what: str, found: Figures, form: str) -> Row:
    """The same of each server: the least of its figures, but the most memory."""
    told = []
    for target, figures in found.items():
        least = {name: min(seen) for name, seen in figures.items()} | {"megabytes": max(figures["megabytes"])}
        told.append(f"{target.name} {form.format(**least)}")
    return Row(what, "; ".join(told))
