"""What becomes of the line when its content grows, or its languages: the starter's helpline, many times over."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from ivr.app import create_app
from ivr.audio.line import line_of
from ivr.config import read_settings
from ivr.content.loader import load_helpline
from ivr.content.model import Helpline
from ivr.verify.verify import verify
from tests.bench.growing import more_languages, more_pages, starter
from tests.bench.row import Row, Size, at_most, in_turn, ratio
from tests.bench.webhooks import KEY, Webhook, line, microseconds

COST, LINEAR = 1.05, 1.3


def rows(size: Size) -> Iterator[Row]:
    """A key in each menu of each language; what is done once, over how many more prompts or languages there are."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        one = starter(folder / "one" / "prompts")
        pages = more_pages(starter(folder / "pages" / "prompts"), size.pages)
        languages = more_languages(starter(folder / "languages" / "prompts"), size.languages)
        grown = {"content": pages, "languages": languages}
        yield from _costs(one, grown, size)
        yield from _linear(one, grown, size.checks)


def _costs(one: Path, grown: dict[str, Path], size: Size) -> Iterator[Row]:
    helplines = [load_helpline(folder) for folder in (one, *grown.values())]
    with ExitStack() as stack:
        apps = [stack.enter_context(line(folder, folder.parent / "bench.db")) for folder in (one, *grown.values())]
        keys = [_webhooks(helpline) for helpline in helplines]
        sides = [partial(microseconds, app, sent, size.requests) for app, sent in zip(apps, keys, strict=True)]
        first, *others = in_turn(size.bursts, sides)
    for what, costs, helpline in zip(grown, others, helplines[1:], strict=True):
        more = f" ({_size(helplines[0])} against {_size(helpline)})"
        yield at_most(f"CPU of a webhook, more {what} over less", ratio(costs, first), COST, more)


def _webhooks(helpline: Helpline) -> list[Webhook]:
    """Keys that lead to menus which are alike, whatever stands around them: again, and back to the one above."""
    keys = {"visit": "#", "where": "*"}
    return [
        Webhook(f"/voice/{language}/{menu}/keys", {**KEY, "Digits": keys[kind]})
        for language in helpline.languages
        for menu in helpline.menus
        if (kind := menu.partition("_")[0]) in keys
    ]


def _linear(one: Path, grown: dict[str, Path], checks: int) -> Iterator[Row]:
    for done, measure in {"Start-up": _start, "`ivr check`": _check}.items():
        small = min(measure(one) for _ in range(checks))
        for what, folder in grown.items():
            large = measure(folder)
            times = _units(folder, what) / _units(one, what)
            more = f" ({times:.0f} times as much in {large / small:.1f} times the CPU: {small:.2f} s, {large:.2f} s)"
            yield at_most(f"{done}, more {what}: CPU for each of them over less", large / small / times, LINEAR, more)


def _units(folder: Path, what: str) -> int:
    helpline = load_helpline(folder)
    return len(helpline.languages) if what == "languages" else len(helpline.prompts)


def _size(helpline: Helpline) -> str:
    return f"{len(helpline.menus)} menus, {len(helpline.prompts)} prompts, {len(helpline.languages)} languages"


def _seconds(done: Callable[[], object]) -> float:
    begun = time.process_time()
    done()
    return time.process_time() - begun


def _start(folder: Path) -> float:
    def start() -> None:
        helpline = load_helpline(folder)
        create_app(line_of(helpline), read_settings({}, helpline.desks, demo=True))

    return _seconds(start)


def _check(folder: Path) -> float:
    return _seconds(lambda: verify(folder))
