"""Calls whose numbers are known, and a line that shows them to staff."""

from __future__ import annotations

from pathlib import Path

from tests.cast import BOTH_OPEN, NONE_OPEN, NUMBERS, app, helpline
from tests.database.line import call, counted_app, counting, sqlite_url

# How many callers did what, when: they heard of booking to the end, asked for a person too late, met a desk that was
# busy, and hung up in the first menu. Rounded these are 10, 5, 5 and 0, and 20 in all.
CALLS = (
    (8, "02 2 wait", BOTH_OPEN),
    (6, "04 0 gone", NONE_OPEN),
    (7, "01 0 offers 1 busy gone", BOTH_OPEN),
    (1, "21 gone", BOTH_OPEN),
)


def known_calls(folder: Path) -> str:
    """The address of a database in which they were counted."""
    url = sqlite_url(folder)
    counts = counting(url)
    served = counted_app(counts)
    for amount, keys, moment in CALLS:
        for _ in range(amount):
            call(served, keys, moment)
    counts.start()
    counts.stop()
    return url


def line_that_counts(url: str):
    """A demo, whose pages are open."""
    return app(helpline(), {**NUMBERS, "DATABASE_URL": url})
