"""What holds for every request and answer, whichever room they are for."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import get_args

from flask import Flask, Response, abort, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from ivr.config import Settings
from ivr.flow.places import EventKind
from ivr.web.compress import compress

log = logging.getLogger(__name__)

# Twilio's own webhooks have about 1 kB.
MAX_REQUEST_BYTES = 64 * 1024
STRANGERS = (403, 413, 415)  # told elsewhere, and not each of them: they could fill the disk
OF_CALLS = ("voice", "sound")  # blueprints: what Twilio asks for
SLOW_MS = 1000  # a caller hears this as a pause; Twilio gives up after 15 s
KINDS = ("voice", "fallback", "status", *get_args(EventKind))


def add_front(app: Flask, settings: Settings) -> None:
    """To be called before any page is added, so that it comes first with requests and last with answers."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST_BYTES
    _add_hooks(app, log_each=settings.log_webhooks)
    if settings.trusted_proxies:
        # The address of who asks, and nothing else: host, protocol and path are those of PUBLIC_URL.
        fixed = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=0, x_host=0, x_port=0, x_prefix=0)
        app.wsgi_app = fixed  # type: ignore[method-assign]


def _add_hooks(app: Flask, *, log_each: bool) -> None:
    """One before and one after each request: every further one costs a webhook two hundredths of its time."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()
        _refuse_files(request.environ)

    @app.after_request
    def end(response: Response) -> Response:
        """What is served is what it says it is. Pages add more (Content-Security-Policy)."""
        response.headers["X-Content-Type-Options"] = "nosniff"
        if request.blueprint not in OF_CALLS:
            compress(request, response)
        ms = round((time.perf_counter() - g.began) * 1000)
        if (log_each or ms >= SLOW_MS) and request.blueprint == "voice" and response.status_code not in STRANGERS:
            _tell(response, ms)
        return response


def _refuse_files(environ: Mapping[str, str]) -> None:
    """Nothing here takes any."""
    if environ.get("CONTENT_TYPE", "").strip().lower().startswith("multipart/"):
        abort(415)


def _tell(response: Response, ms: int) -> None:
    """A line for a slow answer to a webhook, or for each one: never who called, nor what they chose."""
    fields = {"webhook": _kind(request.path), "status": response.status_code, "ms": ms}
    if ms >= SLOW_MS:
        log.warning("slow answer", extra={"fields": fields})
    else:
        log.info("answered", extra={"fields": fields})


def _kind(path: str) -> str:
    """The last word of a webhook's address, which names neither the language nor the menu that a caller is in."""
    last = path.rstrip("/").rpartition("/")[2]
    return last if last in KINDS else "other"
