"""Twilio's webhooks: a signed POST in, a TwiML document out, with status 200 whatever happens below `/voice`."""

import logging
from datetime import UTC, datetime

from flask import Blueprint, Request, Response, abort, g, request
from flask.globals import request_ctx
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.routing import PathConverter

from ivr.config import OWN_CALL, Settings
from ivr.content.model import Helpline
from ivr.database.count_events import Failure
from ivr.database.no_database import Database
from ivr.flow.endings import apology, not_open
from ivr.flow.engine import known, respond
from ivr.flow.places import DESKS_SIDE, Event, EventKind, Place
from ivr.flow.situation import Situation
from ivr.logs import told
from ivr.values import E164
from ivr.webhooks.addresses import outcome, parse_once, parse_url
from ivr.webhooks.counting import Recorder
from ivr.webhooks.not_open import why_not_open
from ivr.webhooks.parameters import Parameters, parameters
from ivr.webhooks.signature import signature_check
from ivr.webhooks.twiml import EMPTY, Render

log = logging.getLogger(__name__)

STATUS = "/voice/status"
BEGINNING: tuple[Place, EventKind] = (Place(), "show")
MAX_HOST = 100  # letters of a stranger's
MAY_BE_WRONG = "the token, or PUBLIC_URL, may be wrong"


def voice_pages(helpline: Helpline, settings: Settings, render: Render, database: Database) -> Blueprint:
    """`/voice` and everything below it. Strangers get 403; everybody else gets a document that ends explicitly."""
    pages, webhooks = Blueprint("voice", __name__), _Webhooks(helpline, settings, render, database)
    pages.record_once(lambda state: state.app.url_map.converters.update(anything=_Anything))
    _refuse_strangers(pages, settings)
    not_open_yet = render(not_open(helpline))

    @pages.before_request
    def keep_the_public_out() -> Response | None:
        """Nothing of the content, and nobody is connected; staff hear all of it on their own pages."""
        asked = request_ctx.request
        is_open = OWN_CALL in asked.environ or not why_not_open(helpline, settings, database)
        return None if is_open or asked.path == STATUS else _document(not_open_yet)

    @pages.post("/voice")
    @pages.post("/voice/")
    @pages.post("/voice/<anything:_place>", merge_slashes=False)
    def answer(_place: str = "") -> Response:
        return _document(webhooks.answer(g.form))

    @pages.post("/voice/fallback")
    def fallback() -> Response:
        return _document(webhooks.fallback(g.form))

    @pages.post(STATUS)
    def status() -> Response:
        return Response(status=204)

    return pages


class _Webhooks:
    """The documents that answer webhooks, each read from its parameters and its address."""

    def __init__(self, helpline: Helpline, settings: Settings, render: Render, database: Database) -> None:
        self._helpline, self._settings, self._render, self._database = helpline, settings, render, database
        self._record = Recorder(helpline, settings, database)
        # Rendered before anything can go wrong, for each language and for a first and a second error.
        self._apologies = {
            (language, bool(errors)): render(apology(helpline, Place(helpline.flow.start, language, errors=errors)))
            for language in ("", *helpline.languages)
            for errors in (0, 1)
        }

    def answer(self, form: Parameters) -> str:
        asked = request_ctx.request
        place, kind = self._arrived(form, *parse_once(asked.path, asked.query_string.decode(errors="replace")))
        try:
            event, situation = Event(kind, form.get("Digits", ""), outcome(form)), self._situation(form)
            steps = respond(self._helpline, place, event, situation)
            document = self._render(steps)
        except Exception as error:  # noqa: BLE001 - a caller never hears silence or a crash, whatever it was
            # Neither its message, which may quote what the caller sent, nor the caller's language: beside a page and a
            # second that would be one caller's language and topic.
            log.error("%s at %s/%s", type(error).__name__, place.page, kind, extra={"fields": told(error)})
            return self._sorry("ours", place, kind, form)
        self._record.step(place, event, steps, situation, form)
        return document

    def fallback(self, form: Parameters) -> str:
        """Twilio could not use an answer of ours: go on from where it was, or from the language list."""
        place, kind = self._arrived(form, *parse_url(form.get("ErrorUrl", ""), self._settings.public_url))
        log.error("Twilio asked the fallback: error %.5s at %s/%s", form.get("ErrorCode", "-"), place.page, kind)
        return self._sorry("fallback", place, kind, form)

    def _arrived(self, form: Parameters, place: Place, kind: EventKind) -> tuple[Place, EventKind]:
        """At the beginning of a call the number that was dialled may have chosen a language."""
        if self._settings.line_languages and (place, kind) == BEGINNING:
            place = place._replace(language=self._settings.line_languages.get(form.get("To", ""), ""))
        return place, kind

    def _sorry(self, failure: Failure, place: Place, kind: EventKind, form: Parameters) -> str:
        """On the desk's side an error is silence, so that the call is joined; on the caller's it is an apology."""
        self._record.failure(failure, place, kind, self._now(form), form)
        if kind in DESKS_SIDE:
            return EMPTY
        return self._apologies[known(self._helpline, place).language, bool(place.errors)]

    def _situation(self, form: Parameters) -> Situation:
        """Desks see the line's own number, or none: never the caller's."""
        settings, called = self._settings, form.get("To", "")
        caller_id = settings.caller_id or (called if E164.fullmatch(called) else "")
        return Situation(self._now(form), settings.desk_numbers, caller_id, self._database.overrides())

    def _now(self, form: Parameters) -> datetime:
        """The system's clock; a demo, and a call from our own pages, has the telephone's.

        One that names no time zone is in the helpline's.
        """
        text = form.get("DemoClock")
        try:
            follows = text and (self._settings.demo or OWN_CALL in request.environ)
            moment = datetime.fromisoformat(text) if follows else datetime.now(UTC)
        except ValueError:
            moment = datetime.now(UTC)
        return moment if moment.tzinfo else moment.replace(tzinfo=self._helpline.about.time_zone)


class _Anything(PathConverter):
    """Also a line break, which Flask's own `path` leaves to the 404 page, and a caller to silence."""

    regex = r"[\s\S]*?"
    part_isolating = False  # it has slashes


def _refuse_strangers(pages: Blueprint, settings: Settings) -> None:
    is_genuine = signature_check(settings)

    @pages.before_request
    def refuse_strangers() -> None:
        asked = request_ctx.request  # itself: whatever is read through Flask's `request` is looked for each time
        g.form = form = parameters(asked)
        if form is None or not is_genuine(asked, form):
            log_refusal(asked, settings.public_url)
            abort(403)

    @pages.app_errorhandler(405)
    def refuse_get(error: MethodNotAllowed) -> MethodNotAllowed:
        """A caller's number would stand in the address. The log tells whoever set the number; strangers aren't told."""
        if request.method == "GET" and request.path.startswith("/voice") and is_genuine(request, Parameters({})):
            log.error("a call came by GET and was refused: set the number at the carrier to HTTP POST")
        return error


def log_refusal(request: Request, public_url: str) -> None:
    """The address expected and the host seen; no path, no parameter, and nothing that could end the line."""
    host = ascii(request.headers.get("Host", "")[:MAX_HOST])
    log.warning("refused: not signed for %s, came to the host %s (%s)", public_url, host, MAY_BE_WRONG)


def _document(xml: str) -> Response:
    return Response(xml, content_type="text/xml; charset=utf-8")
