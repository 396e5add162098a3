"""Reports as tables of a page, with the rounded figures of ivr/database/reports.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ivr.database.reports import Report, Row
from ivr.database.reports import Table as Name

Chart: TypeAlias = Literal["columns", "bars", ""]
# Gives a name in a table as the page shows it.
Label: TypeAlias = Callable[[Name, str], str]

# Tables whose rows are in order of time; others begin with the highest figures.
IN_TIME = ("days", "hours")
CHARTS: dict[Name, Chart] = {
    "days": "columns",
    "hours": "columns",
    "languages": "bars",
    "outcomes": "bars",
    "menus": "bars",
}


@dataclass(frozen=True)
class TableRow:
    """`parts` is empty if a row is not split."""

    name: str
    label: str
    amount: int
    parts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Table:
    """`parts` are the names of the columns that rows are split into."""

    name: Name
    chart: Chart
    parts: tuple[str, ...]
    rows: tuple[TableRow, ...]

    @property
    def is_empty(self) -> bool:
        return not any(row.amount for row in self.rows)


def tables(found: Iterable[Report], label: Label) -> tuple[Table, ...]:
    return tuple(_table(report, label) for report in found)


def _table(report: Report, label: Label) -> Table:
    rows = report.rows if report.table in IN_TIME else sorted(report.rows, key=lambda row: -row.amount)
    shown = tuple(TableRow(row.name, label(report.table, row.name), row.amount, _parts(report, row)) for row in rows)
    return Table(report.table, CHARTS.get(report.table, ""), report.parts, shown)


def _parts(report: Report, row: Row) -> tuple[int, ...]:
    return tuple(row.parts[part] for part in report.parts) if row.parts else ()
