"""The figures of a month or a year, as pages, files and `ivr counts` show them: rounded here, and nowhere else.

Each figure is rounded once, and what is larger is the sum of figures that are shown: subtracting one from another tells
nothing new. Only a quarter that is over is rounded itself, for names that are seldom counted: with three months to it,
that never tells whether there was anything behind a figure of nothing (docs/counts.md).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeAlias, get_args

from ivr.content.model import Helpline
from ivr.database.count_events import Failure
from ivr.database.periods import Span
from ivr.database.stored_counts import Month
from ivr.database.vocabulary import HOURS, RESULTS, outcomes, pages
from ivr.spreadsheet import spreadsheet

STEP = 5
QUARTER = 3  # months
OPEN, CLOSED = "open", "closed"
CSV_COLUMNS = ("period", "kind", "name", "number")
Table: TypeAlias = Literal[
    "calls", "languages", "opening", "desks", "outcomes", "hours", "menus", "ends", "prompts", "errors"
]
TABLES: tuple[Table, ...] = get_args(Table)
IN_TIME: tuple[Table, ...] = ("calls", "hours")  # the others begin with the highest figures


@dataclass(frozen=True)
class Row:
    """A name and its figure, a multiple of five."""

    name: str
    amount: int


@dataclass(frozen=True)
class Report:
    """A table. Only `calls` has rows of nothing, so that no day, week or month is missing."""

    table: Table
    rows: tuple[Row, ...]

    @property
    def total(self) -> int:
        return sum(row.amount for row in self.rows)


def rounded(amount: int) -> int:
    """To the nearest five: 0 stands for none, one or two, and 5 for three to seven."""
    return (amount + STEP // 2) // STEP * STEP


def reports(months: Sequence[Month], helpline: Helpline) -> tuple[Report, ...]:
    """Every table of a month, or of the months of a year; those of topics as far as a month is over."""
    figures: dict[Table, Counter[str]] = {table: Counter() for table in TABLES}
    for _, quarter in groupby(months, key=lambda month: (month.first.year, (month.first.month - 1) // QUARTER)):
        for table, counted in _quarter(tuple(quarter)).items():
            figures[table].update(counted)
    calls = Report("calls", _calls(months))
    return (calls, *(_report(table, figures[table], helpline) for table in TABLES if table != "calls"))


def as_csv(
    found: Iterable[Report],
    period: str,
    columns: Sequence[str] = CSV_COLUMNS,
    label: Callable[[Table, str], tuple[str, str]] = lambda table, name: (table, name),
) -> str:
    """For a spreadsheet: a line for each row of each table, without totals, so that they can be added up."""
    rows = [(period, *label(report.table, row.name), row.amount) for report in found for row in report.rows]
    return spreadsheet([columns, *rows])


def _calls(months: Sequence[Month]) -> tuple[Row, ...]:
    """By days or weeks for one month, else by months: the sums of these."""
    cells = [{span: rounded(amount) for span, amount in month.calls.items()} for month in months]
    if len(months) == 1:
        return tuple(Row(_span(span), amount) for span, amount in cells[0].items())
    return tuple(
        Row(f"{month.first:%Y-%m}", sum(cell.values())) for month, cell in zip(months, cells, strict=True) if cell
    )


def _span(span: Span) -> str:
    """As ISO 8601 writes a day, or an interval of them."""
    return "/".join(dict.fromkeys(map(str, span)))


def _quarter(months: Sequence[Month]) -> dict[Table, Counter[str]]:
    """The figures of what may be shown of up to three months: rounded as a whole only if all of it is over."""
    parts = [_exact(month) for month in months]
    if len(months) == QUARTER and months[-1].is_over:
        parts = [{table: _sum(part[table] for part in parts) for table in parts[0]}]
    return {
        table: _sum(Counter({name: rounded(amount) for name, amount in part[table].items()}) for part in parts)
        for table in parts[0]
    }


def _exact(month: Month) -> dict[Table, Counter[str]]:
    counted = month.amounts
    chosen, outside = sum(counted["language"].values()), sum(counted["outside"].values())
    # What is counted at two moments may lie on both sides of a month's end: never less than nothing.
    ended = {page: max(amount - counted["left"].get(page, 0), 0) for page, amount in counted["entered"].items()}
    found: dict[Table, Mapping[str, int]] = {
        "languages": counted["language"],
        "opening": {OPEN: max(chosen - outside, 0), CLOSED: outside},
        "desks": counted["transfer"],
        "outcomes": counted["outcome"],
        "hours": counted["call"],
        "menus": counted["entered"],
        "ends": ended,
        "prompts": counted["heard"],
        "errors": counted["error"],
    }
    return {table: Counter(amounts) for table, amounts in found.items()}


def _sum(parts: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part)
    return total


def _report(table: Table, figures: Mapping[str, int], helpline: Helpline) -> Report:
    """Highest first, and in the content's order where they are equal; hours in theirs."""
    order = {name: place for place, name in enumerate(_names(table, helpline))}
    rows = sorted(
        (Row(name, amount) for name, amount in figures.items() if amount),
        key=lambda row: (-row.amount * (table not in IN_TIME), order.get(row.name, len(order)), row.name),
    )
    return Report(table, tuple(rows))


def _names(table: Table, helpline: Helpline) -> Iterable[str]:
    match table:
        case "hours":
            return HOURS
        case "languages":
            return helpline.languages
        case "opening":
            return OPEN, CLOSED
        case "desks":
            return (f"{desk}/{result}" for desk in helpline.desks for result in RESULTS)
        case "outcomes":
            return outcomes(helpline)
        case "menus" | "ends":
            return pages(helpline)
        case "errors":
            return get_args(Failure)
    return ()
