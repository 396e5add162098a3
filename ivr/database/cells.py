"""Small cells: what few callers did is shown merged, so that nobody can be found in a table.

Somebody who knows these rules and all that is shown must not be able to work out a merged cell. So everything up to
some size is merged, whichever cell it is: then the members could as well have changed places. And tables are made so
that every number shown is the sum of whole groups of one division (reports.py).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

SMALL = 5  # callers; fewer are not told


@dataclass(frozen=True)
class Merged:
    """`shown` one by one; `hidden` together, as their sum `amount`, which is None where even that is small."""

    shown: Mapping[str, int]
    hidden: tuple[str, ...] = ()
    amount: int | None = None


def merge(cells: Mapping[str, int], few: Collection[str] = (), apart: str = "") -> Merged:
    """The cells of one table whose total may be known. Empty cells are merged with small ones, or shown as they are.

    Cells named in `few` count as small whatever their size. The cell `apart`, if any, hides nothing of the others.
    """
    if may_split(cells.values()) and not few:
        return Merged(dict(cells))
    hidden: dict[str, int] = {}
    for most in sorted({SMALL - 1, *(amount for amount in cells.values() if amount >= SMALL)}):
        hidden = {name: amount for name, amount in cells.items() if amount <= most or name in few}
        others = [amount for name, amount in hidden.items() if name != apart]
        if _hides(hidden.values()) and _hides(others):
            break
    total = sum(hidden.values())
    shown = {name: amount for name, amount in cells.items() if name not in hidden}
    return Merged(shown, tuple(hidden), total if total >= SMALL else None)


def may_split(parts: Collection[int]) -> bool:
    """Whether a number that is shown may be shown in these parts, too: all or none of them."""
    return not any(0 < part < SMALL for part in parts)


def undivided(rows: Sequence[tuple[str, ...]], cells: Mapping[str, Sequence[int]], apart: str) -> set[tuple[str, ...]]:
    """Rows, each of one or more cells, not to be shown in their parts, where the sums of all parts may be known.

    Each of them that has a small part, and as many of the next larger rows as it takes that the others don't tell it,
    nor the parts of the cell `apart`, which may be known, too. Empty where there is nothing to hide.
    """

    def parts(names: Collection[str]) -> list[tuple[int, ...]]:
        return list(zip(*(cells[name] for name in names), strict=True))

    amounts = {row: sum(map(sum, parts(row))) for row in rows}
    small = {row for row in rows if not may_split([sum(part) for part in parts(row)])}
    small |= {row for row in rows if apart in row and len(row) > 1}
    for most in sorted({0, *amounts.values()}) if small else ():
        found = {row for row in rows if row in small or amounts[row] <= most}
        names = [name for row in found for name in row]
        groups = parts(names), parts([name for name in names if name != apart])
        if all(not any(part) or (_hides(part) and len(part) - part.count(0) > 1) for group in groups for part in group):
            return found
    return set(rows) if small else set()


def _hides(amounts: Collection[int]) -> bool:
    """Whether the sum tells none of its members: it would, if small itself, or if all are at the most that is small."""
    return sum(amounts) >= SMALL and set(amounts) != {SMALL - 1}
