"""Templates and static files that all pages of this room share."""

from __future__ import annotations

from flask import Blueprint, Response, request

from ivr.console.fonts import FACES, face_rules
from ivr.console.guard import harden

MONTH = 30 * 24 * 3600


def shared_files() -> Blueprint:
    """`static/` under `/static`; its files change with the version only, and a browser asks whether they did.

    Fonts, which are large, it keeps without asking.
    """
    files = Blueprint(
        "console", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
    )
    files.after_request(harden)
    files.after_request(_keep_fonts)

    @files.get("/static/fonts.css")
    def fonts() -> Response:
        return Response(face_rules(FACES, lambda face: f"fonts/{face.path.name}"), mimetype="text/css")

    return files


def _keep_fonts(response: Response) -> Response:
    if request.path.endswith(".woff2"):
        response.cache_control.no_cache = None
        response.cache_control.public = True
        response.cache_control.max_age = MONTH
    return response
