"""Whether a webhook comes from Twilio: its signature over our own public address, which no proxy can change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hmac import compare_digest

from flask import Request
from twilio.request_validator import SIGNATURE_HEADER, RequestValidator

from ivr.webhooks.parameters import Parameters

SIGNATURE = f"HTTP_{SIGNATURE_HEADER.upper().replace('-', '_')}"


def is_genuine(
    request: Request, parameters: Parameters, public_url: str, validators: Sequence[RequestValidator]
) -> bool:
    """Twilio, "Webhooks Security": HMAC over the whole URL and every POST parameter, with any of our auth tokens.

    The URL is built from the configured public address and never from the Host or a forwarded header, which anybody
    can send.
    """
    environ = request.environ
    signature = environ.get(SIGNATURE, "")
    url = public_url + (_raw_target(environ) or _path_and_query(request))
    return any(_signed(validator, url, parameters, signature) for validator in validators)


def _signed(validator: RequestValidator, url: str, parameters: Parameters, signature: str) -> bool:
    """The library sorts all parameters twice, for URLs with and without the port; mostly the URL as it stands fits."""
    expected = validator.compute_signature(url + parameters.signed(), {})
    return compare_digest(expected.encode(), signature.encode()) or validator.validate(url, parameters, signature)


def _raw_target(environ: Mapping[str, str]) -> str:
    """The path and query as they were sent, byte for byte; empty where the server does not tell them."""
    raw = environ.get("RAW_URI") or environ.get("REQUEST_URI") or ""
    return raw if raw.startswith("/") else ""


def _path_and_query(request: Request) -> str:
    """What WSGI has left of them."""
    return request.full_path if request.query_string else request.path
