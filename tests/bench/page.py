"""The table, and its place in docs/performance.md."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.bench.row import MET, Row
from tests.bench.webhooks import ROOT

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
HEAD = "| What | Measured | Goal | Met |\n|---|---|---|---|"


def table(rows: Iterable[Row]) -> str:
    lines = (f"| {row.what} | {row.measured} | {row.goal or '-'} | {MET[row.met]} |" for row in rows)
    return "\n".join([HEAD, *lines])


def written(page: str, rows: Iterable[Row]) -> str:
    """The page with this table between its markers, and where and when it was measured."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{_where()}\n\n{table(rows)}\n{END}{after}"


def names(page: str) -> list[str]:
    """What the rows of the page's table are about."""
    between = page.partition(BEGIN)[2].partition(END)[0]
    return [line.split(" | ")[0].removeprefix("| ") for line in between.splitlines() if line.startswith("| ")][1:]


def _where() -> str:
    commit, changed = _git("rev-parse", "--short", "HEAD"), _git("status", "--porcelain", "ivr")
    libraries = ", ".join(f"{name} {version(name)}" for name in ("flask", "gunicorn", "twilio"))
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {_processor()}, {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}, {libraries}, "
        f"commit {commit or 'unknown'}{' with changes' if changed else ''}."
    )


def _git(*command: str) -> str:
    """What git says, or nothing where there is no git or no history."""
    try:
        done = subprocess.run(["git", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())
