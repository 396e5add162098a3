"""The line, assembled: content, sounds and webhooks become one Flask application."""

from __future__ import annotations

import logging

from flask import Flask, Response

from ivr.config import Settings
from ivr.console.card_pages import card_pages
from ivr.counts.counts import Counts
from ivr.flow.model import Helpline
from ivr.speech.catalog import Catalog
from ivr.voice.counting import count_nothing
from ivr.voice.sound import sound_pages, sounding
from ivr.voice.twiml import renderer
from ivr.voice.webhooks import voice_pages

log = logging.getLogger(__name__)

# Twilio's own webhooks have about 1 kB.
MAX_REQUEST_BYTES = 64 * 1024


def create_app(helpline: Helpline, settings: Settings, counts: Counts | None = None) -> Flask:
    """A WSGI application; raises HelplineError if the line could not speak. Without `counts` nothing is counted."""
    helpline, sounds = sounding(helpline, Catalog.load(helpline.audio_dir), settings.audio_url)
    for language, missing in sounds.silent().items():
        instead = "spoken by Twilio" if language in helpline.ready else "so it is not offered"
        log.warning('%s: %d prompts without a clip, %s ("ivr audio build" makes them)', language, len(missing), instead)
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST_BYTES
    overrides, count = (counts.overrides, counts.count) if counts else (dict, count_nothing)
    app.register_blueprint(voice_pages(helpline, settings, renderer(settings.public_url, sounds), overrides, count))
    app.register_blueprint(sound_pages(helpline, sounds))
    app.register_blueprint(card_pages(helpline, settings))

    if settings.demo:

        @app.get("/")
        def index() -> Response:
            """For whoever opens a demo in a browser."""
            return Response("This is a telephone line. Call it: .venv/bin/ivr call\n", mimetype="text/plain")

    @app.get("/health")
    def alive() -> Response:
        return Response("ok\n", mimetype="text/plain")

    @app.get("/ready")
    def ready() -> Response:
        """The content is loaded before the first request is taken, and no call needs the database."""
        said = f"database {'' if counts.is_reachable else 'not '}reachable\n" if counts else ""
        return Response(f"ok\n{said}", mimetype="text/plain")

    return app
