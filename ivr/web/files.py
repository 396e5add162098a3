"""Templates and static files: those that all pages share, and those of one page."""

from __future__ import annotations

from flask import Blueprint, Response, request

from ivr.web.fonts import FACES, face_rules
from ivr.web.guard import harden

MONTH = 30 * 24 * 3600


def shared_files() -> Blueprint:
    """`static/` under `/static`; its files change with the version only, and a browser asks whether they did.

    Fonts, which are large, it keeps without asking.
    """
    files = Blueprint("web", __name__, template_folder="templates", static_folder="static", static_url_path="/static")
    files.after_request(harden)
    files.after_request(_keep_fonts)

    @files.get("/static/fonts.css")
    def fonts() -> Response:
        return Response(face_rules(FACES, lambda face: f"fonts/{face.path.name}"), mimetype="text/css")

    return files


def page_files(name: str, package: str) -> Blueprint:
    """A page's own `static/`, beside its code in `package`, under `/static/NAME`: `url_for('NAME.static', ...)`."""
    files = Blueprint(name, package, static_folder="static", static_url_path=f"/static/{name}")
    files.after_request(harden)
    return files


def _keep_fonts(response: Response) -> Response:
    if request.path.endswith(".woff2"):
        response.cache_control.no_cache = None
        response.cache_control.public = True
        response.cache_control.max_age = MONTH
    return response
