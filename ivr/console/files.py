"""Templates and static files that all pages of this room share."""

from __future__ import annotations

from flask import Blueprint, Response

from .fonts import FACES, face_rules
from .guard import harden


def shared_files() -> Blueprint:
    """`static/` under `/static`; its files change with the version only, and a browser asks whether they did."""
    files = Blueprint(
        "console", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
    )
    files.after_request(harden)

    @files.get("/static/fonts.css")
    def fonts() -> Response:
        return Response(face_rules(FACES, lambda face: f"fonts/{face.path.name}"), mimetype="text/css")

    return files
