"""A plain web server for an exported folder, as docs/fallback.md asks for: documents by POST alone, sounds by GET."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Host(SimpleHTTPRequestHandler):
    """`refuses_get` tells it from a careless one."""

    protocol_version = "HTTP/1.1"
    extensions_map = {".xml": "text/xml", ".wav": "audio/wav", "": "application/octet-stream"}  # noqa: RUF012
    refuses_get = True

    @property
    def is_document(self) -> bool:
        return self.path.partition("?")[0].endswith(".xml")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.is_document:
            super().do_GET()
        else:
            self.send_error(405)

    def do_GET(self) -> None:
        if self.is_document and self.refuses_get:
            self.send_error(405)
        else:
            super().do_GET()

    def log_message(self, *_args: object) -> None:
        """Says nothing about calls."""


class Careless(Host):
    refuses_get = False


@contextmanager
def served(folder: Path, port: int, host: type[Host] = Host) -> Iterator[str]:
    """The folder at an address of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(host, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        server.server_close()
