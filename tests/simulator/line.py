"""A line to call: a WSGI app made of answers by path, which keeps what it was asked."""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.simple_server import WSGIRequestHandler, make_server

from ivr.simulator import Call, WsgiTransport

URL = "http://line.example/voice"
DESK = "+9995012345678"


@dataclass(frozen=True)
class Answer:
    body: bytes = b""
    kind: str = "text/xml"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    query: str
    form: dict[str, str]
    headers: dict[str, str]
    body: bytes
    kind: str


Page = str | Answer | Callable[[Asked], "str | Answer"]


@dataclass
class Line:
    """Pages by path: the verbs of a document, an Answer, or a function of what was asked."""

    pages: Mapping[str, Page]
    asked: list[Asked] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        form = dict(parse_qsl(body.decode(), keep_blank_values=True))
        headers = {name: value for name, value in environ.items() if name.startswith("HTTP_")}
        asked = Asked(
            environ["REQUEST_METHOD"],
            environ["PATH_INFO"],
            environ["QUERY_STRING"],
            form,
            headers,
            body,
            environ.get("CONTENT_TYPE", ""),
        )
        self.asked.append(asked)
        page = self.pages.get(asked.path, Answer(b"", "text/plain", 404))
        answer = page(asked) if callable(page) else page
        if isinstance(answer, str):
            answer = document(answer)
        kind = [("Content-Type", answer.kind)] if answer.kind else []
        start(f"{answer.status} Said", [*kind, *answer.headers])
        return [answer.body]

    def forms(self, path: str) -> list[dict[str, str]]:
        return [asked.form for asked in self.asked if asked.path == path]

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]


def document(verbs: str) -> Answer:
    return Answer(f"<Response>{verbs}</Response>".encode())


def redirect(path: str, status: int = 302) -> Answer:
    return Answer(b"", "", status, (("Location", path),))


def wav(seconds: float = 2.0, prompt: str = "", text: str = "", **format_: int) -> Answer:
    """Silence in 8 kHz mono mu-law; `format_` overrides tag, rate or bytes a second."""
    tag, per_second = format_.get("tag", 7), format_.get("per_second", 8000)
    samples = b"\xff" * int(seconds * per_second)
    chunk = struct.pack("<HHIIHH", tag, 1, format_.get("rate", 8000), per_second, 1, 8)
    fmt = struct.pack("<4sI", b"fmt ", 16) + chunk
    body = b"WAVE" + fmt + struct.pack("<4sI", b"data", len(samples)) + samples
    headers = tuple((name, value) for name, value in (("X-Prompt", prompt), ("X-Prompt-Text", text)) if value)
    return Answer(struct.pack("<4sI", b"RIFF", len(body)) + body, "audio/wav", 200, headers)


def call(pages: Mapping[str, Any] | Page, **options: Any) -> tuple[Call, Line]:
    """A started call to a line with these pages; a page alone is the first document."""
    line = Line(pages if isinstance(pages, Mapping) else {"/voice": pages})
    return Call(WsgiTransport(line), URL, **options).start(), line


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


@contextmanager
def wsgi_server(app: Any) -> Iterator[str]:
    """The app on a free port of this machine, as its origin."""
    server = make_server("127.0.0.1", 0, app, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
