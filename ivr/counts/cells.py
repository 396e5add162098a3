"""Small cells: what few callers did is shown merged, so that nobody can be found in a table.

Somebody who knows these rules and all that is shown must not be able to work out a merged cell. So everything up to
some size is merged, whichever cell it is: then the members could as well have changed places. And tables are made so
that every number shown is the sum of whole groups of one division (reports.py).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

SMALL = 5  # callers; fewer are not told


@dataclass(frozen=True)
class Merged:
    """`shown` one by one; `hidden` together, as their sum `amount`, which is None where even that is small."""

    shown: Mapping[str, int]
    hidden: tuple[str, ...] = ()
    amount: int | None = None


def merge(cells: Mapping[str, int]) -> Merged:
    """The cells of one table whose total may be known. Empty cells are merged with small ones, or shown as they are."""
    if may_split(cells.values()):
        return Merged(dict(cells))
    hidden: dict[str, int] = {}
    for most in sorted({SMALL - 1, *(amount for amount in cells.values() if amount >= SMALL)}):
        hidden = {name: amount for name, amount in cells.items() if amount <= most}
        if _hides(hidden.values()):
            break
    total = sum(hidden.values())
    shown = {name: amount for name, amount in cells.items() if name not in hidden}
    return Merged(shown, tuple(hidden), total if total >= SMALL else None)


def may_split(parts: Collection[int]) -> bool:
    """Whether a number that is shown may be shown in these parts, too: all or none of them."""
    return not any(0 < part < SMALL for part in parts)


def _hides(amounts: Collection[int]) -> bool:
    """Whether the sum tells none of its members: it would, if small itself, or if all are at the most that is small."""
    return sum(amounts) >= SMALL and set(amounts) != {SMALL - 1}
