"""Links and forms if the public address has a path, such as https://example.org/line, which a proxy removes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask

from ivr.config import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def add_public_path(app: Flask, settings: Settings) -> None:
    """Sets WSGI's SCRIPT_NAME, which comes before every address on a page."""
    path, inner = settings.public_path, app.wsgi_app

    def outer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return inner({**environ, "SCRIPT_NAME": path}, start_response)

    if path:
        app.wsgi_app = outer  # type: ignore[method-assign]
