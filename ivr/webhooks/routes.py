"""Twilio's webhooks: a signed POST in, a TwiML document out, with status 200 whatever happens below `/voice`."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from flask import Blueprint, Response, abort, g, request
from flask.globals import request_ctx
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.routing import PathConverter

from ivr.config import OWN_CALL, Settings
from ivr.content.model import Helpline
from ivr.database.no_database import NO_DATABASE, Database
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
from ivr.webhooks.refusals import log_refusal
from ivr.webhooks.signature import IsGenuine, signature_check
from ivr.webhooks.twiml import EMPTY, Render

log = logging.getLogger(__name__)

STATUS = "/voice/status"


def voice_pages(helpline: Helpline, settings: Settings, render: Render, database: Database = NO_DATABASE) -> Blueprint:
    """`/voice` and everything below it. Strangers get 403; everybody else gets a document that ends explicitly."""
    pages = Blueprint("voice", __name__)
    pages.record_once(lambda state: state.app.url_map.converters.update(anything=_Anything))
    is_genuine = signature_check(settings)
    record = Recorder(helpline, settings, database)
    apologies = _apologies(helpline, render)
    not_open_yet = render(not_open(helpline))
    _refuse_get(pages, is_genuine)

    @pages.before_request
    def admit() -> Response | None:
        """No stranger; and the public only when the line is open: it hears nothing of the content, and nobody is
        connected. Staff hear all of it on their own pages."""
        asked = request_ctx.request  # itself: whatever is read through Flask's `request` is looked for each time
        g.form = form = parameters(asked)
        if form is None or not is_genuine(asked, form):
            log_refusal(asked, settings.public_url)
            abort(403)
        is_open = OWN_CALL in asked.environ or not why_not_open(helpline, settings)
        return None if is_open or asked.path == STATUS else _document(not_open_yet)

    @pages.post("/voice")
    @pages.post("/voice/")
    @pages.post("/voice/<anything:_place>", merge_slashes=False)
    def answer(_place: str = "") -> Response:
        form: Parameters = g.form
        asked = request_ctx.request
        place, kind = parse_once(asked.path, asked.query_string.decode(errors="replace"))
        try:
            event = Event(kind, form.get("Digits", ""), outcome(form))
            now = situation(form)
            steps = respond(helpline, place, event, now)
            document = _document(render(steps))
        except Exception as error:  # noqa: BLE001 - a caller never hears silence or a crash, whatever it was
            _report(error, place, kind)
            record.failure("ours", place, kind, _now(helpline, settings, form), form)
            return _document(sorry(place, kind))
        record.step(place, event, steps, now, form)
        return document

    @pages.post("/voice/fallback")
    def fallback() -> Response:
        """Twilio could not use an answer of ours: go on from where it was, or from the language list."""
        form: Parameters = g.form
        place, kind = parse_url(form.get("ErrorUrl", ""), settings.public_url)
        log.error("Twilio asked the fallback: error %.5s at %s/%s", form.get("ErrorCode", "-"), place.page, kind)
        record.failure("fallback", place, kind, _now(helpline, settings, form), form)
        return _document(sorry(place, kind))

    @pages.post(STATUS)
    def status() -> Response:
        return Response(status=204)

    def sorry(place: Place, kind: EventKind) -> str:
        """On the desk's side an error is silence, so that the call is joined; on the caller's it is an apology."""
        return EMPTY if kind in DESKS_SIDE else apologies[known(helpline, place).language, bool(place.errors)]

    def situation(form: Parameters) -> Situation:
        now, caller_id = _now(helpline, settings, form), _caller_id(settings, form)
        return Situation(now, settings.desk_numbers, caller_id, database.overrides())

    return pages


class _Anything(PathConverter):
    """Also a line break, which Flask's own `path` leaves to the 404 page, and a caller to silence."""

    regex = r"[\s\S]*?"
    part_isolating = False  # it has slashes


def _refuse_get(pages: Blueprint, is_genuine: IsGenuine) -> None:
    """A caller's number would stand in the address. The log tells whoever set the number; strangers are not told."""

    @pages.app_errorhandler(405)
    def refuse(error: MethodNotAllowed) -> MethodNotAllowed:
        if request.method == "GET" and request.path.startswith("/voice") and is_genuine(request, Parameters({})):
            log.error("a call came by GET and was refused: set the number at the carrier to HTTP POST")
        return error


def _apologies(helpline: Helpline, render: Render) -> dict[tuple[str, bool], str]:
    """Rendered before anything can go wrong, for each language and for a first and a second error."""
    return {
        (language, bool(errors)): render(apology(helpline, Place(helpline.flow.start, language, errors=errors)))
        for language in ("", *helpline.languages)
        for errors in (0, 1)
    }


def _now(helpline: Helpline, settings: Settings, form: Parameters) -> datetime:
    """The system's clock; a demo, and a call from our own pages, has the telephone's.

    One that names no time zone is in the helpline's.
    """
    text = form.get("DemoClock")
    try:
        follows = text and (settings.demo or OWN_CALL in request.environ)
        moment = datetime.fromisoformat(text) if follows else datetime.now(UTC)
    except ValueError:
        moment = datetime.now(UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=helpline.about.time_zone)


def _caller_id(settings: Settings, form: Parameters) -> str:
    """The line's own number, or none: a desk never sees the caller's."""
    called = form.get("To", "")
    return settings.caller_id or (called if E164.fullmatch(called) else "")


def _report(error: Exception, place: Place, kind: EventKind) -> None:
    """Where it happened and what kind of error it was; not its message, which may quote what the caller sent, nor the
    caller's language: beside a page and a second it would be one caller's language and topic.
    """
    log.error("%s at %s/%s", type(error).__name__, place.page, kind, extra={"fields": told(error)})


def _document(xml: str) -> Response:
    return Response(xml, content_type="text/xml; charset=utf-8")
