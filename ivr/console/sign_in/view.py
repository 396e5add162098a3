"""`/console/sign-in` and `/console/sign-out`."""

import logging
from secrets import token_hex

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ivr.config import Settings
from ivr.console.sign_in.attempts import Attempts, neighbourhood
from ivr.console.sign_in.auth import begin_session, end_session, is_open_to_all, is_password, is_signed_in, way_back
from ivr.console.sign_in.known_browser import known_browser, remember_browser
from ivr.web.page_context import PageContext
from ivr.web.words import page_language, words_in

log = logging.getLogger(__name__)


def add_sign_in(pages: Blueprint, context: PageContext) -> None:
    attempts, settings = Attempts(), context.settings

    @pages.route("/sign-in", methods=["GET", "POST"])
    def sign_in() -> AnyResponse:
        if is_signed_in(context):
            return redirect(way_back(request.args.get("next", "")))
        return _try(settings, attempts) if request.method == "POST" else _ask()

    @pages.post("/sign-out")
    def sign_out() -> AnyResponse:
        flash("signed_out_everywhere" if end_session(context) else "signed_out_here")
        return redirect(url_for("staff.home" if is_open_to_all(settings) else "staff.sign_in"))


def _try(settings: Settings, attempts: Attempts) -> AnyResponse:
    words, browser = words_in(page_language()), known_browser(settings)
    who = browser or neighbourhood(request.remote_addr)
    if seconds := attempts.wait(who, known=bool(browser)):
        answer = _ask(words["sign_in_slow"].format(seconds=seconds), 429)
        answer.headers["Retry-After"] = str(seconds)
        return answer
    if not is_password(request.form.get("password", ""), settings):
        attempts.failed(who)
        log.warning("console: a wrong password")
        return _ask(words["sign_in_wrong"], 403)
    attempts.succeeded(who)
    begin_session(settings)
    answer = redirect(way_back(request.args.get("next", "")))
    remember_browser(answer, settings, browser or token_hex(8))
    return answer


def _ask(error: str = "", status: int = 200) -> AnyResponse:
    return make_response(render_template("sign_in/sign_in.html", error=error), status)
