"""Reports for a spreadsheet: the figures that the page shows.

A file begins with a byte order mark, by which Excel and LibreOffice know at a double click that it is UTF-8.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from ivr.database.reports import Report

COLUMNS = ("table", "name", "amount", "of which", "part")


def as_csv(found: Iterable[Report]) -> str:
    """A line for each row of each table, and one for each of its parts."""
    return spreadsheet([COLUMNS, *_rows(found)])


def spreadsheet(rows: Iterable[Sequence[object]]) -> str:
    """The text of a CSV file, to be written as UTF-8."""
    file = io.StringIO()
    file.write("\ufeff")
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()


def _rows(found: Iterable[Report]) -> Iterator[Sequence[object]]:
    for report in found:
        for row in report.rows:
            yield report.table, row.name, row.amount, "", ""
            yield from ((report.table, row.name, amount, "of which", part) for part, amount in row.parts.items())
