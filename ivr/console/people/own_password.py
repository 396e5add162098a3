"""`/console/people/password`: whoever has an account changes their password, which ends their other sessions."""

import logging
from collections.abc import Callable
from functools import partial

from flask import Blueprint, make_response, render_template, request, session
from werkzeug.wrappers import Response

from ivr.config import SHORTEST_PASSWORD
from ivr.console.sign_in.attempts import Attempts
from ivr.console.sign_in.auth import person
from ivr.console.sign_in.passwords import hash_of, is_right
from ivr.database.accounts import change_password, find_by_number
from ivr.errors import HelplineError
from ivr.web.page_context import PageContext
from ivr.web.words import page_language, words_in

log = logging.getLogger(__name__)


def add_own_password(pages: Blueprint, context: PageContext, done: Callable[[str], Response]) -> None:
    """`done` leads back with a message, as soon as the other sessions are known to have ended."""
    attempts = Attempts()  # by account: whoever finds a browser signed in can't guess its password there

    @pages.route("/people/password", methods=["GET", "POST"])
    def own_password() -> Response:
        if request.method == "GET" or not person().account:
            return _page(200 if request.method == "GET" else 409)
        who, new = str(person().account), request.form.get("new_password", "")
        if len(new) < SHORTEST_PASSWORD:
            return _page(422, is_short=True)
        if seconds := attempts.wait(who):
            answer = _page(429, words_in(page_language())["sign_in_slow"].format(seconds=seconds))
            answer.headers["Retry-After"] = str(seconds)
            return answer
        try:
            is_changed = _change(context, new)
        except HelplineError:
            return _page(503, words_in(page_language())["not_written"])
        if not is_changed:
            attempts.failed(who)
            log.warning("console: a wrong password")
            return _page(422, words_in(page_language())["password_wrong"])
        attempts.succeeded(who)
        return done("password_changed")


def _change(context: PageContext, new: str) -> bool:
    """Whether the present password was right, and is another one now."""
    account = context.ask(partial(find_by_number, number=person().account))
    if not is_right(request.form.get("present_password", ""), account.password if account else "") or not account:
        return False
    change = partial(change_password, account=account, password=hash_of(new), kept=session["number"])
    return context.ask(change)


def _page(status: int, error: str = "", *, is_short: bool = False) -> Response:
    html = render_template("people/own_password.html", error=error, is_short=is_short, shortest=SHORTEST_PASSWORD)
    return make_response(html, status)
