"""What a browser may load on our pages, and whether a request was made by one of them."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Request, Response

from ivr.config import Settings

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def harden(response: Response) -> Response:
    """Nothing from other hosts, nothing inline, in nobody's frame."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def is_from_our_page(request: Request, settings: Settings) -> bool:
    """Another site's page can't send JSON without asking first, and a browser tells where a request comes from."""
    if not request.is_json or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("Origin")
    return origin is None or origin in {_origin(request.host_url), _origin(settings.public_url)}


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
