"""The way between the carrier and the line, with what can happen to a request on it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from contextlib import closing
from http.client import HTTPResponse
from urllib.parse import urlsplit

from ivr.simulator import HttpTransport, Response, Unreachable
from ivr.simulator.transport import NO_ANSWER

Send = Callable[[str, Mapping[str, str], bytes], Response]
Fault = Callable[[Send, str, Mapping[str, str], bytes], Response]


class Network:
    """Real HTTP. A webhook that `befalls` has a fault for meets it, each fault once; keeps the webhooks' headers."""

    def __init__(self, *befalls: Fault) -> None:
        self.befalls, self.headers = [*befalls], []
        self.through = HttpTransport()

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Response:
        if method != "POST":
            return self.through.send(method, url, headers, body)
        self.headers.append({**headers})
        if self.befalls:
            return self.befalls.pop(0)(self._post, url, headers, body or b"")
        return self._post(url, headers, body or b"")

    def _post(self, url: str, headers: Mapping[str, str], body: bytes) -> Response:
        return self.through.send("POST", url, headers, body)


def lost(code: int, then: Callable[[], object] = lambda: None) -> Fault:
    """The line answers, `then` this happens, and the answer never arrives: Twilio takes that for `code`."""

    def befall(send: Send, *asked) -> Response:
        send(*asked)
        then()
        raise Unreachable(code, "lost on the way")

    return befall


def halfway(then: Callable[[int], object]) -> Fault:
    """Half of the request is sent from a port of ours, `then` this happens, and the rest follows."""

    def befall(_send: Send, url: str, headers: Mapping[str, str], body: bytes) -> Response:
        parts = urlsplit(url)
        told = {"Host": parts.netloc, "Content-Length": str(len(body)), "Connection": "close", **headers}
        target = f"{parts.path}{'?' if parts.query else ''}{parts.query}"
        head = f"POST {target} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in told.items())
        half = len(body) // 2
        with closing(socket.create_connection((parts.hostname, parts.port), 15)) as line:
            line.sendall(head.encode() + b"\r\n" + body[:half])
            then(line.getsockname()[1])
            try:
                line.sendall(body[half:])
                return _answer(line)
            except OSError as error:
                raise Unreachable(NO_ANSWER, f"the answer broke off: {error}") from error

    return befall


def _answer(line: socket.socket) -> Response:
    answer = HTTPResponse(line, method="POST")
    answer.begin()
    with answer:
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Response(answer.status, headers, answer.read())
