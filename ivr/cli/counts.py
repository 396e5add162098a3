"""`ivr counts`: how the line was used in a month or a year, in rounded figures."""

import os
from datetime import datetime
from pathlib import Path

import click

from ivr.config import read_database_url
from ivr.content.loader import load_helpline
from ivr.database.connection import database
from ivr.database.creating import adopt
from ivr.database.periods import Period, period_of, read_period
from ivr.database.reports import Report, as_csv, reports
from ivr.database.stored_counts import read_months

LEAD = "We count steps, never people. Figures are rounded to the nearest five; anything below three is hidden."
HIDDEN = "This period is not over. Hidden: days and weeks until they have ended, topics until their month has."


class PeriodType(click.ParamType):
    """A period by its code."""

    name = "period"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        return read_period(value) or self.fail(f"{value} is no period; right: 2026-11, 2026 or fy2026", param, ctx)


@click.command("counts")
@click.option(
    "--period",
    type=PeriodType(),
    help="2026-11, 2026, or fy2026 (April to March); by default the last full month.",
)
@click.option("--csv", "for_spreadsheet", is_flag=True, help="For a spreadsheet.")
@click.option("--adopt", "take_over", is_flag=True, help="Take over the database of this line under a former name.")
@click.pass_obj
def counts_command(folder: Path, *, period: Period | None, for_spreadsheet: bool, take_over: bool) -> None:
    """Show how the line was used in a month or a year. Figures are rounded to the nearest five."""
    helpline = load_helpline(folder)
    today = datetime.now(helpline.about.time_zone).date()
    chosen = period or period_of("month", today).previous
    url, name = read_database_url(os.environ, helpline.database_file), helpline.about.name
    with database(url, "" if take_over else name) as connection:
        if take_over:
            adopt(connection, name)
        months = read_months(connection, chosen.months, today)
    found = reports(months, helpline)
    # A file's encoding is its own, whatever the terminal's is.
    page = as_csv(found, chosen.code).encode() if for_spreadsheet else _page(chosen, chosen.last < today, found)
    click.echo(page, nl=False)


def _page(period: Period, is_over: bool, found: tuple[Report, ...]) -> str:
    blocks = [f"{period.code}: {found[0].total} calls", LEAD, *([] if is_over else [HIDDEN])]
    for report in found:
        lines = [f"  {row.amount:>8}  {row.name}" for row in report.rows] or ["  nothing"]
        blocks.append("\n".join([report.table, *lines]))
    return "\n\n".join(blocks) + "\n"
