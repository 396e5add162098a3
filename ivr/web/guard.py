"""What our pages may load in a browser, and whether one of them made a request."""

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
    """Adds headers: nothing from other hosts, nothing inline, no framing."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def is_from_our_page(request: Request, settings: Settings) -> bool:
    """Whether one of our pages sent JSON: other sites can't do that unasked, and browsers name the origin."""
    return request.is_json and is_same_origin(request, settings)


def is_same_origin(request: Request, settings: Settings) -> bool:
    """False if a browser says that another site's page sent it."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("Origin")
    return origin is None or origin in {_origin(request.host_url), _origin(settings.public_url)}


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
