"""`/phone`: a telephone in the browser, which calls this line as a caller would and shows what happens underneath.

The page holds the whole call as a signed text and sends it with each deed, so that any worker goes on with it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from ivr.config import Settings
from ivr.flow.model import Helpline
from ivr.phone.transport import WsgiApp

from .calls import Refusal, Telephone, state_of
from .guard import harden, is_from_our_page
from .moments import YEARS, moments
from .own_line import OwnLine
from .showing import Opens, Showing
from .spoken import direction, languages_of_texts
from .states import Stale, State, seal, unseal
from .words import LANGUAGES, chosen_language, words_in

# Who may see a page: None lets the request through, a Response is sent instead.
Gate = Callable[[], Response | None]
ENDINGS = {"stale", "line_changed", "too_long"}  # after which this call can't go on


def everybody() -> None:
    """The gate of a demo, which answers on the loopback address only."""


def telephone_pages(helpline: Helpline, settings: Settings, app: WsgiApp, opens: Opens, gate: Gate) -> Blueprint:
    """The page, and the address that its deeds go to. `helpline` is the one that is served."""
    pages = Blueprint("telephone", __name__)
    line = OwnLine(app, settings)
    telephone = Telephone(line, settings)
    showing = Showing(settings, line, languages_of_texts(helpline), opens)
    languages = _languages(helpline)
    pages.before_request(gate)
    pages.after_request(harden)

    @pages.get("/phone")
    def page() -> str:
        ui, now = chosen_language(request), _now(helpline)
        found = moments(helpline.desks, opens, now) if settings.demo else ()
        return render_template(
            "phone.html",
            ui=ui,
            words=words_in(ui),
            ui_languages=LANGUAGES,
            weekdays=words_in(ui)["weekdays"].split(),
            name=helpline.about.name,
            demo=settings.demo,
            now=now,
            moments=found,
            desks=showing.desks(now),
            languages=languages,
        )

    @pages.post("/phone/call")
    def call() -> tuple[Response, int]:
        """A call begins, or goes on by one deed; what follows from it, as JSON."""
        told = words_in(chosen_language(request))
        if not is_from_our_page(request, settings):
            return jsonify(refused=told["stranger"]), 403
        sent = request.get_json(silent=True)
        try:
            return jsonify(_answer(sent if isinstance(sent, dict) else {})), 200
        except Refusal as refusal:
            return jsonify(refused=told[str(refusal)], over=str(refusal) in ENDINGS), 409

    def _answer(sent: dict[str, Any]) -> dict[str, Any]:
        if "state" in sent:
            state = _unsealed(sent["state"], settings)
            began, call = state.at, telephone.go_on(state, str(sent.get("deed", "")))
        else:
            began = _moment(sent.get("at"), helpline) if settings.demo else _now(helpline)
            call = telephone.begin(began)
        return {"state": seal(state_of(call, began), settings.secret_key), **showing.turn(call)}

    return pages


def _unsealed(text: object, settings: Settings) -> State:
    try:
        return unseal(str(text), settings.secret_key)
    except Stale:
        raise Refusal("stale") from None


def _now(helpline: Helpline) -> datetime:
    return datetime.now(UTC).astimezone(helpline.about.time_zone).replace(microsecond=0)


def _moment(text: object, helpline: Helpline) -> datetime:
    """In the helpline's time zone; none means now."""
    if not text:
        return _now(helpline)
    try:
        moment = datetime.fromisoformat(str(text)).replace(microsecond=0)
    except ValueError:
        raise Refusal("no_moment") from None
    if moment.year not in YEARS:
        raise Refusal("no_moment")
    return moment.replace(tzinfo=helpline.about.time_zone) if moment.tzinfo is None else moment


def _languages(helpline: Helpline) -> list[dict[str, str]]:
    """Those that callers are offered, as they call themselves, with the codes that choose them."""
    names = {key: helpline.texts[key].name for key in helpline.languages if key in helpline.ready}
    return [
        {"key": key, "name": name, "dir": direction(name), "code": helpline.languages[key].code}
        for key, name in names.items()
    ]
