"""Reports as tables of a page. They come with small cells merged (counts/reports.py), and stay so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ivr.database.csv_export import WITHHELD_IN
from ivr.database.reports import Report, Row
from ivr.database.reports import Table as Name

Chart: TypeAlias = Literal["columns", "bars", ""]
# What a name of a table is called on the page.
Label: TypeAlias = Callable[[Name, str], str]

# Tables whose rows stand in the order of time; those of the others begin with the most.
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
    """`amount` None: told together with others, below the table. `parts` None: not divided."""

    name: str
    label: str
    amount: int | None
    parts: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Together:
    """What is told in one: `amount` None is few, or not to be told."""

    labels: tuple[str, ...]
    amount: int | None
    parts: tuple[int, ...] | None


@dataclass(frozen=True)
class Table:
    """`parts` are the names of what rows are divided into; in `prompts` what has no number is withheld."""

    name: Name
    chart: Chart
    parts: tuple[str, ...]
    rows: tuple[TableRow, ...]
    together: Together | None = None

    @property
    def is_withheld(self) -> bool:
        return self.name in WITHHELD_IN

    @property
    def is_empty(self) -> bool:
        return not self.together and not any(row.amount for row in self.rows)

    @property
    def total(self) -> int:
        """Of all that is told; there may be a few more where even those told together are few."""
        together = self.together.amount if self.together else 0
        return sum(row.amount or 0 for row in self.rows) + (together or 0)


def tables(found: Iterable[Report], label: Label) -> tuple[Table, ...]:
    return tuple(_table(report, label) for report in found)


def _table(report: Report, label: Label) -> Table:
    shown = [row for row in report.rows if len(row.names) == 1 and row.amount is not None]
    merged = next((row for row in report.rows if row not in shown), None)
    together = _together(report, merged, label) if merged else None
    rows = _in_time(report, shown, label) if report.table in IN_TIME else _by_amount(report, shown, label)
    return Table(report.table, CHARTS.get(report.table, ""), report.parts, tuple(rows), together)


def _together(report: Report, row: Row, label: Label) -> Together:
    return Together(tuple(label(report.table, name) for name in row.names), row.amount, _parts(report, row))


def _by_amount(report: Report, shown: list[Row], label: Label) -> list[TableRow]:
    ranked = sorted(shown, key=lambda row: -(row.amount or 0))
    return [
        TableRow(row.names[0], label(report.table, row.names[0]), row.amount, _parts(report, row)) for row in ranked
    ]


def _in_time(report: Report, shown: list[Row], label: Label) -> list[TableRow]:
    amounts = {row.names[0]: row.amount for row in shown}
    names = sorted(name for row in report.rows for name in row.names)
    return [TableRow(name, label(report.table, name), amounts.get(name)) for name in names]


def _parts(report: Report, row: Row) -> tuple[int, ...] | None:
    return None if row.parts is None else tuple(row.parts.get(part, 0) for part in report.parts)
