"""Reports for a spreadsheet: the figures that the page shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ivr.database.reports import Report
from ivr.spreadsheet import spreadsheet

COLUMNS = ("table", "name", "amount", "of which", "part")


def as_csv(found: Iterable[Report]) -> str:
    """A line for each row of each table, and one for each of its parts."""
    return spreadsheet([COLUMNS, *_rows(found)])


def _rows(found: Iterable[Report]) -> Iterator[Sequence[object]]:
    for report in found:
        for row in report.rows:
            yield report.table, row.name, row.amount, "", ""
            yield from ((report.table, row.name, amount, "of which", part) for part, amount in row.parts.items())
