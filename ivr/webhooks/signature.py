"""Whether a webhook comes from the carrier: its signature over our own public address, which no proxy can change.

Three schemes, all an HMAC over the whole URL and every POST parameter (Twilio, "Webhooks Security"):

- Twilio by auth token: SHA-1, in `X-Twilio-Signature`.
- Twilio by a SharedKey: SHA-256 in the same header, where `X-Twilio-Webhooks-Signature-Settings` names the algorithm.
- SignalWire by its signing key: SHA-1, in `X-SignalWire-Signature`.
"""

from collections.abc import Callable, Sequence
from hmac import compare_digest
from typing import TypeAlias

from flask import Request
from twilio.request_validator import (
    HMAC_SHA1,
    HMAC_SHA256,
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    get_signature_algorithm,
)

from ivr.config import SIGNALWIRE, Settings
from ivr.webhooks.parameters import Parameters


def _in_environ(header: str) -> str:
    return f"HTTP_{header.upper().replace('-', '_')}"


TWILIO = _in_environ(SIGNATURE_HEADER)
ALGORITHM = _in_environ(SIGNATURE_SETTINGS_HEADER)
# The telephone of this project signs as Twilio does, at each carrier.
HEADERS = {SIGNALWIRE: (_in_environ("X-SignalWire-Signature"), TWILIO)}

IsGenuine: TypeAlias = Callable[[Request, Parameters], bool]


def signature_check(settings: Settings) -> IsGenuine:
    """A function that says whether a request was signed for our public address with one of our keys.

    The URL is built from the configured public address and never from the Host or a forwarded header, which anybody
    can send. An algorithm that isn't known is refused.
    """
    keys = {
        HMAC_SHA1: [RequestValidator(token) for token in settings.tokens],
        HMAC_SHA256: [RequestValidator(key) for key in settings.shared_keys],
    }
    headers = HEADERS.get(settings.carrier, (TWILIO,))

    def is_genuine(request: Request, parameters: Parameters) -> bool:
        environ = request.environ
        signature = next((environ[header] for header in headers if header in environ), "")
        algorithm = get_signature_algorithm(environ.get(ALGORITHM, "")).upper()
        url = settings.public_url + _target(request)
        return _signed(keys.get(algorithm, ()), algorithm, url, parameters, signature)

    return is_genuine


def _signed(
    validators: Sequence[RequestValidator], algorithm: str, url: str, parameters: Parameters, signature: str
) -> bool:
    """The library sorts all parameters twice, for URLs with and without the port; mostly the URL as it stands fits."""
    text = url + parameters.signed()
    return any(
        compare_digest(validator.compute_signature(text, {}, algorithm).encode(), signature.encode())
        or validator.validate(url, parameters, signature, algorithm)
        for validator in validators
    )


def _target(request: Request) -> str:
    """The path and query as they were sent, byte for byte; else what WSGI has left of them."""
    raw = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI") or ""
    if raw.startswith("/"):
        return str(raw)
    return request.full_path if request.query_string else request.path
