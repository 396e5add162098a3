"""A hundred strangers at once, while a caller is on the line."""

from __future__ import annotations

import asyncio
from collections import Counter
from threading import Event
from urllib.parse import urlencode

import requests

from ivr.simulator import HttpTransport
from tests.faults.caller import CODE, goes_on, says_goodbye
from tests.faults.server import Server, hammering
from tests.security.line import FORM
from tests.staff import token

HALF = b"POST /voice HTTP/1.1\r\nHost: x\r\nContent-Le"
SIGN_IN = "/console/sign-in"
FORMS = {
    "/voice": {"CallSid": "CA1", "From": "+999012345678"},
    "/voice/ne/papers/keys": {"Digits": "2"},
    SIGN_IN: {"password": "a password like any other"},
}
HALVES, WHOLE = 6, 94


class Strangers:
    """Each sends one request after another, unsigned; six of them send half a request and stay."""

    def __init__(self, line: Server) -> None:
        self.port, self.answers, self.stopped = line.port, Counter(), Event()
        page = requests.get(f"{line.at}{SIGN_IN}", timeout=15)
        self.form, self.cookie = {"csrf_token": token(page)}, page.headers["Set-Cookie"].partition(";")[0]

    async def _send(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(request)
            return await reader.readuntil(b"\r\n")
        finally:
            writer.close()

    async def _stay(self) -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(HALF)
        while not self.stopped.is_set():
            await asyncio.sleep(0.05)
        writer.close()

    async def _hammer(self, path: str) -> None:
        body = urlencode({**FORMS[path], **self.form})
        headers = {"Host": "x", "Content-Type": FORM, "Content-Length": len(body), "Cookie": self.cookie}
        head = "".join(f"{name}: {value}\r\n" for name, value in {**headers, "Connection": "close"}.items())
        request = f"POST {path} HTTP/1.1\r\n{head}\r\n{body}".encode()
        while not self.stopped.is_set():
            try:
                self.answers[path, int((await self._send(request)).split()[1])] += 1
            except (OSError, asyncio.IncompleteReadError):
                self.answers[path, 0] += 1

    async def _all(self) -> None:
        paths = [*FORMS]
        await asyncio.gather(
            *(self._stay() for _ in range(HALVES)), *(self._hammer(paths[each % len(paths)]) for each in range(WHOLE))
        )

    def run(self) -> None:
        asyncio.run(self._all())


def test_a_call_is_answered_rightly_and_in_time_while_a_hundred_strangers_hammer(line: Server):
    """In time is 15 s for each answer: the telephone gives up after that, as Twilio does."""
    assert HttpTransport().answer_seconds == 15
    with hammering(Strangers(line), WHOLE) as crowd:
        before = crowd.answers.total()
        made = line.call(CODE)
        for key, prompt in (
            ("1", "papers.group_a"),
            ("2", "answer.group_b"),
            ("9", "main.papers"),
            ("2", "booking.how"),
        ):
            assert f"ne/{prompt}" in made.press(key).prompts
            assert goes_on(made)
        assert crowd.answers.total() > before
    assert made.problems == []
    assert says_goodbye(made)
    assert {*crowd.answers} == {
        ("/voice", 403),
        ("/voice/ne/papers/keys", 403),
        *((SIGN_IN, told) for told in (403, 429, 503)),
    }
    assert len(line.logged("refused: not signed")) <= 10  # five a minute in each worker
