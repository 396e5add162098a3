"""`/console`: the pages for staff. Every address below it is guarded, whoever adds it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as AnyResponse

from ivr.config import Settings

from .dates import WEEKDAYS, day_in, moment_in, month_in
from .desks import add_desks
from .door import add_door
from .guard import harden
from .now import add_now
from .phrases import LANGUAGES, page_language, words_in
from .shown import Shown
from .sign_in import SIGN_IN, is_open_to_all, is_signed_in, prepare, staff_only

ROOT = "/console"
YEAR = 365 * 24 * 3600

# Each adds its routes; a new page is a module with such a function, named here and below.
PAGES: tuple[Callable[[Blueprint, Shown], None], ...] = (add_door, add_now, add_desks)

# What leads from page to page: endpoints and their words. Those that this line doesn't have are left out.
NAVIGATION = (
    ("staff.now", "nav_now"),
    ("staff.calls", "nav_calls"),
    ("staff.menu", "nav_menu"),
    ("staff.prompts", "nav_prompts"),
    ("staff.desks", "nav_desks"),
    ("telephone.page", "nav_telephone"),
    ("cards.page", "nav_cards"),
)


def console_pages(shown: Shown) -> Blueprint:
    pages = Blueprint("staff", __name__, url_prefix=ROOT)
    pages.record_once(lambda state: prepare(state.app, shown.settings))
    gate = staff_only(shown.settings)

    @pages.before_app_request
    def guard() -> AnyResponse | None:
        """By path, so that not even a wrong address below the console answers a stranger."""
        if not _is_ours():
            return None
        turned_away = None if request.endpoint == SIGN_IN else gate()
        if turned_away is None and request.method == "POST":
            current_app.extensions["csrf"].protect()
        return turned_away

    @pages.after_app_request
    def keep_private(response: Response) -> Response:
        return _private(response, shown.settings) if _is_ours() else response

    @pages.app_errorhandler(CSRFError)
    def refuse(_error: CSRFError) -> tuple[str, int]:
        return words_in(page_language())["stale_form"], 400

    @pages.context_processor
    def frame() -> dict[str, Any]:
        language, signed_in = page_language(), is_signed_in(shown.settings)
        return {
            "ui": language,
            "words": words_in(language),
            "ui_languages": LANGUAGES,
            "page_in": _page_in,
            "name": shown.helpline.about.name,
            "day": partial(day_in, language),
            "when": partial(moment_in, language),
            "month_name": partial(month_in, language),
            "weekdays": WEEKDAYS[language],
            "signed_in": signed_in,
            "can_sign_out": signed_in and not is_open_to_all(shown.settings),
            "navigation": [(endpoint, word) for endpoint, word in NAVIGATION if endpoint in current_app.view_functions],
        }

    for add in PAGES:
        add(pages, shown)
    return pages


def _is_ours() -> bool:
    return request.path == ROOT or request.path.startswith(f"{ROOT}/")


def _private(response: Response, settings: Settings) -> Response:
    response.headers["Cache-Control"] = "no-store"
    if settings.is_public and urlsplit(settings.public_url).scheme == "https":
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    return harden(response)


def _page_in(language: str) -> str:
    """This page in another language. A form is sent to the page that shows it, so that this address always answers."""
    kept = {**request.args.to_dict(), **(request.view_args or {}), "lang": language}
    return url_for(request.endpoint or "staff.now", **kept)
