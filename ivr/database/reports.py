"""The figures of a month, as pages, exports and `ivr counts` show them: every one is rounded here, and nowhere else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

from ivr.content.model import Helpline
from ivr.database.count_events import Failure
from ivr.database.stored_counts import Month
from ivr.database.vocabulary import HOURS, RESULTS, outcomes, pages, vocabulary
from ivr.spreadsheet import spreadsheet

STEP = 5
CSV_COLUMNS = ("table", "name", "amount", "of which", "part")
Table: TypeAlias = Literal["month", "days", "hours", "languages", "outcomes", "menus", "prompts", "errors"]
TOPICS: tuple[Table, ...] = ("menus", "prompts")  # kept by the month, so shown when it is over


@dataclass(frozen=True)
class Row:
    """A name and its figures, rounded each for itself: `parts` need not add up to `amount`."""

    name: str
    amount: int
    parts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """A table of a month. `parts` are the names of what its rows are divided into."""

    table: Table
    rows: tuple[Row, ...]
    parts: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not any(row.amount for row in self.rows)


def rounded(amount: int) -> int:
    """To the nearest five: 0 stands for none, one or two, and 5 for three to seven."""
    return (amount + STEP // 2) // STEP * STEP


def reports(month: Month, helpline: Helpline) -> tuple[Report, ...]:
    """Every table that may be shown of a month, in the order of `Table`."""
    calls = month.amounts["call"]
    found = (
        _report("month", {f"{month.first:%Y-%m}": sum(month.calls.values())}),
        _report("days", {str(day): amount for day, amount in month.calls.items()}),
        _report("hours", _amounts(calls, HOURS)),
        _languages(month, helpline),
        _outcomes(month, helpline),
        _menus(month, helpline),
        _report("prompts", _amounts(month.amounts["heard"], sorted(vocabulary(helpline)["heard"]))),
        _report("errors", _amounts(month.amounts["error"], get_args(Failure))),
    )
    return tuple(report for report in found if month.is_over or report.table not in TOPICS)


def as_csv(found: Iterable[Report]) -> str:
    """For a spreadsheet: a line for each row of each table, and one for each of its parts."""
    lines: list[tuple[object, ...]] = [CSV_COLUMNS]
    for report in found:
        for row in report.rows:
            lines.append((report.table, row.name, row.amount, "", ""))
            lines += [(report.table, row.name, amount, "of which", part) for part, amount in row.parts.items()]
    return spreadsheet(lines)


def _languages(month: Month, helpline: Helpline) -> Report:
    chosen, outside = _amounts(month.amounts["language"], helpline.languages), month.amounts["outside"]
    parts = {name: _divided(amount, "outside", "inside", outside.get(name, 0)) for name, amount in chosen.items()}
    return _report("languages", chosen, parts, ("inside", "outside"))


def _outcomes(month: Month, helpline: Helpline) -> Report:
    """Those of transfers by desk; no desk has part in the others."""
    transfers = month.amounts["transfer"]
    parts = {result: {desk: transfers.get(f"{desk}/{result}", 0) for desk in helpline.desks} for result in RESULTS}
    ended = {name: month.amounts["outcome"].get(name, 0) for name in outcomes(helpline)}
    amounts = {**ended, **{result: sum(parts[result].values()) for result in RESULTS}}
    return _report("outcomes", amounts, parts, tuple(helpline.desks))


def _menus(month: Month, helpline: Helpline) -> Report:
    entered, left = _amounts(month.amounts["entered"], pages(helpline)), month.amounts["left"]
    parts = {name: _divided(amount, "went on", "ended", left.get(name, 0)) for name, amount in entered.items()}
    return _report("menus", entered, parts, ("went on", "ended"))


def _amounts(counted: Mapping[str, int], names: Iterable[str]) -> dict[str, int]:
    """In the content's order; then what was counted under names that it no longer has."""
    known = tuple(names)
    return {name: counted.get(name, 0) for name in (*known, *sorted(counted.keys() - set(known)))}


def _divided(whole: int, part: str, rest: str, amount: int) -> dict[str, int]:
    """What is counted at two moments may lie on both sides of a month's end: never more than the whole."""
    return {part: min(amount, whole), rest: max(whole - amount, 0)}


def _report(
    table: Table,
    amounts: Mapping[str, int],
    divided: Mapping[str, Mapping[str, int]] = MappingProxyType({}),
    parts: tuple[str, ...] = (),
) -> Report:
    rows = [
        Row(name, rounded(amount), {part: rounded(divided[name][part]) for part in parts} if name in divided else {})
        for name, amount in amounts.items()
    ]
    return Report(table, tuple(rows), parts)
