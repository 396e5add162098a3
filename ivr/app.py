"""The line, assembled: content, sounds and webhooks become one Flask application."""

from __future__ import annotations

import logging
from datetime import datetime

from flask import Flask, Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from ivr.config import Settings
from ivr.console.files import linking_under, shared_files
from ivr.console.telephone import Gate, everybody, telephone_pages
from ivr.flow.hours import is_open
from ivr.flow.model import Helpline
from ivr.speech.catalog import Catalog
from ivr.voice.sound import sound_pages, sounding
from ivr.voice.twiml import renderer
from ivr.voice.webhooks import voice_pages

log = logging.getLogger(__name__)

# Twilio's own webhooks have about 1 kB.
MAX_REQUEST_BYTES = 64 * 1024


def create_app(helpline: Helpline, settings: Settings, staff_only: Gate | None = None) -> Flask:
    """A WSGI application; raises HelplineError if the line could not speak.

    `staff_only` guards the pages for staff. Without it there are none, but for those that a demo shows to everybody.
    """
    helpline, sounds = sounding(helpline, Catalog.load(helpline.audio_dir), settings.audio_url)
    for language, missing in sounds.silent().items():
        instead = "spoken by Twilio" if language in helpline.ready else "so it is not offered"
        log.warning('%s: %d prompts without a clip, %s ("ivr audio build" makes them)', language, len(missing), instead)
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST_BYTES
    app.register_blueprint(voice_pages(helpline, settings, renderer(settings.public_url, sounds)))
    app.register_blueprint(sound_pages(helpline, sounds))

    _add_pages(app, helpline, settings, everybody if settings.demo else staff_only)

    @app.get("/health")
    @app.get("/ready")
    def alive() -> Response:
        """The content is loaded before the first request is taken, so that alive means ready."""
        return Response("ok\n", mimetype="text/plain")

    return app


def _add_pages(app: Flask, helpline: Helpline, settings: Settings, gate: Gate | None) -> None:
    if gate is None or not settings.secret_key:
        return

    def opens(desk: str, moment: datetime) -> bool:
        return is_open(helpline.desks[desk], moment)

    app.wsgi_app = linking_under(settings.public_path, app.wsgi_app)  # type: ignore[assignment, method-assign]
    app.register_blueprint(shared_files())
    app.register_blueprint(telephone_pages(helpline, settings, app.wsgi_app, opens, gate))
    if settings.demo:

        @app.get("/")
        def index() -> AnyResponse:
            """For whoever opens a demo in a browser."""
            return redirect(url_for("telephone.page"))
