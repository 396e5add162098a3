"""`/console/desks`: which desks are open, what staff set for them, each undone alone, and a calendar."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from ivr.console.desks.cards import desk_cards
from ivr.console.desks.change_view import add_change
from ivr.console.desks.hours_view import add_hours
from ivr.console.desks.override_words import note
from ivr.console.opening_times import Overrides, weeks
from ivr.console.sign_in.auth import person
from ivr.database.audit import record
from ivr.database.desk_overrides import DeskOverride, by_desk, read_overrides, take_back
from ivr.database.in_force import Standing, next_edition, standing
from ivr.errors import HelplineError
from ivr.web.dates import YEARS, read_month
from ivr.web.page_context import PageContext
from ivr.web.words import page_language, words_in

Answer: TypeAlias = tuple[str, int]

MAX_NUMBER = 9  # digits of a row's number; no table has a longer one
DAY = timedelta(days=1)


def add_desks(pages: Blueprint, context: PageContext) -> None:
    @pages.route("/desks", methods=["GET", "POST"])
    def desks() -> AnyResponse | Answer:
        return _undo(context) if request.method == "POST" else _page(context)

    add_change(pages, context)
    add_hours(pages, context)


def _undo(context: PageContext) -> AnyResponse | Answer:
    number = request.form.get("take_back", "")
    if not (number.isascii() and number.isdigit() and len(number) < MAX_NUMBER):
        abort(400)
    if not context.settings.database_url:
        return _page(context, status=503)
    try:
        undone, left = context.ask(partial(_take_back, int(number), context.moment(), person().name))
    except HelplineError:
        return _page(context, "not_written", 503)
    flash(_undone_words(undone, left, context.moment()))
    return redirect(url_for("staff.desks"), 303)


def _take_back(
    number: int, now: datetime, by: str, connection: Connection
) -> tuple[DeskOverride | None, tuple[DeskOverride, ...]]:
    """What was taken back, None if it was not there any more; and what else holds of that desk at some of its time."""
    said = read_overrides(connection, now)
    undone = next((each for each in said if each.number == number), None)
    if desk := take_back(connection, number):
        record(connection, by, "desk-undone", desk)
    next_edition(connection)
    return undone, tuple(each for each in said if undone and each != undone and _meet(each, undone))


def _meet(one: DeskOverride, other: DeskOverride) -> bool:
    a, b = one.override, other.override
    return one.desk == other.desk and (not a.until or a.until > b.since) and (not b.until or b.until > a.since)


def _undone_words(undone: DeskOverride | None, left: tuple[DeskOverride, ...], now: datetime) -> str:
    language = page_language()
    words = words_in(language)
    if undone is None:
        return words["undone_before"]
    if not left:
        return words["undone_usual"]
    return words["undone_other"].format(desk=undone.desk.upper(), what=note(language, left[0].override, now))


def _ask(connection: Connection, now: datetime) -> tuple[tuple[DeskOverride, ...], Standing]:
    return read_overrides(connection, now), standing(connection)


def _page(context: PageContext, problem: str = "", status: int = 200) -> Answer:
    now = context.moment()
    said, last = ((), None) if problem else _read(context, now)  # a database that is down isn't waited for twice
    overrides = by_desk(said, now) if last else context.overrides()
    html = render_template(
        "desks/desks.html",
        problem=problem,
        has_database=bool(context.settings.database_url),
        last=last,
        zone=context.helpline.about.time_zone,
        now=now,
        cards=desk_cards(context, now, said, overrides),
        note=partial(note, page_language(), now=now),
        **_calendar(context, now, overrides),
    )
    return html, status


def _read(context: PageContext, now: datetime) -> tuple[tuple[DeskOverride, ...], Standing | None]:
    """What staff said, and how the last of it stands; None if the database can't be asked."""
    if not context.settings.database_url:
        return (), None
    try:
        return context.ask(partial(_ask, now=now))
    except HelplineError:
        return (), None


def _calendar(context: PageContext, now: datetime, overrides: Overrides) -> Mapping[str, Any]:
    today = now.date()
    month = read_month(request.args.get("month", "")) or today.replace(day=1)
    return {
        "today": today,
        "tomorrow": today + DAY,
        "month": month,
        "previous": _within_years((month - DAY).replace(day=1)),
        "following": _within_years((month + timedelta(days=31)).replace(day=1)),
        "weeks": weeks(context.helpline, month, overrides, page_language()),
    }


def _within_years(month: date) -> date | None:
    return month if month.year in YEARS else None
