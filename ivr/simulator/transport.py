"""How requests reach the app: here, straight into a WSGI app; `http_transport` has real HTTP."""

import io
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import SplitResult, unquote_to_bytes, urlsplit
from wsgiref.util import setup_testing_defaults

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Response:
    """What came back; the names in `headers` are lower-case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


# Twilio's own codes
NO_CONNECTION, BAD_HOST, NO_TLS, BAD_ADDRESS, NO_ANSWER = 11205, 11210, 11220, 11100, 11200


class Unreachable(Exception):  # noqa: N818 - named for what happened
    """Nothing answered; `code` is Twilio's."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class Transport(Protocol):
    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Response: ...


@dataclass(frozen=True)
class WsgiTransport:
    """Straight into a WSGI app, whatever the host; `others` maps further origins ("https://host")
    to apps of their own.

    An exception that the app lets out reaches the test.
    """

    app: WsgiApp
    others: Mapping[str, WsgiApp] = field(default_factory=dict)

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Response:
        parts = urlsplit(url)
        if not parts.netloc:
            raise Unreachable(BAD_ADDRESS, f"{url!r} is not an absolute URL")
        app = self.others.get(f"{parts.scheme}://{parts.netloc}", self.app)
        return _call(app, _environ(method, parts, headers, body or b""))


def _environ(method: str, parts: SplitResult, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote_to_bytes(parts.path or "/").decode("latin-1"),
        "QUERY_STRING": parts.query,
        "SERVER_NAME": parts.hostname or "localhost",
        "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_HOST": parts.netloc,
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
    }
    setup_testing_defaults(environ)
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        environ["CONTENT_TYPE" if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
    return environ


def _call(app: WsgiApp, environ: dict[str, Any]) -> Response:
    begun: list[tuple[str, list[tuple[str, str]]]] = []
    chunks: list[bytes] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], _exc_info: object = None
    ) -> Callable[[bytes], None]:
        begun[:] = [(status, headers)]
        return chunks.append

    answer = app(environ, start_response)
    try:
        chunks.extend(answer)
    finally:
        getattr(answer, "close", lambda: None)()
    status, headers = begun[0]
    return Response(int(status.split()[0]), {name.lower(): value for name, value in headers}, b"".join(chunks))
