"""Real HTTP: how long an answer may take, what can go wrong on the way, and the one retry."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from ivr.simulator import Call, HttpTransport, Response, TelephoneError, Unreachable, WsgiTransport, http_transport
from ivr.simulator.transport import WsgiApp

from .line import URL, Answer, Line, redirect, wav, wsgi_server

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 11\r\n\r\n"
NOBODY = "http://127.0.0.1:9/voice"  # the port of `discard`, where nobody listens


@contextmanager
def server(speak: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that answers each connection by `speak`, as the URL of its first document."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def answer() -> None:
            while True:
                try:
                    line, _ = door.accept()
                except OSError:
                    return
                with line, suppress(OSError):  # a telephone may give up in the middle
                    line.recv(65_536)
                    speak(line)

        threading.Thread(target=answer, daemon=True).start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}/voice"
        door.shutdown(socket.SHUT_RDWR)


def fetched(url: str, **seconds: float) -> Response:
    return HttpTransport(**seconds).send("POST", url, {}, b"a=1")


def failed(url: str, **seconds: float) -> Unreachable:
    with pytest.raises(Unreachable) as caught:
        fetched(url, **seconds)
    return caught.value


def test_a_certificate_that_is_not_trusted_is_told_as_such(monkeypatch) -> None:
    def expired(_connection: object) -> None:
        raise ssl.SSLCertVerificationError("certificate has expired")

    monkeypatch.setattr(http_transport.HTTPSConnection, "connect", expired)
    error = failed("https://line.example.org/voice")
    assert (error.code, "no secure connection" in str(error), "has expired" in str(error)) == (11220, True, True)


def test_trusted_certificates_are_read_once_however_many_requests_follow(monkeypatch) -> None:
    reads = []
    monkeypatch.setattr(
        http_transport.ssl, "create_default_context", lambda: reads.append(1) or ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    )
    http_transport._trusted.cache_clear()
    try:
        for _ in range(3):
            failed(NOBODY.replace("http", "https"))
    finally:
        http_transport._trusted.cache_clear()
    assert len(reads) == 1


def test_the_limits_are_twilios() -> None:
    """Twilio: 15 s for a whole answer, about 10 s of it for connecting."""
    assert HttpTransport() == HttpTransport(connect_seconds=10, answer_seconds=15)


def silent(_line: socket.socket) -> None:
    time.sleep(0.6)


def dripping(line: socket.socket) -> None:
    """Each byte comes soon after the last: a time-out that begins anew with every byte never ends."""
    for byte in HEAD + b"<Response/>":
        line.sendall(bytes([byte]))
        time.sleep(0.005)


def endless(line: socket.socket) -> None:
    """No length is told, so that what has come so far could be taken for all."""
    line.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\n<Response/>")
    time.sleep(0.6)


@pytest.mark.parametrize("speak", [silent, dripping, endless])
def test_an_answer_that_is_not_there_in_time_is_none(speak: Callable[[socket.socket], None]) -> None:
    """Twilio 11200: 15 s for a whole answer; here a quarter of a second."""
    with server(speak) as url:
        begun = time.monotonic()
        error = failed(url, answer_seconds=0.25)
        assert time.monotonic() - begun < 0.55
    assert (error.code, str(error)) == (11200, "no whole answer within 0.25 s")


def test_an_answer_that_takes_its_time_is_taken() -> None:
    with server(dripping) as url:
        assert fetched(url, answer_seconds=10).body == b"<Response/>"


def test_an_answer_that_breaks_off_is_told_from_one_that_is_late() -> None:
    with server(lambda line: line.sendall(HEAD + b"<Resp")) as url:
        error = failed(url)
    assert error.code == 11200
    assert str(error).startswith("the answer broke off: ")


def test_a_slow_connection_is_given_up_before_the_answer_would_be() -> None:
    """Twilio: about 10 s for connecting. A full queue at the door answers nobody."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(0)
        url = f"http://127.0.0.1:{door.getsockname()[1]}/"
        waiting = [socket.socket() for _ in range(4)]
        for other in waiting:
            other.settimeout(0)
            other.connect_ex(door.getsockname())
        begun = time.monotonic()
        assert failed(url, connect_seconds=0.2).code == 11205
        assert 0.15 < time.monotonic() - begun < 1
        for other in waiting:
            other.close()


@pytest.mark.parametrize(
    ("url", "code"),
    [
        (NOBODY, 11205),
        ("http://no-such-host.invalid/", 11210),
        ("ftp://line.example/", 11100),
        ("http:///voice", 11100),
        ("/voice", 11100),
        ("http://127.0.0.1:port/", 11100),
        (f"http://{'x' * 64}.example/", 11100),
    ],
)
def test_each_way_not_to_reach_anybody_has_twilios_code(url: str, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twilio 11205 connection failure, 11210 bad host name, 11100 invalid URL."""

    def unknown(host: str, *_args: object, **_options: object) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    if "invalid" in url:
        monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert failed(url).code == code


def test_a_server_that_speaks_no_tls_has_a_code_of_its_own() -> None:
    """Twilio 11220: SSL/TLS handshake error."""
    with server(lambda line: line.sendall(b"HTTP/1.1 400 Bad\r\n\r\n")) as url:
        assert failed(url.replace("http:", "https:")).code == 11220


def test_no_cookie_and_no_proxy_stands_between(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    first = Answer(b"<Response><Redirect>/next</Redirect></Response>", headers=(("Set-Cookie", "a=b"),))
    line = Line({"/voice": first, "/next": redirect("/last?a=1#b", 307), "/last": ""})
    with wsgi_server(line) as origin:
        Call(HttpTransport(), f"{origin}/voice", token="t").start()
    assert [(asked.path, asked.query) for asked in line.asked] == [("/voice", ""), ("/next", ""), ("/last", "a=1")]
    assert not any("HTTP_COOKIE" in asked.headers for asked in line.asked)


class Shaky:
    """Reaches a line, but for these failures first, one for each request."""

    def __init__(self, app: WsgiApp, *codes: int) -> None:
        self.through, self.codes = WsgiTransport(app), list(codes)
        self.sent: list[tuple[str, Mapping[str, str], bytes | None]] = []

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Response:
        self.sent.append((url, dict(headers), body))
        if self.codes and (code := self.codes.pop(0)):
            raise Unreachable(code, "not this time")
        return self.through.send(method, url, headers, body)


TOKEN = "I-Twilio-Idempotency-Token"


@pytest.mark.parametrize("code", [11205, 11220])
def test_after_a_failure_to_connect_the_same_is_asked_once_more_under_a_token(code: int) -> None:
    """Twilio: by default one retry, on connect or TLS failure only; it carries I-Twilio-Idempotency-Token."""
    shaky = Shaky(Line({"/voice": "<Say>hello</Say>"}), code)
    made = Call(shaky, URL).start()
    assert made.prompts == ["hello"]
    (url, first, body), (again, second, same) = shaky.sent
    assert (url, body) == (again, same)
    assert TOKEN not in first
    assert second[TOKEN]
    assert [(problem.level, problem.code) for problem in made.problems] == [("warning", code)]
    assert len(made.documents) == 1


def test_a_retry_carries_the_token_of_the_first_attempt_where_there_was_one() -> None:
    shaky = Shaky(Line({"/voice": "<Redirect>/next</Redirect>", "/next": ""}), 11205)
    Call(shaky, URL, idempotency_token=True).start()
    first, again, following = (headers[TOKEN] for _url, headers, _body in shaky.sent)
    assert first == again != following


def test_there_is_one_retry_and_no_second_one() -> None:
    shaky = Shaky(Line({"/voice": ""}), 11205, 11205)
    with pytest.raises(TelephoneError) as caught:
        Call(shaky, URL).start()
    assert caught.value.problem.code == 11205
    assert len(shaky.sent) == 2


@pytest.mark.parametrize("code", [11200, 11210, 11100])
def test_nothing_else_is_asked_again(code: int) -> None:
    shaky = Shaky(Line({"/voice": ""}), code)
    with pytest.raises(TelephoneError):
        Call(shaky, URL).start()
    assert len(shaky.sent) == 1


def test_a_callback_is_repeated_as_well_but_a_sound_is_not() -> None:
    line = Line({"/voice": "<Play>/a.wav</Play>", "/a.wav": wav(), "/status": Answer(b"", "", 204)})
    shaky = Shaky(line, 0, 0, 11205)
    Call(shaky, URL, status_url="http://line.example/status").start()
    assert [url[-7:] for url, _headers, _body in shaky.sent] == ["e/voice", "e/a.wav", "/status", "/status"]
    with pytest.raises(TelephoneError):
        Call(Shaky(line, 0, 11205), URL).start()
