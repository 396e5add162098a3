"""Real HTTP, by the standard library alone."""

import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Event, Timer
from urllib.parse import SplitResult, urlsplit

from ivr.simulator.transport import BAD_ADDRESS, BAD_HOST, NO_ANSWER, NO_CONNECTION, NO_TLS, Response, Unreachable


@dataclass(frozen=True)
class HttpTransport:
    """A server across a network. No cookie is sent back, no proxy is used.

    Twilio: 15 s for a whole answer, about 10 s of it for connecting.
    """

    connect_seconds: float = 10
    answer_seconds: float = 15

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Response:
        begun = time.monotonic()
        parts = urlsplit(url)
        connection = _connect(parts, self.connect_seconds)
        target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        with _within(connection, begun + self.answer_seconds) as late:
            try:
                connection.request(method, target, body, dict(headers))
                answer = connection.getresponse()
                content = answer.read()
            except (OSError, HTTPException) as error:
                if not late.is_set():
                    raise Unreachable(NO_ANSWER, f"the answer broke off: {error}") from error
        if late.is_set():
            raise Unreachable(NO_ANSWER, f"no whole answer within {self.answer_seconds:g} s")
        return Response(answer.status, {name.lower(): value for name, value in answer.getheaders()}, content)


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates this machine believes: read once, since that takes longer than a request."""
    return ssl.create_default_context()


def _unconnected(parts: SplitResult, seconds: float) -> HTTPConnection:
    if parts.scheme == "https" and parts.hostname:
        return HTTPSConnection(parts.hostname, parts.port, timeout=seconds, context=_trusted())
    if parts.scheme == "http" and parts.hostname:
        return HTTPConnection(parts.hostname, parts.port, timeout=seconds)
    raise ValueError(parts.scheme)


def _connect(parts: SplitResult, seconds: float) -> HTTPConnection:
    try:
        connection = _unconnected(parts, seconds)
        connection.connect()
    except socket.gaierror as error:
        raise Unreachable(BAD_HOST, f"there is no host {parts.hostname}: {error}") from error
    except ssl.SSLError as error:
        raise Unreachable(NO_TLS, f"no secure connection: {error}") from error
    except (ValueError, HTTPException) as error:  # after TLS: a certificate that isn't trusted is a ValueError, too
        raise Unreachable(BAD_ADDRESS, f"{parts.geturl()!r} is not an address of the web") from error
    except OSError as error:
        raise Unreachable(NO_CONNECTION, f"nothing answers: {error}") from error
    return connection


@contextmanager
def _within(connection: HTTPConnection, deadline: float) -> Iterator[Event]:
    """Ends the exchange at the deadline, however slowly bytes drip; the event says that it did.

    A socket's own timeout restarts with every byte.
    """
    late = Event()
    line = connection.sock
    line.settimeout(None)

    def give_up() -> None:
        late.set()
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    watch = Timer(max(deadline - time.monotonic(), 0), give_up)
    watch.daemon = True
    watch.start()
    try:
        yield late
    finally:
        watch.cancel()
        connection.close()
