"""What staff may see of a month: small cells are merged here already, for pages and exports alike.

A month is the only period there is: two periods that overlap could be subtracted. Within a month each table stands for
itself or is a division of another one (a language in and outside opening hours, an outcome by desk, a menu's callers
into those who went on and those whose call ended there), and a number is divided only where no part is small. Menus
hang together with other tables: as many calls ended in them as began, and callers went on from the list once for each
language chosen. A prompt is heard whenever its menu is entered, so that it is shown only where all its menus are, and
without a sum.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args

from ivr.content.model import Helpline
from ivr.content.pages import LANGUAGES
from ivr.database.cells import SMALL, Merged, may_split, merge, undivided
from ivr.database.count_events import Failure
from ivr.database.months import Month
from ivr.database.sayings import places_of_prompts
from ivr.database.vocabulary import HOURS, OUTCOMES, RESULTS, pages, vocabulary

PARTS = ("went on", "ended")  # what a menu's callers are divided into
Table: TypeAlias = Literal["days", "hours", "languages", "outcomes", "menus", "prompts", "errors"]


@dataclass(frozen=True)
class Row:
    """One name, or several merged. `amount` None: few, or not to be told. `parts` None: they are not to be told."""

    names: tuple[str, ...]
    amount: int | None
    parts: Mapping[str, int] | None = None


@dataclass(frozen=True)
class Report:
    """A table of a month. `parts` are the names of what its rows are divided into."""

    table: Table
    rows: tuple[Row, ...]
    parts: tuple[str, ...] = ()


def reports(month: Month, helpline: Helpline) -> tuple[Report, ...]:
    """Every table of a month, in the order of `Table`."""
    menus = _menus(month, helpline)
    outcomes = _outcomes(month, helpline)
    found = {
        "days": Report("days", _rows({str(day): amount for day, amount in month.calls.items()})),
        "hours": Report("hours", _rows(_amounts(month.amounts["call"], HOURS))),
        "languages": _languages(month, helpline),
        "outcomes": outcomes,
        "menus": menus,
        "prompts": _prompts(month, helpline, menus, outcomes),
        "errors": Report("errors", _rows(_amounts(month.amounts["error"], get_args(Failure)))),
    }
    return tuple(found[table] for table in get_args(Table))


def _languages(month: Month, helpline: Helpline) -> Report:
    chosen = _amounts(month.amounts["language"], helpline.languages)
    outside = month.amounts["outside"]
    parts = {name: _divided(chosen[name], "outside", "inside", outside.get(name, 0)) for name in chosen}
    return Report("languages", _rows(chosen, parts), ("inside", "outside"))


def _outcomes(month: Month, helpline: Helpline) -> Report:
    """Those of transfers by desk; of the others no desk has part."""
    transfers = month.amounts["transfer"]
    parts = {result: {desk: transfers.get(f"{desk}/{result}", 0) for desk in helpline.desks} for result in RESULTS}
    ended = {name: month.amounts["outcome"].get(name, 0) for name in OUTCOMES}
    amounts = {**ended, **{result: sum(parts[result].values()) for result in RESULTS}}
    return Report("outcomes", _rows(amounts, parts), tuple(helpline.desks))


def _menus(month: Month, helpline: Helpline) -> Report:
    entered = _amounts(month.amounts["entered"], pages(helpline))
    left = month.amounts["left"]
    parts = {name: _divided(entered[name], *PARTS, left.get(name, 0)) for name in entered}
    cells = {name: tuple(parts[name].values()) for name in parts}
    few = () if may_split(cells[LANGUAGES]) else (LANGUAGES,)
    rows = _merged(merge(entered, few, LANGUAGES), parts)
    kept = undivided([row.names for row in rows], cells, apart=LANGUAGES)
    return Report("menus", tuple(replace(row, parts=None) if row.names in kept else row for row in rows), PARTS)


def _prompts(month: Month, helpline: Helpline, menus: Report, outcomes: Report) -> Report:
    places, told = places_of_prompts(helpline), _told(menus)
    withheld = () if "farewell" in _told(outcomes) else helpline.flow.farewell
    heard = {name: month.amounts["heard"].get(name, 0) for name in sorted(vocabulary(helpline)["heard"])}
    shown = {
        name: amount
        for name, amount in heard.items()
        if amount >= SMALL and places[name] <= told and name not in withheld
    }
    rows = [Row((name,), amount) for name, amount in shown.items()]
    hidden = tuple(name for name in heard if name not in shown)
    return Report("prompts", (*rows, *([Row(hidden, None)] if hidden else ())))


def _told(report: Report) -> set[str]:
    """The names that are shown one by one."""
    return {row.names[0] for row in report.rows if len(row.names) == 1 and row.amount is not None}


def _amounts(counted: Mapping[str, int], names: object) -> dict[str, int]:
    """In the content's order; then what was counted under names that it no longer has."""
    known: list[str] = list(names)  # type: ignore[call-overload]
    return {name: counted.get(name, 0) for name in (*known, *sorted(counted.keys() - set(known)))}


def _divided(whole: int, part: str, rest: str, amount: int) -> dict[str, int]:
    """What is counted at two moments may lie on both sides of a month's end: never more than the whole."""
    return {part: min(amount, whole), rest: max(whole - amount, 0)}


def _rows(amounts: Mapping[str, int], parts: Mapping[str, Mapping[str, int]] | None = None) -> tuple[Row, ...]:
    return _merged(merge(amounts), parts or {})


def _merged(merged: Merged, parts: Mapping[str, Mapping[str, int]]) -> tuple[Row, ...]:
    rows = [_row((name,), amount, parts) for name, amount in merged.shown.items()]
    return (*rows, *([_row(merged.hidden, merged.amount, parts)] if merged.hidden else ()))


def _row(names: tuple[str, ...], amount: int | None, parts: Mapping[str, Mapping[str, int]]) -> Row:
    divided: dict[str, int] = {}
    for name in names:
        for part, number in parts.get(name, {}).items():
            divided[part] = divided.get(part, 0) + number
    told = amount is not None and parts.keys() >= set(names) and may_split(divided.values())
    return Row(names, amount, divided if told else None)
