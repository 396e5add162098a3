"""`/console/sign-in` and `/console/sign-out`."""

import logging
from contextlib import suppress
from functools import partial
from secrets import token_hex

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from ivr.console.sign_in.attempts import Attempts, neighbourhood
from ivr.console.sign_in.auth import (
    FIRST,
    REVIEWER,
    Person,
    begin_session,
    end_session,
    find_person,
    is_open_to_all,
    is_password,
    lowest_role,
    new_session,
    way_back,
)
from ivr.console.sign_in.known_browser import known_browser, remember_browser
from ivr.console.sign_in.passwords import is_right
from ivr.database.accounts import enter, find_account, read_name
from ivr.database.audit import record
from ivr.database.sessions import Session, add_session
from ivr.errors import HelplineError
from ivr.web.page_context import PageContext
from ivr.web.words import page_language, words_in

log = logging.getLogger(__name__)


def add_sign_in(pages: Blueprint, context: PageContext) -> None:
    attempts = Attempts()

    @pages.route("/sign-in", methods=["GET", "POST"])
    def sign_in() -> AnyResponse:
        if find_person(context):
            return redirect(way_back(request.args.get("next", "")))
        return _try(context, attempts) if request.method == "POST" else _ask()

    @pages.post("/sign-out")
    @lowest_role(REVIEWER)
    def sign_out() -> AnyResponse:
        flash("signed_out_everywhere" if end_session(context) else "signed_out_here")
        return redirect(url_for("staff.home" if is_open_to_all(context.settings) else "staff.sign_in"))


def _try(context: PageContext, attempts: Attempts) -> AnyResponse:
    words, settings = words_in(page_language()), context.settings
    browser = known_browser(settings)
    who = browser or neighbourhood(request.remote_addr)
    if seconds := attempts.wait(who, known=bool(browser)):
        answer = _ask(words["sign_in_slow"].format(seconds=seconds), 429)
        answer.headers["Retry-After"] = str(seconds)
        return answer
    try:
        error = "" if _enter(context, read_name(request.form.get("name", ""))) else "sign_in_wrong"
    except HelplineError:
        error = "no_accounts"
    if error:  # both count: else CONSOLE_PASSWORD could be guessed without a wait while the database is down
        attempts.failed(who)
        log.warning("console: a wrong password")
        return _ask(words[error], 403 if error == "sign_in_wrong" else 503)
    attempts.succeeded(who)
    answer = redirect(way_back(request.args.get("next", "")))
    remember_browser(answer, settings, browser or token_hex(8))
    return answer


def _enter(context: PageContext, name: str) -> bool:
    """Begins a session if the password is right; raises HelplineError if only the database could tell."""
    password = request.form.get("password", "")
    if is_password(password, context.settings):
        who, begun = FIRST, new_session(FIRST.account)
        if context.settings.database_url:
            with suppress(HelplineError):  # this way in has to work without it
                context.ask(partial(_begin_first, begun=begun))
    elif not name:
        return False
    else:
        account = context.ask(partial(find_account, name=name))
        if not is_right(password, account.password if account else "") or not account:
            return False
        who, begun = Person(account.name, account.role, account.number), new_session(account.number)
        today = context.moment().date()
        if not context.ask(partial(enter, account=account, today=today, begun=begun)):
            return False
    begin_session(context.settings, who, begun.number)
    return True


def _begin_first(connection: Connection, begun: Session) -> None:
    add_session(connection, begun)
    record(connection, FIRST.name, "signed-in")


def _ask(error: str = "", status: int = 200) -> AnyResponse:
    return make_response(render_template("sign_in/sign_in.html", error=error), status)
