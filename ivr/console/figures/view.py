"""`/console/calls`: how the line was used in a month, as charts, tables and CSV."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, abort, render_template, request
from sqlalchemy import Connection

from ivr.console.figures.tables import tables
from ivr.content.model import Helpline
from ivr.content.pages import DESK, LANGUAGES, PERSON
from ivr.database.asking import ask
from ivr.database.reports import Report, as_csv, reports
from ivr.database.reports import Table as Name
from ivr.database.stored_counts import EVERYTHING, Month, months_counted, read_month
from ivr.database.vocabulary import pages as places
from ivr.errors import HelplineError
from ivr.web.dates import read_month as read_asked
from ivr.web.dates import weekdays_in
from ivr.web.page_context import PageContext
from ivr.web.words import page_language, words_in


@dataclass(frozen=True)
class MonthFigures:
    """A month, and the months that may be chosen, the latest first."""

    first: date
    is_whole: bool
    months: tuple[date, ...]
    reports: tuple[Report, ...]


def add_figures(pages: Blueprint, context: PageContext) -> None:
    @pages.get("/calls")
    def figures() -> tuple[str, int] | str:
        if not context.settings.database_url:
            return render_template("figures/figures.html", counted=None, problem="")
        try:
            counted = _read(context)
        except HelplineError as error:
            return render_template("figures/figures.html", counted=None, problem=str(error)), 503
        label = Labels(context.helpline, page_language())
        month, *others = tables(counted.reports, label)
        return render_template(
            "figures/figures.html",
            counted=counted,
            total=month.rows[0].amount,
            tables=others,
            helpline=context.helpline,
            places=places(context.helpline),
        )

    @pages.get("/calls.csv")
    def figures_csv() -> Response:
        """The whole month, or one `table` of it."""
        if not context.settings.database_url:
            abort(404)
        try:
            counted = _read(context)
        except HelplineError as error:
            return Response(f"{error}\n", 503, mimetype="text/plain")
        table = request.args.get("table", "")
        chosen = [report for report in counted.reports if table in ("", report.table)]
        if not chosen:
            abort(404)
        name = "-".join(filter(None, ("counts", f"{counted.first:%Y-%m}", table)))
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return Response(as_csv(chosen), mimetype="text/csv", headers=headers)


class Labels:
    """The names in tables, in the page's language."""

    def __init__(self, helpline: Helpline, page: str) -> None:
        self._helpline, self._words, self._weekdays = helpline, words_in(page), weekdays_in(page)

    def __call__(self, table: Name, name: str) -> str:
        match table:
            case "days":
                return self._day(date.fromisoformat(name))
            case "hours":
                return f"{name}:00"
            case "languages":
                return self._language(name)
            case "outcomes":
                return self._words.get("outcomes_" + name, name)
            case "errors":
                return self._words.get("errors_" + name, name)
            case "menus":
                return self._menu(name)
            case _:
                return name

    def _day(self, day: date) -> str:
        return self._words["figures_day"].format(day=day.day, weekday=self._weekdays[day.weekday()])

    def _language(self, name: str) -> str:
        text = self._helpline.texts.get(name)
        return f"{text.name} ({name})" if text else name

    def _menu(self, name: str) -> str:
        if name in (LANGUAGES, PERSON):
            return self._words["place_" + name]
        desk = name.removeprefix(DESK)
        return self._words["place_desk"].format(desk=desk) if name.startswith(DESK) else name


def _read(context: PageContext) -> MonthFigures:
    """The chosen month; HelplineError if the database doesn't answer, 404 for something that isn't a month."""
    asked = request.args.get("month", "")
    today = context.moment().date()
    this_month = today.replace(day=1)
    first = read_asked(asked) if asked else this_month
    if first is None:
        abort(404)

    def question(connection: Connection) -> tuple[tuple[date, ...], Month]:
        return months_counted(connection), read_month(connection, first, EVERYTHING if context.settings.demo else today)

    counted, month = ask(context.settings.database_url, question)
    months = tuple(sorted({*counted, this_month, first}, reverse=True))
    return MonthFigures(first, month.is_over, months, reports(month, context.helpline))
