"""A proxy before several servers: each request goes to the next of them, or past one that is not there."""

from __future__ import annotations

from collections import Counter
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

SECONDS = 20
ONE_HOP = {"connection", "keep-alive", "transfer-encoding", "server", "date"}


class Proxy:
    """`ports` are the servers' in their order; to be set, and set again."""

    def __init__(self) -> None:
        self.ports: list[int] = []
        self.answered: Counter[int] = Counter()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Passing", (_Passing,), {"proxy": self}))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever)

    def __enter__(self) -> Proxy:
        self._thread.start()
        return self

    def __exit__(self, *_raised) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def in_turn(self) -> list[int]:
        """Whom to ask, in this order."""
        self.ports = [*self.ports[1:], self.ports[0]]
        return self.ports


class _Passing(BaseHTTPRequestHandler):
    """The address as it came; who asks is added to X-Forwarded-For."""

    proxy: Proxy

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        for port in self.proxy.in_turn():
            try:
                return self._pass(port, body)
            except ConnectionRefusedError:
                continue
        return self.send_error(502)

    do_POST = do_GET  # noqa: N815 - the name that the library asks for

    def _pass(self, port: int, body: bytes) -> None:
        line = HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        headers = {**self.headers, "X-Forwarded-For": self.client_address[0], "Connection": "close"}
        line.request(self.command, self.path, body or None, headers)
        answer = line.getresponse()
        content = answer.read()
        line.close()
        self.proxy.answered[port] += 1
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ONE_HOP:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
