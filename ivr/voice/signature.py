"""Whether a webhook comes from Twilio: its signature over our own public address, which no proxy can change."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Request
from twilio.request_validator import SIGNATURE_HEADER, RequestValidator

FORM = "application/x-www-form-urlencoded"


def is_genuine(request: Request, public_url: str, validators: Sequence[RequestValidator]) -> bool:
    """Twilio, "Webhooks Security": HMAC over the whole URL and every POST parameter, with any of our auth tokens.

    The URL is built from the configured public address and never from the Host or a forwarded header, which anybody
    can send. Twilio posts forms; of another body it signs nothing that is here, so that such a request says nothing.
    """
    if request.mimetype != FORM:
        return False
    signature = request.headers.get(SIGNATURE_HEADER, "")
    url = public_url + _path_and_query(request)
    return any(validator.validate(url, request.form, signature) for validator in validators)


def _path_and_query(request: Request) -> str:
    """As it was sent, byte for byte; the server's raw target, where it is a path, else what WSGI has left of it."""
    raw = str(request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI") or "")
    if raw.startswith("/"):
        return raw
    return request.full_path if request.query_string else request.path
