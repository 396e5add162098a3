"""`/console/changes`: what waits to be approved or published, what was set aside, and the history; going back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from ivr.console.changes.described import Described, compared, describe, fits
from ivr.console.changes.publishing import go_back, publish_saved
from ivr.console.changes.waiting import groups_of
from ivr.console.sign_in.auth import coordinators_only, person
from ivr.database.audit import Entry
from ivr.database.changes import (
    WAITING,
    ChangedMeanwhileError,
    StaffChange,
    approvals,
    approve,
    read_changes,
)
from ivr.database.publications import (
    BeingCheckedError,
    Publication,
    edition_number,
    read_editions,
    read_publication,
    read_publications,
    withdraw,
)
from ivr.errors import HelplineError
from ivr.web.page_context import PageContext

Answer: TypeAlias = tuple[str, int]

HISTORY = 30  # editions; the changes of older ones are kept and not shown


@dataclass(frozen=True)
class Overview:
    """As the database has it; `editions` are the changes of each edition in the history, and of those before them.

    `approved` says who approved changes.
    """

    waiting: tuple[StaffChange, ...] = ()
    in_force: int = 0
    publications: tuple[Publication, ...] = ()
    editions: dict[int, tuple[StaffChange, ...]] = field(default_factory=lambda: {0: ()})
    approved: Mapping[int, Entry] = field(default_factory=dict)

    @property
    def checking(self) -> frozenset[int]:
        """The changes that are being checked at this moment."""
        asked = (each.number for each in self.publications if each.state == "checking")
        return frozenset(change.number for number in asked for change in self.editions[number])


def add_waiting_and_history(pages: Blueprint, context: PageContext) -> None:
    @pages.route("/changes", methods=["GET", "POST"])
    def changes() -> Response | Answer:
        return _do(context) if request.method == "POST" else _page(context)

    @pages.route("/changes/<int:number>/back", methods=["GET", "POST"])
    @coordinators_only
    def back(number: int) -> Response | Answer:
        return _go_back(context, number)


def _do(context: PageContext) -> Response | Answer:
    """One of the buttons, by its name: publish; approve or withdraw changes; drop one that is in force."""
    action, _, which = request.form.get("do", "").partition("-")
    if action != "withdraw" and not person().is_coordinator:
        abort(403)
    if action == "publish":
        return _publish(context, [int(each) for each in request.form.getlist("change") if _is_number(each)])
    if action not in ("approve", "withdraw", "drop") or not all(map(_is_number, which.split(","))):
        abort(400)
    numbers = [int(each) for each in which.split(",")]
    if action == "drop":
        return publish_saved(context, (), person().name, dropped=numbers)
    return _decide(context, numbers, is_approved=action == "approve")


def _decide(context: PageContext, numbers: list[int], *, is_approved: bool) -> Response | Answer:
    """All or none of them."""
    if not person().is_coordinator:
        context.ask(partial(_must_be_mine, numbers=numbers, name=person().name))
    try:
        context.ask(
            partial(approve, numbers=numbers, by=person().name) if is_approved else partial(withdraw, numbers=numbers)
        )
    except ChangedMeanwhileError:
        return _page(context, "changed_meanwhile", 409)
    except BeingCheckedError:
        return _page(context, "edition_busy", 409)
    flash("change_approved" if is_approved else "change_withdrawn")
    return redirect(url_for("staff.changes"), 303)


def _publish(context: PageContext, chosen: list[int]) -> Response | Answer:
    waiting = {each.number: each.change.spot for each in context.ask(read_changes) if each.number in chosen}
    if not waiting:
        return _page(context, "choose_changes", 422)
    if len({*waiting.values()}) < len(waiting):
        return _page(context, "choose_one_version", 422)
    try:
        return publish_saved(context, waiting, person().name)
    except ChangedMeanwhileError:
        return _page(context, "changed_meanwhile", 409)


def _must_be_mine(connection: Connection, numbers: Iterable[int], name: str) -> None:
    if any(each.number in numbers and each.by != name for each in read_changes(connection)):
        abort(403)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9


def read_overview(connection: Connection) -> Overview:
    shown, in_force = read_publications(connection, HISTORY), edition_number(connection)
    numbers = {in_force, *(number for each in shown for number in (each.number, each.base))}
    waiting, editions = read_changes(connection, WAITING), dict(read_editions(connection, numbers))
    told = {each.number for changes in (waiting, *editions.values()) for each in changes}
    return Overview(waiting, in_force, shown, editions, approvals(connection, told))


def _page(context: PageContext, wrong: str = "", status: int = 200) -> Answer:
    found, overview = "", Overview()
    if not context.settings.database_url:
        found = "changes_no_database"
    else:
        try:
            overview = context.ask(read_overview)
        except HelplineError:
            found, status = "changes_database_down", 503
    now = overview.editions[overview.in_force]
    aside = [each for each in now if not fits(context, each.change)]
    html = render_template(
        "changes/changes.html",
        trouble=found,
        wrong=wrong,
        waiting=groups_of(context, overview.waiting, overview.checking, now),
        approved=overview.approved,
        aside=describe(context, aside, {each.change.spot: context.written_at(each.change.spot) for each in aside}),
        history=_history(context, overview),
        in_force=overview.in_force,
        may_publish=person().is_coordinator,
        helpline=context.helpline,
    )
    return html, status


def _history(context: PageContext, overview: Overview) -> list[tuple[Publication, list[Described], list[Described]]]:
    """Each edition with what it added and what it took back."""
    return [
        (each, *compared(context, overview.editions[each.number], overview.editions[each.base]))
        for each in overview.publications
    ]


def _go_back(context: PageContext, number: int) -> Response | Answer:
    """Asks first, and shows what will change; once more if another edition has come into force since."""

    def look(connection: Connection) -> tuple[int, bool, tuple[StaffChange, ...], tuple[StaffChange, ...]]:
        in_force, asked = edition_number(connection), read_publication(connection, number)
        known = number == 0 or (asked is not None and asked.state == "published")
        editions = read_editions(connection, (in_force, number))
        return in_force, known, editions[in_force], editions[number]

    in_force, is_known, now, then = context.ask(look)
    if not is_known:
        abort(404)
    if request.method == "POST" and request.form.get("in_force") == str(in_force):
        return go_back(context, number, person().name)
    added, removed = compared(context, then, now)
    html = render_template(
        "changes/back.html",
        number=number,
        in_force=in_force,
        is_late=request.method == "POST",
        added=added,
        removed=removed,
        helpline=context.helpline,
    )
    return html, 409 if request.method == "POST" else 200
