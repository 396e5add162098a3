"""`make bench`: prints the table of docs/performance.md; `--write` puts it there. Exit status 1 if a goal isn't met."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Iterator

from tests.bench import audio, cpu, crowd, growth, load, start
from tests.bench.page import HEAD, PAGE, table, written
from tests.bench.row import FULL, Row, Size

PARTS = (cpu, load, start, growth, crowd, audio)


def rows(size: Size) -> Iterator[Row]:
    logging.disable()
    for part in PARTS:
        yield from part.rows(size)


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    options.add_argument("--write", action="store_true", help="write the table into docs/performance.md")
    chosen = options.parse_args()
    print(HEAD, flush=True)
    found: list[Row] = []
    for row in rows(FULL):
        found.append(row)
        print(table([row]).removeprefix(f"{HEAD}\n"), flush=True)
    if chosen.write:
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), found), encoding="utf-8")
    unmet = [row.what for row in found if row.met is False]
    if unmet:
        print(f"\nNot met: {'; '.join(unmet)}", file=sys.stderr)
    return 1 if unmet else 0


if __name__ == "__main__":
    sys.exit(main())
