"""1,000 calls at once, through the strict telephone, to `ivr serve` with two workers and SQLite.

All calls begin before any goes on, and so at each step: whoever answers a key has 999 others in mid-call. The
telephones run as fast as they can, on the same cores. None of them waits to hear anything, as callers do.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from threading import Lock
from urllib.parse import parse_qsl, urlencode

from ivr.content.hours import Override
from ivr.database.connection import database
from ivr.database.count_events import CountEvent
from ivr.database.desk_overrides import DeskOverride, add_override
from ivr.simulator import Call, HttpTransport, Response, Transport, WsgiTransport, sign
from tests.bench.row import Row, Size
from tests.bench.serving import DESKS, LINE
from tests.bench.webhooks import CALL, ROOT, TOKEN, URL, line
from tests.database.line import do, stored

# What callers do, one after another; the desks are open all day.
SCRIPTS = (
    "02 1 1 9 gone",
    "01 2 # gone",
    "04 3 * 1 gone",
    "02 0 offers 1 busy gone",
    "03 0 offers 1 answer talked gone",
)
TELEPHONES, THREADS = 2, 16
Counted = Counter[tuple[str, str]]


@dataclass
class Measured:
    """A transport of calls by anybody but the project's own account, which isn't counted. A sound is fetched once."""

    to: Transport
    seconds: list[float] = field(default_factory=list)
    sounds: dict[str, Response] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Response:
        if method == "GET":
            with self.lock:
                if url not in self.sounds:
                    self.sounds[url] = self.to.send(method, url, headers, body)
            return self.sounds[url]
        form = {**dict(parse_qsl((body or b"").decode(), keep_blank_values=True)), "AccountSid": CALL["AccountSid"]}
        signed = {**headers, "X-Twilio-Signature": sign(TOKEN, url, form)}
        begun = time.perf_counter()
        answer = self.to.send(method, url, signed, urlencode(form).encode())
        self.seconds.append(time.perf_counter() - begun)
        return answer


def rows(size: Size) -> Iterator[Row]:
    with TemporaryDirectory() as name:
        expected = _expected(Path(name), size.calls)
        seconds, errors, counted = _called(Path(name), size.calls)
    lost = sum((expected - counted).values())
    more = sum((counted - expected).values())
    yield Row("Calls at once: errors", f"{len(errors)} in {size.calls:,} calls{_first(errors)}", "0", not errors)
    said = f"{lost} lost, {more} too many, of {sum(expected.values())}"
    yield Row("Calls at once: counts", said, "0 lost, 0 too many", not lost and not more)
    shares = quantiles([1000 * each for each in seconds], n=100, method="inclusive")
    told = f"{shares[49]:.0f} ms p50, {shares[98]:.0f} ms p99, {1000 * max(seconds):.0f} ms at most"
    yield Row("Calls at once: answers", f"{told}, of {len(seconds)}, telephones on the same cores")


def _first(errors: list[str]) -> str:
    return f" (the first: {errors[0]})" if errors else ""


def _expected(folder: Path, calls: int) -> Counted:
    """What so many calls have to count: each script once in this process, as often as it is played."""
    file = folder / "expected.db"
    _open(file)
    with line(ROOT / "prompts", file) as app:
        for script in SCRIPTS:
            call = Call(Measured(WsgiTransport(app)), f"{URL}/voice", token=TOKEN).start()
            for action in script.split():
                do(call, action)
    return Counter({what: amount * calls // len(SCRIPTS) for what, amount in _sums(file).items()})


def _called(folder: Path, calls: int) -> tuple[list[float], list[str], Counted]:
    """The seconds of each answer, what went wrong, and what was counted."""
    _open(folder / "line.db")
    shares = [range(first, calls, TELEPHONES) for first in range(TELEPHONES)]
    with LINE.running(folder) as server, ProcessPoolExecutor(TELEPHONES, get_context("spawn")) as telephones:
        found = list(telephones.map(partial(_play, server.port), shares))
        server.process.terminate()
        server.process.wait(30)
    seconds = [second for each, _ in found for second in each]
    return seconds, [error for _, errors in found for error in errors], _sums(folder / "line.db")


def _play(port: int, numbers: range) -> tuple[list[float], list[str]]:
    """These calls, side by side, a step at a time."""
    transport, errors = Measured(HttpTransport()), []
    scripts = [SCRIPTS[number % len(SCRIPTS)].split() for number in numbers]
    calls = [Call(transport, f"http://127.0.0.1:{port}/voice", token=TOKEN) for _ in numbers]

    def step(turn: int, call: Call, script: list[str]) -> None:
        try:
            if turn == 0:
                call.start()
            elif turn <= len(script):
                do(call, script[turn - 1])
        except Exception as error:  # noqa: BLE001 - counted, whatever it was
            errors.append(f"{type(error).__name__}: {error}")

    with ThreadPoolExecutor(THREADS) as threads:
        for turn in range(max(map(len, scripts)) + 1):
            list(threads.map(partial(step, turn), calls, scripts))
    return transport.seconds, errors


def _open(file: Path) -> None:
    """Desks that are open at any hour, so that all calls can be the same whenever they are made."""
    said = Override(open=True, since=datetime(2026, 1, 1, tzinfo=UTC))
    with database(f"sqlite:///{file}") as connection:
        for desk in DESKS:
            add_override(connection, DeskOverride(desk, said, "other"))


def _sums(file: Path) -> Counted:
    """Whatever the day; a call's hour is not asked for."""
    total: Counted = Counter()
    for event, amount in stored(f"sqlite:///{file}").items():
        total[_kind(event)] += amount
    return total


def _kind(event: CountEvent) -> tuple[str, str]:
    return event.kind, "" if event.kind == "call" else event.name
