"""What all pages of the console share: templates, static files, and where their links lead."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint

from ivr.phone.transport import WsgiApp

from .guard import harden


def shared_files() -> Blueprint:
    """`templates/`, and `static/` under `/static`. A browser asks each time whether a file has changed."""
    files = Blueprint(
        "console", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
    )
    files.after_request(harden)
    return files


def linking_under(path: str, app: WsgiApp) -> WsgiApp:
    """Links on pages begin with `path`, the public address's own, which a proxy has taken off a request."""

    def linking(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return app({**environ, "SCRIPT_NAME": path}, start_response)

    return linking if path else app
