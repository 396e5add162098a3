"""The line, assembled: content, sounds and webhooks become one Flask application."""

import logging
import math
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from ivr.audio.line import Line, must_be_heard
from ivr.cards.view import card_pages
from ivr.config import Settings
from ivr.console.pages import console_pages
from ivr.console.sign_in.auth import has_console
from ivr.content.opening import ANY_OPENING
from ivr.content.speech import SAY
from ivr.database.no_database import NO_DATABASE, Database
from ivr.front import add_front, add_public_path
from ivr.logs import EACH
from ivr.web.files import shared_files
from ivr.web.page_context import Look, PageContext
from ivr.web.root import root_pages
from ivr.webhooks.not_open import why_not_open
from ivr.webhooks.routes import voice_pages
from ivr.webhooks.sounds import sound_pages
from ivr.webhooks.twiml import renderer
from ivr.webphone.view import telephone_pages

log = logging.getLogger(__name__)

NOT_OPEN = "the line is not open: "


class _App(Flask):
    """No page and no hook is a coroutine. Flask would look at each of them again for every request, eight times a
    webhook."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def create_app(line: Line, settings: Settings, database: Database = NO_DATABASE, look: Look | None = None) -> Flask:
    """A WSGI application; raises HelplineError if the line could not speak.

    `look` tells staff what is wrong with the content.
    """
    must_be_heard(line)
    helpline = line.helpline
    _warn_of_missing_clips(line)
    if closed := why_not_open(helpline, settings, database):
        log.warning("%s%s. Callers hear that; staff hear and see everything on their own pages", NOT_OPEN, closed)
    app = _App(__name__, static_folder=None)
    add_front(app, settings)
    render = renderer(settings.public_url, settings.audio_url, line.sounds)
    app.register_blueprint(voice_pages(helpline, settings, render, database))
    app.register_blueprint(sound_pages(line))
    app.register_blueprint(shared_files())
    app.register_blueprint(card_pages(helpline, settings))
    app.register_blueprint(root_pages(helpline, settings, has_console=has_console(settings)))
    if has_console(settings):
        _add_staff_pages(app, PageContext(line, settings, database, look))

    @app.get("/health")
    def alive() -> Response:
        return Response("ok\n", mimetype="text/plain")

    @app.get("/ready")
    def ready() -> Response:
        """The content is loaded before the first request is taken, and no call needs the database."""
        closed = why_not_open(helpline, settings, database)
        told = f"{NOT_OPEN}{closed}\n" if closed else ""
        return Response(f"ok\n{_told(database)}{told}", mimetype="text/plain")

    return app


def _warn_of_missing_clips(line: Line) -> None:
    for language, missing in line.sounds.silent().items():
        speech, texts = line.helpline.speech(language), line.helpline.clip_texts[language]
        if not (SAY in speech.engines and len(missing) == len(texts)):  # as it shall be, with one voice all along
            instead = "spoken by the carrier's voice" if speech.say else "so it is not offered"
            told = '%s: %d prompts without a clip, %s ("ivr audio build" makes them)'
            log.warning(told, language, len(missing), instead, extra=EACH)
    for language, unvoiced in line.unvoiced.items():
        told = (
            '%s: %d opening times without a clip, callers hear "%s"'
            ' ("ivr changes export", if staff published the hours, then "ivr audio build")'
        )
        log.warning(told, language, len(unvoiced), ANY_OPENING, extra=EACH)


def _told(database: Database) -> str:
    if database.age is None:
        return ""
    when = "never" if math.isinf(database.age) else f"{database.age:.0f} s ago"
    return f"database {'' if database.is_reachable else 'not '}reachable, last good turn: {when}\n"


def _add_staff_pages(app: Flask, context: PageContext) -> None:
    app.register_blueprint(console_pages(context))
    app.register_blueprint(telephone_pages(context, app.wsgi_app))
    add_public_path(app, context.settings)
    if context.settings.demo:

        @app.get("/")
        def index() -> AnyResponse:
            """For whoever opens a demo in a browser."""
            return redirect(url_for("telephone.page"))
