"""`/console/calls`: how the line was used in a month, as charts, tables and CSV."""

from dataclasses import replace
from datetime import date
from functools import partial

from flask import Blueprint, Response, abort, render_template, request
from sqlalchemy import Connection

from ivr.content.model import Helpline
from ivr.content.pages import DESK, LANGUAGES, PERSON
from ivr.database.asking import ask
from ivr.database.reports import Report, Table, as_csv, reports
from ivr.database.stored_counts import EVERYTHING, Month, months_counted, read_month
from ivr.database.vocabulary import pages as places
from ivr.errors import HelplineError
from ivr.web.dates import read_month as read_asked
from ivr.web.dates import weekdays_in
from ivr.web.page_context import PageContext
from ivr.web.words import page_language, words_in

# Tables whose rows are in order of time; others begin with the highest figures.
IN_TIME = ("days", "hours")
CHARTS = {"days": "columns", "hours": "columns", "languages": "bars", "outcomes": "bars", "menus": "bars"}


def add_figures(pages: Blueprint, context: PageContext) -> None:
    @pages.get("/calls")
    def figures() -> tuple[str, int] | str:
        if not context.settings.database_url:
            return render_template("figures/figures.html", month=None, problem="")
        try:
            months, month, (whole, *others) = _read(context)
        except HelplineError as error:
            return render_template("figures/figures.html", month=None, problem=str(error)), 503
        return render_template(
            "figures/figures.html",
            month=month,
            months=months,
            total=whole.rows[0].amount,
            tables=[in_order(report) for report in others],
            charts=CHARTS,
            label=partial(label, context.helpline, page_language()),
            helpline=context.helpline,
            places=places(context.helpline),
        )

    @pages.get("/calls.csv")
    def figures_csv() -> Response:
        """The whole month, or one `table` of it."""
        if not context.settings.database_url:
            abort(404)
        try:
            _, month, found = _read(context)
        except HelplineError as error:
            return Response(f"{error}\n", 503, mimetype="text/plain")
        table = request.args.get("table", "")
        chosen = [report for report in found if table in ("", report.table)]
        if not chosen:
            abort(404)
        name = "-".join(filter(None, ("counts", f"{month.first:%Y-%m}", table)))
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return Response(as_csv(chosen), mimetype="text/csv", headers=headers)


def in_order(report: Report) -> Report:
    """Its rows as the page shows them."""
    by_amount = sorted(report.rows, key=lambda row: -row.amount)
    return report if report.table in IN_TIME else replace(report, rows=tuple(by_amount))


def label(helpline: Helpline, page: str, table: Table, name: str) -> str:
    """A name in a table, in the page's language; what the content no longer has, as it was counted."""
    words = words_in(page)
    match table:
        case "days":
            day = date.fromisoformat(name)
            return words["figures_day"].format(day=day.day, weekday=weekdays_in(page)[day.weekday()])
        case "hours":
            return f"{name}:00"
        case "languages" if name in helpline.texts:
            return f"{helpline.texts[name].name} ({name})"
        case "outcomes":
            return words.get("outcomes_" + name, name)
        case "errors":
            return words.get("errors_" + name, name)
        case "menus" if name in (LANGUAGES, PERSON):
            return words["place_" + name]
        case "menus" if name.startswith(DESK):
            return words["place_desk"].format(desk=name.removeprefix(DESK))
    return name


def _read(context: PageContext) -> tuple[list[date], Month, tuple[Report, ...]]:
    """The months that may be chosen, the latest first, the chosen one, and its reports.

    HelplineError if the database doesn't answer, 404 for something that isn't a month.
    """
    asked = request.args.get("month", "")
    today = context.moment().date()
    this_month = today.replace(day=1)
    first = read_asked(asked) if asked else this_month
    if first is None:
        abort(404)

    def question(connection: Connection) -> tuple[tuple[date, ...], Month]:
        return months_counted(connection), read_month(connection, first, EVERYTHING if context.settings.demo else today)

    counted, month = ask(context.settings.database_url, question)
    return sorted({*counted, this_month, first}, reverse=True), month, reports(month, context.helpline)
