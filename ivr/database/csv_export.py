"""Reports for a spreadsheet: the figures that the page shows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from ivr.database.reports import Report

COLUMNS = ("table", "name", "amount", "of which", "part")


def as_csv(found: Iterable[Report]) -> str:
    """A line for each row of each table, and one for each of its parts."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for report in found:
        for row in report.rows:
            writer.writerow((report.table, row.name, row.amount, "", ""))
            writer.writerows((report.table, row.name, amount, "of which", part) for part, amount in row.parts.items())
    return file.getvalue()
