"""Reports for a spreadsheet: the same that is shown, small cells merged."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from ivr.database.cells import SMALL
from ivr.database.reports import Report, Row

FEW = f"under {SMALL}"
WITHHELD, WITHHELD_IN = "-", ("prompts",)  # not few, but not to be told
COLUMNS = ("table", "name", "amount", "of which", "part")


def as_csv(found: Iterable[Report]) -> str:
    """A line for each row of each table, and one for each of its parts."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for report in found:
        for row in report.rows:
            name = " + ".join(row.names)
            writer.writerow((report.table, name, amount_shown(report, row), "", ""))
            writer.writerows(
                (report.table, name, amount, "of which", part) for part, amount in (row.parts or {}).items()
            )
    return file.getvalue()


def amount_shown(report: Report, row: Row) -> str:
    if row.amount is not None:
        return str(row.amount)
    return WITHHELD if report.table in WITHHELD_IN else FEW
