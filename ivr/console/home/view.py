"""`/console`: whether people can call, who answers, what changes tomorrow, and what there is to do.

A button opens the line to the public once nothing stands in the way, and one closes it at once.
"""

from datetime import timedelta
from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from ivr.audio.clip_status import unverified, voices
from ivr.console.home.tasks import Task, is_ready, tasks
from ivr.console.opening_times import day_of, desks_at
from ivr.console.publish_page import publish_list, publish_or_stay, stay
from ivr.console.sign_in.auth import coordinators_only, person
from ivr.console.what_callers_hear import offered
from ivr.content.changes import Spot
from ivr.database.admission import admit
from ivr.database.audit import record
from ivr.database.in_force import Standing, standing
from ivr.errors import HelplineError
from ivr.web.page_context import PageContext
from ivr.web.words import page_language
from ivr.webhooks.not_open import CLOSED_BY_STAFF, why_not_open

ACCEPTED: Spot = ("helpline.yaml", ("accepted_voices",))


def add_home(pages: Blueprint, context: PageContext) -> None:
    helpline = context.helpline
    _add_buttons(pages, context)

    @pages.get("/")
    def home() -> str:
        situation, language = context.situation(context.moment()), page_language()
        todo, tomorrow = _tasks(context), situation.now.date() + timedelta(days=1)
        last, closed = _last(context), why_not_open(helpline, context.settings, context.database)
        return render_template(
            "home/home.html",
            moment=situation.now,
            zone=helpline.about.time_zone,
            desks=desks_at(helpline, situation),
            last=last,
            state=last.state if last and last.edition else "",
            tomorrow=day_of(helpline, tomorrow, context.overrides(), language),
            has_database=bool(context.settings.database_url),
            is_reachable=bool(context.database.is_reachable),
            is_open=not closed,
            is_closed_by_staff=closed == CLOSED_BY_STAFF,
            tasks=[_linked(task) for task in todo],
            is_ready=context.settings.demo or is_ready(todo),
            helpline=helpline,
            languages=helpline.languages,
            voices={name: voices(helpline, context.catalog, name) for name in helpline.languages},
            unverified=unverified(context.catalog),
            offered={name: offered(helpline, name, situation) for name in helpline.languages},
        )


def _add_buttons(pages: Blueprint, context: PageContext) -> None:
    @pages.post("/open-line")
    @coordinators_only
    def open_line() -> Response | tuple[str, int]:
        """Checks what callers would hear, then lets them in."""
        if not (context.settings.demo or is_ready(_tasks(context))):
            return render_template("message.html", message="not_ready_to_open"), 409
        return publish_or_stay(context, {}, url_for("staff.home"), opens=True)

    @pages.post("/close-line")
    @coordinators_only
    def close_line() -> Response:
        try:
            context.ask(partial(_close, by=person().name))
        except HelplineError:
            return stay(url_for("staff.home"))
        flash("line_is_closed")
        return redirect(url_for("staff.home"), 303)

    @pages.post("/accept-voices")
    @coordinators_only
    def accept_voices() -> Response:
        """That these languages go live although callers can hardly follow the voice."""
        chosen = request.form.getlist("language")
        if not chosen or not {*chosen} <= context.helpline.languages.keys():
            abort(400)
        return publish_list(context, ACCEPTED, lambda now: [*dict.fromkeys([*now, *chosen])], url_for("staff.home"))


def _last(context: PageContext) -> Standing | None:
    """How the last change of staff stands; None if the database can't be asked."""
    if not (context.settings.database_url and context.database.is_reachable):
        return None
    try:
        return context.ask(standing)
    except HelplineError:
        return None


def _close(connection: Connection, by: str) -> None:
    admit(connection, by, is_open=False)
    record(connection, by, "line-closed")


def _tasks(context: PageContext) -> list[Task]:
    if context.look is None:
        return []
    failures, warnings = context.look(context.moment().date())
    desks = context.helpline.desks.values()
    return tasks(
        failures,
        warnings,
        has_holidays=any(desk.holidays for desk in desks),
        has_desks=any(desk.status == "transfer" for desk in desks),
    )


def _linked(task: Task) -> tuple[Task, str]:
    """With the address of its page, if this line has it and this person may open it."""
    return task, url_for(task.endpoint) if person().may_open(task.endpoint) else ""
