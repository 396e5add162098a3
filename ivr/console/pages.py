"""`/console`: the pages for staff. Every address below it, and below `/phone`, is guarded, whoever adds it."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, g, jsonify, render_template, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadRequest, Forbidden, HTTPException, NotFound
from werkzeug.wrappers import Response as AnyResponse

from ivr.config import Settings
from ivr.console.another_time.view import add_another_time
from ivr.console.call_flow.view import add_call_flow
from ivr.console.changes.view import add_changes
from ivr.console.desks.view import add_desks
from ivr.console.figures.view import add_figures
from ivr.console.holidays.view import add_holidays
from ivr.console.home.view import add_home
from ivr.console.notices.view import add_notices
from ivr.console.people.view import add_people
from ivr.console.sign_in.auth import (
    INVITATION,
    SIGN_IN,
    Person,
    find_person,
    is_open_to_all,
    is_staffs,
    prepare,
    turn_strangers_away,
)
from ivr.console.sign_in.invitation import add_invitation
from ivr.console.sign_in.view import add_sign_in
from ivr.console.still_true.view import add_still_true
from ivr.console.unsent import unsent
from ivr.console.words_and_voices.view import add_words_and_voices
from ivr.database.publications import BeingCheckedError
from ivr.errors import HelplineError
from ivr.values import is_loopback
from ivr.web.dates import day_in, moment_in, month_in, weekdays_in
from ivr.web.files import page_files
from ivr.web.guard import harden
from ivr.web.language_names import language_label, language_name, name_in
from ivr.web.meanings import meaning
from ivr.web.page_context import PageContext
from ivr.web.words import LANGUAGES, page_language, words_in

ROOT = "/console"
METHODS = ("GET", "HEAD", "POST")
YEAR = 365 * 24 * 3600

# Each adds its routes; a new page is a folder whose view has such a function, named here and below.
PAGES: tuple[Callable[[Blueprint, PageContext], None], ...] = (
    add_sign_in,
    add_invitation,
    add_home,
    add_figures,
    add_call_flow,
    add_words_and_voices,
    add_desks,
    add_notices,
    add_still_true,
    add_holidays,
    add_another_time,
    add_people,
    add_changes,
)

# The links from page to page: endpoints and their words. Pages that this line doesn't have are left out.
NAVIGATION = (
    ("staff.home", "nav_home"),
    ("staff.desks", "nav_desks"),
    ("staff.notices", "nav_notices"),
    ("staff.words_and_voices", "nav_words_and_voices"),
    ("staff.changes", "nav_changes"),
    ("staff.figures", "nav_figures"),
)
# Asked for less often, so folded away.
MORE = (
    ("staff.still_true", "nav_still_true"),
    ("staff.holidays", "nav_holidays"),
    ("staff.call_flow", "nav_call_flow"),
    ("staff.another_time", "what_if"),
    ("telephone.page", "nav_telephone"),
    ("cards.sheets", "nav_cards"),
    ("staff.people", "nav_people"),
)


def console_pages(context: PageContext) -> Blueprint:
    pages = Blueprint("staff", __name__, url_prefix=ROOT, template_folder=".")
    pages.record_once(_add_page_files)
    pages.record_once(lambda state: prepare(state.app, context.settings))
    _guard(pages, context)
    _explain(pages, context.settings)
    _apologise(pages)
    _frame(pages, context)
    for add in PAGES:
        add(pages, context)
    return pages


def _add_page_files(state: BlueprintSetupState) -> None:
    """Static files lie open, for the browser keeps them: beside the guarded addresses, not below."""
    state.app.register_blueprint(page_files("console", __package__))  # what several pages share
    for name in ("home", "figures", "call_flow", "words_and_voices", "changes"):
        state.app.register_blueprint(page_files(name, f"{__package__}.{name}"))


def _guard(pages: Blueprint, context: PageContext) -> None:
    """By path, so that not even a wrong address below the console or the telephone answers a stranger."""
    settings = context.settings

    @pages.before_app_request
    def guard() -> AnyResponse | None:
        if not is_staffs(request.path):
            return None
        if is_open_to_all(settings) and not is_loopback(request.host_url):
            # Another site's page, whose name has been made to mean this machine (DNS rebinding).
            return Response(f"A demo answers at {settings.public_url} only.\n", 403, mimetype="text/plain")
        if request.endpoint not in (SIGN_IN, INVITATION) and (turned_away := turn_strangers_away(context)):
            return turned_away
        if request.method not in METHODS:
            abort(405)
        # The telephone's script sends JSON instead of a form: guard.is_from_our_page looks at that.
        if request.method == "POST" and request.path.startswith(ROOT):
            current_app.extensions["csrf"].protect()
        return None

    @pages.after_app_request
    def keep_private(response: Response) -> Response:
        return _private(response, settings) if is_staffs(request.path) else response


def _explain(pages: Blueprint, settings: Settings) -> None:
    """What staff read if they were away for too long, or followed a wrong address."""

    @pages.app_errorhandler(CSRFError)
    def stale(_error: CSRFError) -> tuple[str, int]:
        kept = [] if request.endpoint == SIGN_IN else unsent(request, settings)
        return render_template("message.html", message="unsent_stale" if kept else "stale_form", unsent=kept), 400

    @pages.errorhandler(BeingCheckedError)
    def busy(_error: BeingCheckedError) -> tuple[str, int]:
        return render_template("message.html", message="edition_busy"), 409

    @pages.errorhandler(HelplineError)
    def broken(error: HelplineError) -> tuple[str, int]:
        """A file that is read while a page is asked for, and is damaged: what is wrong with it, and what would help."""
        return render_template("message.html", told=str(error)), 503

    @pages.app_errorhandler(404)
    def missing(error: NotFound) -> tuple[str, int] | NotFound:
        if not is_staffs(request.path):
            return current_app.extensions["no_page"](error)  # type: ignore[no-any-return]
        return render_template("message.html", message="no_page"), 404

    @pages.app_errorhandler(403)
    def refused(error: Forbidden) -> tuple[str | Response, int] | Forbidden:
        """In a page, or in JSON to a script."""
        if not is_staffs(request.path):
            return error
        message = "not_your_role" if "person" in g else "signed_out"
        if request.is_json:
            return jsonify(refused=words_in(page_language())[message], over=True), 403
        kept = [] if "person" in g else unsent(request, settings)
        return render_template("message.html", message=message, unsent=kept), 403


def _apologise(pages: Blueprint) -> None:
    @pages.app_errorhandler(HTTPException)
    def failed(error: HTTPException) -> tuple[str, int] | HTTPException:
        """Everything else: an error of ours, or what no page of ours sends."""
        if not is_staffs(request.path) or error.code is None or error.code < 400:
            return error
        if isinstance(request.routing_exception, BadRequest):
            return error  # a host that can't be: no page of ours has an address there
        message = "our_error" if error.code >= 500 else "no_such_request"
        return render_template("message.html", message=message), error.code


def _frame(pages: Blueprint, context: PageContext) -> None:
    """What every template of the console is given."""

    @pages.app_context_processor
    def frame() -> dict[str, Any]:
        if not is_staffs(request.path):
            return {}
        language, who = page_language(), find_person(context)
        return {
            "ui": language,
            "words": words_in(language),
            "ui_languages": LANGUAGES,
            "page_in": _page_in,
            "name": context.helpline.about.name,
            "language_name": partial(language_name, context.helpline, language),
            "name_in_page": partial(name_in, language),
            "meaning": partial(meaning, context.helpline, language),
            "language_label": partial(language_label, context.helpline, language),
            "day": partial(day_in, language),
            "when": partial(moment_in, language),
            "month_name": partial(month_in, language),
            "weekdays": weekdays_in(language),
            "me": who,
            "can_sign_out": who and not is_open_to_all(context.settings),
            "navigation": _links(NAVIGATION, who),
            "more": _links(MORE, who),
        }


def _links(pages: Iterable[tuple[str, str]], who: Person | None) -> list[tuple[str, str, bool]]:
    """Address and word of each page that this person may open, and whether this is the page, or one below it."""
    found = [(url_for(endpoint), word) for endpoint, word in pages if who and who.may_open(endpoint)]
    here, home = request.script_root + request.path, url_for("staff.home")
    return [(at, word, here == at or (at != home and here.startswith(f"{at}/"))) for at, word in found]


def _private(response: Response, settings: Settings) -> Response:
    response.headers["Cache-Control"] = "no-store"
    if settings.is_public and settings.is_https:
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    return harden(response)


def _page_in(language: str) -> str:
    """This page in another language: a query alone, so that nothing that was asked for leads elsewhere.

    A form is sent to the page that shows it, so that this address always answers.
    """
    return "?" + urlencode({**request.args.to_dict(), "lang": language})
