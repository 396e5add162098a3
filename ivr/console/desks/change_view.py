"""`/console/desks/<desk>/change`: closing or opening a desk. What is typed is read back, and only then saved.

The address of the page that reads back carries everything that was typed, so that a page that was open for too long,
or whose reader was signed out meanwhile, comes back as it was. Only its form, sent by POST, changes something.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from ivr.console.desks.override_form import CONSENT, FIELDS, read_change, read_consent, reasons_for
from ivr.console.desks.override_words import sentence
from ivr.console.sign_in.auth import person
from ivr.content.hours import Override, next_opening
from ivr.database.audit import record
from ivr.database.desk_overrides import DeskOverride, add_override
from ivr.database.in_force import next_edition
from ivr.database.override_span import rings_at_night
from ivr.errors import HelplineError
from ivr.web.page_context import PageContext
from ivr.web.words import page_language

Words = Mapping[str, str]


def add_change(pages: Blueprint, context: PageContext) -> None:
    @pages.get("/desks/<desk>/change")
    def desk_change(desk: str) -> str:
        return _form(context, desk, _typed(context, desk), {})

    @pages.route("/desks/<desk>/change/check", methods=["GET", "POST"])
    def desk_check(desk: str) -> AnyResponse | tuple[str, int]:
        typed, now = _typed(context, desk), context.moment()
        override, wrong = read_change(typed, context.helpline.desks[desk], now)
        if override is None:
            return _form(context, desk, typed, wrong), 422
        read_back = partial(_read_back, context, desk, typed, override, now)
        return _save(context, desk, typed, override, read_back) if request.method == "POST" else (read_back(), 200)


def _typed(context: PageContext, desk: str) -> Words:
    if desk not in context.helpline.desks:
        abort(404)
    sent = {**request.args.to_dict(), **request.form.to_dict()}
    return {name: sent[name] for name in (*FIELDS, *CONSENT) if name in sent}


def _form(context: PageContext, desk: str, typed: Words, wrong: Words) -> str:
    return render_template(
        "desks/change.html",
        desk=desk,
        form={"state": "close", "span": "day", **typed},
        wrong=wrong,
        has_database=bool(context.settings.database_url),
        zone=context.helpline.about.time_zone,
        now=context.moment(),
    )


def _read_back(
    context: PageContext, name: str, typed: Words, override: Override, now: datetime, wrong: Words | None = None
) -> str:
    desk = context.helpline.desks[name]
    held = (override, *context.overrides().get(name, ()))
    is_whole = not override.open and not override.hours
    return render_template(
        "desks/check.html",
        desk=name,
        form={"reason": "other", **typed},
        fields={field: typed[field] for field in FIELDS if field in typed},
        wrong=wrong or {},
        override=override,
        sentence=sentence(page_language(), name, override, now),
        opens_at=next_opening(desk, override.since, held) if is_whole else None,
        begins_now=override.since <= now,
        reasons=reasons_for(override),
        can_be_told=desk.can_be_told,
        is_at_night=rings_at_night(desk, override),
        has_database=bool(context.settings.database_url),
    )


def _save(
    context: PageContext, name: str, typed: Words, override: Override, read_back: partial[str]
) -> AnyResponse | tuple[str, int]:
    if not context.settings.database_url:
        return read_back(), 503
    said, wrong = read_consent(typed, name, context.helpline.desks[name], override)
    if wrong:
        return read_back(wrong=wrong), 422
    try:
        context.ask(partial(_write, said, person().name))
    except HelplineError:
        return read_back(wrong={"database": "not_written"}), 503
    flash(sentence(page_language(), name, override, context.moment()))
    return redirect(url_for("staff.desks"), 303)


def _write(said: DeskOverride, by: str, connection: Connection) -> None:
    add_override(connection, said)
    record(connection, by, "desk-opened" if said.override.open else "desk-closed", said.desk)
    next_edition(connection)
