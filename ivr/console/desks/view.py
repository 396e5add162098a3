"""`/console/desks`: when desks are open, closing and opening them, and what callers would meet at any moment."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from ivr.console.desks.override_form import read_override_form
from ivr.console.home.view import chosen_language, own_names
from ivr.console.opening_times import Overrides, desks_at, weeks
from ivr.console.sign_in.auth import person
from ivr.console.what_callers_hear import behind_zero, offered
from ivr.content.hours import USUAL
from ivr.database.audit import record
from ivr.database.desk_overrides import DeskOverride, add_override, by_desk, read_overrides, take_back
from ivr.database.in_force import Standing, next_edition, standing
from ivr.database.tables import REASONS
from ivr.errors import HelplineError
from ivr.flow.matching import desks_for
from ivr.web.dates import YEARS, read_moment, read_month
from ivr.web.page_context import PageContext
from ivr.web.words import page_language

Answer: TypeAlias = tuple[str, int]
Words: TypeAlias = Mapping[str, str]

MAX_NUMBER = 9  # digits of a row's number; no table has a longer one


def add_desks(pages: Blueprint, context: PageContext) -> None:
    @pages.route("/desks", methods=["GET", "POST"])
    def desks() -> AnyResponse | Answer:
        return _said(context) if request.method == "POST" else _page(context)


def _said(context: PageContext) -> AnyResponse | Answer:
    """Written down, and back to the page; or the form once more with what was typed."""
    form, known = request.form.to_dict(), context.helpline.desks
    number = form.get("take_back")
    if number is not None and not (number.isascii() and number.isdigit() and len(number) < MAX_NUMBER):
        abort(400)
    if not context.settings.database_url:
        return _page(context, form, status=503)
    said, wrong = (None, {}) if number else read_override_form(form, known, context.moment())
    if wrong:
        return _page(context, form, wrong, 422)
    try:
        context.ask(partial(_write, said, int(number or 0), person().name))
    except HelplineError:
        return _page(context, form, {"database": "not_written"}, 503)
    flash("said" if said else "taken_back")
    return redirect(url_for("staff.desks"), 303)


def _write(said: DeskOverride | None, number: int, by: str, connection: Connection) -> None:
    """A new override, or the end of the one of this number."""
    if said:
        add_override(connection, said)
        record(connection, by, "desk-opened" if said.override.open else "desk-closed", said.desk)
    elif desk := take_back(connection, number):
        record(connection, by, "desk-undone", desk)
    next_edition(connection)


def _ask(connection: Connection, now: datetime) -> tuple[tuple[DeskOverride, ...], Standing]:
    return read_overrides(connection, now), standing(connection)


def _page(context: PageContext, form: Words = {}, wrong: Words = {}, status: int = 200) -> Answer:  # noqa: B006 - only read
    said, last = ((), None) if "database" in wrong else _read(context)  # it isn't waited for twice
    overrides = by_desk(said, context.moment()) if last else context.overrides()
    html = render_template(
        "desks/desks.html",
        form=form,
        wrong=wrong,
        reasons=REASONS,
        usual=USUAL,
        has_database=bool(context.settings.database_url),
        last=last,
        zone=context.helpline.about.time_zone,
        now=context.moment(),
        said={desk: [each for each in said if each.desk == desk] for desk in context.helpline.desks},
        **_calendar(context, overrides),
        **_what_if(context, overrides),
    )
    return html, status


def _read(context: PageContext) -> tuple[tuple[DeskOverride, ...], Standing | None]:
    """What staff said, and how the last of it stands; None if the database can't be asked."""
    if not context.settings.database_url:
        return (), None
    try:
        return context.ask(partial(_ask, now=context.moment()))
    except HelplineError:
        return (), None


def _calendar(context: PageContext, overrides: Overrides) -> dict[str, Any]:
    today = context.moment().date()
    month = read_month(request.args.get("month", "")) or today.replace(day=1)
    return {
        "today": today,
        "month": month,
        "previous": _within_years((month - timedelta(days=1)).replace(day=1)),
        "following": _within_years((month + timedelta(days=31)).replace(day=1)),
        "weeks": weeks(context.helpline, month, overrides, page_language()),
    }


def _within_years(month: date) -> date | None:
    return month if month.year in YEARS else None


def _what_if(context: PageContext, overrides: Overrides) -> dict[str, Any]:
    """At the moment that was asked for, else now."""
    typed, language = request.args.get("at", ""), chosen_language(context)
    asked = read_moment(typed) if typed else None
    moment = asked.replace(tzinfo=context.helpline.about.time_zone) if asked else context.moment()
    situation = context.situation(moment, overrides)
    return {
        "at": typed or f"{moment:%Y-%m-%dT%H:%M}",
        "at_is_wrong": bool(typed) and asked is None,
        "moment": moment,
        "language": language,
        "names": own_names(context),
        "desks": desks_at(context.helpline, situation),
        "desks_now": desks_at(context.helpline, context.situation(context.moment(), overrides)),
        "order": desks_for(context.helpline, language, situation),
        "offered": offered(context.helpline, language, situation),
        "zero": behind_zero(context, language, situation),
    }
