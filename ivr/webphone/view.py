"""`/phone`: a telephone in the browser, which calls this line as a caller would and shows what happens underneath.

The page holds the whole call as a signed text and sends it with each action, so that any worker goes on with it.
"""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from ivr.config import Settings
from ivr.content.hours import is_open
from ivr.content.model import Helpline
from ivr.simulator import Call
from ivr.simulator.transport import WsgiApp
from ivr.web.dates import YEARS
from ivr.web.files import PageFiles
from ivr.web.guard import harden, is_from_our_page
from ivr.web.page_context import PageContext
from ivr.web.place_titles import place_titles
from ivr.web.words import page_language, words_in
from ivr.webphone.call_state import Refusal, seal, unseal
from ivr.webphone.calls import Telephone, state_of
from ivr.webphone.demo_moments import moments
from ivr.webphone.own_line import OwnLine
from ivr.webphone.path import can_start, start_of, visited
from ivr.webphone.turn_json import TurnJson

ENDINGS = {"stale", "line_changed", "too_long"}  # after which this call can't go on


def telephone_pages(context: PageContext, app: WsgiApp) -> Blueprint:
    """The page, and the address that its actions go to. `app` is the line itself; console_pages guard both."""
    pages = PageFiles(
        "telephone", __name__, template_folder="templates", static_folder="static", static_url_path="/static/phone"
    )
    pages.after_request(harden)
    helpline, settings, line = context.helpline, context.settings, OwnLine(app, context.settings)

    def opens(desk: str, moment: datetime) -> bool:
        """To callers of any language."""
        said = context.overrides().get(desk, ())
        return any(is_open(each, moment, said) for each in helpline.desks[desk].in_turn().values())

    telephone = Telephone(line, settings)
    turn_json = TurnJson(helpline, settings, line, opens)
    languages = _languages(helpline)

    @pages.get("/phone")
    def page() -> str:
        now, place, language = _now(context), request.args.get("place", ""), request.args.get("language", "")
        return render_template(
            "phone.html",
            demo=settings.demo,
            now=now,
            moments=moments(helpline.desks, opens, now) if settings.demo else (),
            desks=turn_json.desks(now),
            languages=languages,
            start={"place": place, "language": language} if can_start(helpline, language, place) else {},
            titles=place_titles(helpline, page_language()),
        )

    @pages.post("/phone/call")
    def call() -> tuple[Response, int]:
        """A call begins, or goes on by one action; what follows from it, as JSON."""
        language = page_language()
        told = words_in(language)
        if not is_from_our_page(request, settings):
            return jsonify(refused=told["stranger"]), 403
        sent = request.get_json(silent=True)
        try:
            made, began, start = _call(helpline, telephone, sent if isinstance(sent, dict) else {}, _now(context))
        except Refusal as refusal:
            return jsonify(refused=told[str(refusal)], over=str(refusal) in ENDINGS), 409
        state = seal(state_of(made, began, start), settings.secret_key)
        return jsonify(state=state, path=_path(settings, made), **turn_json.turn(made, language)), 200

    return pages


def _now(context: PageContext) -> datetime:
    return context.moment().replace(microsecond=0)


def _call(helpline: Helpline, telephone: Telephone, sent: dict[str, Any], now: datetime) -> tuple[Call, datetime, str]:
    """The call after what a page sent, and when and where it began; raises Refusal."""
    settings = telephone.settings
    if "state" in sent:
        state = unseal(str(sent["state"]), settings.secret_key)
        return telephone.go_on(state, str(sent.get("action", ""))), state.at, state.start
    began = _moment(sent.get("at"), now) if settings.demo else now
    start = start_of(helpline, str(sent.get("language", "")), str(sent.get("place", "")))
    return telephone.begin(began, start), began, start


def _path(settings: Settings, call: Call) -> str:
    """Where staff see the path of a call in the call flow; empty before a language is chosen."""
    language, places = visited(call, settings.public_url)
    return url_for("staff.call_flow", language=language, path=",".join(places)) if language else ""


def _moment(text: object, now: datetime) -> datetime:
    """In the time zone of `now`, which is meant where there is none."""
    if not text:
        return now
    try:
        moment = datetime.fromisoformat(str(text)).replace(microsecond=0)
    except ValueError:
        raise Refusal("no_moment") from None
    if moment.year not in YEARS:
        raise Refusal("no_moment")
    return moment.replace(tzinfo=now.tzinfo) if moment.tzinfo is None else moment


def _languages(helpline: Helpline) -> list[dict[str, str]]:
    """Those that callers are offered, with the codes that choose them."""
    return [{"key": key, "code": entry.code} for key, entry in helpline.languages.items() if key in helpline.ready]
