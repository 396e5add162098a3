"""A server on this machine that speaks the protocol of the speech service which gTTS asks."""

from __future__ import annotations

import base64
import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import soundfile
import soxr

from ivr.audio.reading_rates import READING_RATES
from tests.audio.speakers import RATE, seconds_of, syllables

PATH = "/_/TranslateWebserverUi/data/batchexecute"
PAGE = b"<!doctype html><html><body>Before you continue</body></html>"


def mp3_of(text: str, language: str) -> bytes:
    """24 kHz mono, as the service sends it."""
    file = io.BytesIO()
    samples = soxr.resample(syllables(text, seconds_of(text, language)), RATE, 24000)
    soundfile.write(file, samples, 24000, format="MP3", subtype="MPEG_LAYER_III")
    return file.getvalue()


def answer_of(mp3: bytes) -> bytes:
    sound = json.dumps([base64.b64encode(mp3).decode()])
    row = json.dumps([["wrb.fr", "jQ1olc", sound, None, None, None, "generic"]], separators=(",", ":"))
    return f")]}}'\n\n{len(row)}\n{row}\n".encode()


class Google:
    """What it was asked, as (text, language code), and what it does next.

    `plan` is worked off first: a status, bytes to send with status 200, or None to say nothing. Then it speaks.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.plan: list[int | bytes | None] = []
        self.leave = threading.Event()
        self.address = ""

    def answer(self, body: str) -> tuple[int, bytes] | None:
        ((rpc, parameters, nothing, kind),) = json.loads(parse_qs(body)["f.req"][0])[0]
        assert (rpc, nothing, kind) == ("jQ1olc", None, "generic")
        text, code, speed, tail = json.loads(parameters)
        assert (speed, tail) == (None, "null")
        self.asked.append((text, code))
        step = self.plan.pop(0) if self.plan else answer_of(mp3_of(text, code if code in READING_RATES else "en"))
        if step is None:
            self.leave.wait(10)
            return None
        return (step, b"") if isinstance(step, int) else (200, step)


@contextmanager
def google() -> Iterator[Google]:
    service = Google()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            assert self.path == PATH
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            answer = service.answer(body)
            if answer:
                self.send_response(answer[0])
                self.send_header("Content-Length", str(len(answer[1])))
                self.end_headers()
                self.wfile.write(answer[1])

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        service.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield service
        finally:
            service.leave.set()
            server.shutdown()
            thread.join()
