"""What holds for every request and answer, whichever room they are for."""

import logging
import re
import time
from typing import get_args

from flask import Flask, Request, Response, abort, g, request
from flask.globals import request_ctx
from werkzeug.exceptions import BadRequest
from werkzeug.middleware.proxy_fix import ProxyFix

from ivr.config import Settings
from ivr.flow.places import EventKind
from ivr.logs import EACH
from ivr.web.compress import compress

log = logging.getLogger(__name__)

# Twilio's own webhooks have about 1 kB.
MAX_REQUEST_BYTES = 64 * 1024
STRANGERS = (403, 413, 415)  # told elsewhere, and not each of them: they could fill the disk
OF_CALLS = ("voice", "sound")  # blueprints: what Twilio asks for
SLOW_MS = 1000  # a caller hears this as a pause; Twilio gives up after 15 s
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[\w.-]*)(:\d{1,5})?", re.ASCII | re.IGNORECASE)
KINDS = ("voice", "fallback", "status", *get_args(EventKind))


def add_front(app: Flask, settings: Settings) -> None:
    """To be called before any page is added, so that it comes first with requests and last with answers."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST_BYTES
    # Every redirect of the routing would echo the Host of the request.
    app.url_map.merge_slashes = app.url_map.strict_slashes = False
    app.logger.addFilter(_without_address)
    _add_hooks(app, log_each=settings.log_webhooks)
    if settings.trusted_proxies:
        # The address of who asks, and nothing else: host, protocol and path are those of PUBLIC_URL.
        fixed = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=0, x_host=0, x_port=0, x_prefix=0)
        app.wsgi_app = fixed  # type: ignore[method-assign]


def add_public_path(app: Flask, settings: Settings) -> None:
    """Links and forms where the public address has a path, such as https://example.org/line, which a proxy removes:
    sets WSGI's SCRIPT_NAME, which comes before every address on a page.
    """
    path, inner = settings.public_path, app.wsgi_app
    if path:
        app.wsgi_app = lambda environ, start: inner(environ | {"SCRIPT_NAME": path}, start)  # type: ignore[assignment,method-assign]


def _add_hooks(app: Flask, *, log_each: bool) -> None:
    """One before and one after each request: every further one costs a webhook two hundredths of its time."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()
        _refuse_malformed(request_ctx.request)

    @app.after_request
    def end(response: Response) -> Response:
        """What is served is what it says it is. Pages add more (Content-Security-Policy)."""
        response.headers["X-Content-Type-Options"] = "nosniff"
        blueprint = request.blueprint
        if blueprint not in OF_CALLS:
            compress(request, response)
        ms = round((time.perf_counter() - g.began) * 1000)
        if (log_each or ms >= SLOW_MS) and blueprint == "voice" and response.status_code not in STRANGERS:
            _tell(response, ms)
        return response


def _refuse_malformed(request: Request) -> None:
    """Hosts that none can be called, which no link could be made with; and files, which nothing here takes."""
    if isinstance(request.routing_exception, BadRequest) or not HOST.fullmatch(request.host):
        abort(400)
    if request.environ.get("CONTENT_TYPE", "").strip().lower().startswith("multipart/"):
        abort(415)


def _without_address(record: logging.LogRecord) -> bool:
    """Flask tells of an error by the address, which may hold a caller's language and menu, or a stranger's words."""
    if record.exc_info:
        record.msg, record.args = "a request ended in an error of ours", ()
    return True


def _tell(response: Response, ms: int) -> None:
    """A line for a slow answer to a webhook, or for each one: never who called, nor what they chose."""
    fields = {"webhook": _kind(request.path), "status": response.status_code, "ms": ms}
    if ms >= SLOW_MS:
        log.warning("slow answer", extra={"fields": fields, **EACH})
    else:
        log.info("answered", extra={"fields": fields, **EACH})


def _kind(path: str) -> str:
    """The last word of a webhook's address, which names neither the language nor the menu that a caller is in."""
    last = path.rstrip("/").rpartition("/")[2]
    return last if last in KINDS else "other"
