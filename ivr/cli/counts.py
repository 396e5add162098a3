"""`ivr counts`: how the line was used in a month, in rounded figures."""

import os
from datetime import datetime
from pathlib import Path

import click

from ivr.config import read_database_url
from ivr.content.loader import load_helpline
from ivr.database.connection import database
from ivr.database.creating import adopt
from ivr.database.reports import Report, Row, as_csv, reports
from ivr.database.stored_counts import Month, read_month

LEAD = "We count steps, never people. Figures are rounded to the nearest five; 0 may mean one or two."
HIDDEN = "This month is not over. Hidden: each day until it has ended, and menus and prompts until the month has."


@click.command("counts")
@click.option("--month", type=click.DateTime(["%Y-%m"]), help="Such as 2026-11; by default this month.")
@click.option("--csv", "for_spreadsheet", is_flag=True, help="For a spreadsheet.")
@click.option("--adopt", "take_over", is_flag=True, help="Take over the database of this line under a former name.")
@click.pass_obj
def counts_command(folder: Path, *, month: datetime | None, for_spreadsheet: bool, take_over: bool) -> None:
    """Show how the line was used in a month, without today. Figures are rounded to the nearest five."""
    helpline = load_helpline(folder)
    today = datetime.now(helpline.about.time_zone).date()
    url, name = read_database_url(os.environ, helpline.database_file), helpline.about.name
    with database(url, "" if take_over else name) as connection:
        if take_over:
            adopt(connection, name)
        counted = read_month(connection, month.date() if month else today, today)
    found = reports(counted, helpline)
    # A file's encoding is its own, whatever the terminal's is.
    click.echo(as_csv(found).encode() if for_spreadsheet else _page(counted, found), nl=False)


def _page(month: Month, found: tuple[Report, ...]) -> str:
    blocks = [LEAD + "\n", *([] if month.is_over else [HIDDEN + "\n"])]
    for report in found:
        lines = [_line(row) for row in report.rows if row.amount] or ["  nothing"]
        blocks.append("\n".join([report.table, *lines]) + "\n")
    return "\n".join(blocks)


def _line(row: Row) -> str:
    parts = ", ".join(f"{part} {amount}" for part, amount in row.parts.items())
    return f"  {row.amount:>8}  {row.name}" + f" ({parts})" * bool(parts)
