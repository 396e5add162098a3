"""`/console/calls`: how the line was used in a month, as charts, tables and CSV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, Response, abort, render_template, request

from ivr.counts.cells import SMALL
from ivr.counts.database import database
from ivr.counts.export import as_csv
from ivr.counts.months import months_counted, read_month
from ivr.counts.reports import Report, reports
from ivr.counts.reports import Table as Name
from ivr.counts.vocabulary import pages as places
from ivr.errors import HelplineError
from ivr.flow.model import Helpline
from ivr.flow.schedule import WEEKDAYS
from ivr.flow.steps import DESK, LANGUAGES, PERSON

from .phrases import page_language, words_in
from .shown import Shown
from .tables import tables


@dataclass(frozen=True)
class Counted:
    """A month, and the months that may be chosen, the latest first."""

    first: date
    months: tuple[date, ...]
    reports: tuple[Report, ...]


def add_calls(pages: Blueprint, shown: Shown) -> None:
    @pages.get("/calls")
    def calls() -> tuple[str, int] | str:
        if not shown.settings.database_url:
            return render_template("console/calls.html", counted=None, problem="")
        try:
            counted = _read(shown)
        except HelplineError as error:
            return render_template("console/calls.html", counted=None, problem=str(error)), 503
        label = Labels(shown.helpline, words_in(page_language()))
        return render_template(
            "console/calls.html",
            counted=counted,
            tables=tables(counted.reports, label),
            this_month=_this_month(shown),
            small=SMALL,
            helpline=shown.helpline,
            places=places(shown.helpline),
        )

    @pages.get("/calls.csv")
    def calls_csv() -> Response:
        """The whole month, or one `table` of it."""
        if not shown.settings.database_url:
            abort(404)
        try:
            counted = _read(shown)
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
    """What the names of tables are called in the language of the page."""

    def __init__(self, helpline: Helpline, words: Mapping[str, str]) -> None:
        self._helpline, self._words = helpline, words

    def __call__(self, table: Name, name: str) -> str:
        match table:
            case "days":
                return self._day(date.fromisoformat(name))
            case "hours":
                return f"{name}:00"
            case "languages":
                return self._language(name)
            case "outcomes" | "errors":
                return self._words.get(f"{table}_{name}", name)
            case "menus":
                return self._menu(name)
            case _:
                return name

    def _day(self, day: date) -> str:
        weekday = self._words[f"day_{WEEKDAYS[day.weekday()]}"]
        return self._words["calls_day"].format(day=day.day, weekday=weekday)

    def _language(self, name: str) -> str:
        text = self._helpline.texts.get(name)
        return f"{text.name} ({name})" if text else name

    def _menu(self, name: str) -> str:
        if name in (LANGUAGES, PERSON):
            return self._words[f"place_{name}"]
        desk = name.removeprefix(DESK)
        return self._words["place_desk"].format(desk=desk) if name.startswith(DESK) else name


def _read(shown: Shown) -> Counted:
    """HelplineError where the database is not reached; a month that can't be read is no page of ours."""
    first = _month(request.args.get("month", ""), _this_month(shown))
    with database(shown.settings.database_url) as connection:
        months = {*months_counted(connection), _this_month(shown), first}
        found = reports(read_month(connection, first), shown.helpline)
    return Counted(first, tuple(sorted(months, reverse=True)), found)


def _this_month(shown: Shown) -> date:
    return shown.moment().date().replace(day=1)


def _month(text: str, usual: date) -> date:
    if not text:
        return usual
    try:
        return datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        abort(404)
