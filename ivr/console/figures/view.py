"""`/console/figures`: how the line was used in a month or a year, as a sentence, tables with bars, and CSV."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, abort, render_template, request
from sqlalchemy import Connection

from ivr.console.figures.names import Names
from ivr.database.periods import KINDS_OF_PERIOD, Period, PeriodKind, period_of, read_period
from ivr.database.reports import CSV_COLUMNS, Report, as_csv, reports
from ivr.database.stored_counts import EVERYTHING, Month, first_counted, read_months
from ivr.database.vocabulary import pages as places
from ivr.errors import HelplineError
from ivr.web.page_context import PageContext
from ivr.web.words import page_language


@dataclass(frozen=True)
class Figures:
    """What was asked for. `kept` is the first day of which counts are kept."""

    period: Period
    today: date
    kept: date
    months: tuple[Month, ...]
    reports: tuple[Report, ...]

    @property
    def is_over(self) -> bool:
        return all(month.is_over for month in self.months) and self.period.last < self.today

    @property
    def shown_until(self) -> date | None:
        return max((span.last for month in self.months for span in month.calls), default=None)

    @property
    def previous(self) -> Period | None:
        return self.period.previous if self.period.previous.last >= self.kept else None

    @property
    def next(self) -> Period | None:
        return self.period.next if self.period.next.first <= self.today else None

    def choices(self) -> dict[PeriodKind, list[Period]]:
        """Every period of which there may be figures, the latest first, and the one that was asked for."""
        found = {kind: list(_back(period_of(kind, self.today), self.kept)) for kind in KINDS_OF_PERIOD}
        if self.period not in found[self.period.kind]:
            found[self.period.kind].append(self.period)
        return found


def add_figures(pages: Blueprint, context: PageContext) -> None:
    @pages.get("/figures")
    def figures() -> tuple[str, int] | str:
        if not context.settings.database_url:
            return render_template("figures/figures.html", figures=None, problem="")
        try:
            found = _read(context)
        except HelplineError as error:
            return render_template("figures/figures.html", figures=None, problem=str(error)), 503
        names = Names(context.helpline, page_language())
        return render_template(
            "figures/figures.html",
            figures=found,
            names=names,
            sentence=names.sentence(found.period, {report.table: report for report in found.reports}),
            helpline=context.helpline,
            places=places(context.helpline),
        )

    @pages.get("/figures.csv")
    def figures_csv() -> Response:
        """Every table of the period, or one `table`."""
        if not context.settings.database_url:
            abort(404)
        try:
            found = _read(context)
        except HelplineError as error:
            return Response(f"{error}\n", 503, mimetype="text/plain")
        table = request.args.get("table", "")
        chosen = [report for report in found.reports if table in ("", report.table)]
        if not chosen:
            abort(404)
        names = Names(context.helpline, page_language())
        columns = [names.words["column_" + column] for column in CSV_COLUMNS]
        name = "-".join(filter(None, ("figures", found.period.code, table)))
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        text = as_csv(chosen, names.period(found.period), columns, names.cells)
        return Response(text, mimetype="text/csv", headers=headers)


def _read(context: PageContext) -> Figures:
    """By default the last month that is over, or this one where the line began in it.

    HelplineError if the database doesn't answer, 404 for something that isn't a period.
    """
    today = context.moment().date()
    this_month, code = period_of("month", today), request.args.get("period", "")
    asked = read_period(code)
    if code and asked is None:
        abort(404)

    def question(connection: Connection) -> tuple[Period, date, tuple[Month, ...]]:
        kept = first_counted(connection) or today
        period = asked or (this_month.previous if kept < this_month.first else this_month)
        shown = EVERYTHING if context.settings.demo else today
        return period, kept, read_months(connection, period.months, shown)

    period, kept, months = context.ask(question)
    return Figures(period, today, kept, months, reports(months, context.helpline))


def _back(latest: Period, kept: date) -> Iterator[Period]:
    while latest.last >= kept:
        yield latest
        latest = latest.previous
