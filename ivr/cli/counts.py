"""`ivr counts`: how the line was used in a month, small cells merged."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import click

from ivr.config import read_database_url
from ivr.content.loader import load_helpline
from ivr.database.cells import SMALL
from ivr.database.connection import database
from ivr.database.csv_export import amount_shown, as_csv
from ivr.database.months import read_month
from ivr.database.reports import Report, Row, reports


@click.command("counts")
@click.option("--month", type=click.DateTime(["%Y-%m"]), help="Such as 2026-11; this month if left out.")
@click.option("--csv", "for_spreadsheet", is_flag=True, help="For a spreadsheet.")
@click.pass_obj
def counts_command(folder: Path, *, month: datetime | None, for_spreadsheet: bool) -> None:
    """Show how the line was used in a month. No caller can be found in it: what few did is told together."""
    helpline = load_helpline(folder)
    first = month.date() if month else datetime.now(helpline.about.time_zone).date()
    with database(read_database_url(os.environ)) as connection:
        found = reports(read_month(connection, first), helpline)
    click.echo(as_csv(found) if for_spreadsheet else _page(first, found), nl=False)


def _page(month: date, found: tuple[Report, ...]) -> str:
    blocks = [f"{month:%Y-%m}. What fewer than {SMALL} did is told together with others.\n"]
    for report in found:
        rows = [row for row in report.rows if row.amount != 0]
        lines = [_line(report, row) for row in rows] or ["  nothing"]
        blocks.append("\n".join([report.table, *lines]) + "\n")
    return "\n".join(blocks)


def _line(report: Report, row: Row) -> str:
    parts = ", ".join(f"{part} {amount}" for part, amount in (row.parts or {}).items())
    return f"  {amount_shown(report, row):>8}  {', '.join(row.names)}" + f" ({parts})" * bool(parts)
