"""What strangers do to a real nginx before the line: callers don't notice, and nobody learns anything."""

from __future__ import annotations

import re
import socket
import ssl
from contextlib import ExitStack, closing

import pytest

from tests.cast import ROOT
from tests.faults.caller import CODE, goes_on
from tests.faults.nginx import CONF, NAME, Nginx, answer_on, head
from tests.faults.upstream import ANSWER, Upstream
from tests.served import PATIENCE

STRANGER, ANOTHER, TWILIO = "127.0.0.2", "127.0.0.3", "127.0.0.4"
HALF_A_HEAD = b"POST /voice HTTP/1.1\r\nHost: localhost\r\nContent-Le"
HALF_A_BODY = head("POST", "/voice", Host=NAME, **{"Content-Length": "1000"}) + b"Digits="
SOUND = "/audio/vi/free.0123456789ab.wav"
CROWD = 765
TOO_MANY = 300  # requests one after another: more than the fifty, and ten a second, that anybody reads


@pytest.fixture
def nginx(fronted) -> Nginx:
    return fronted.nginx


@pytest.fixture
def line(fronted):
    return fronted.line.until_ready()


def crowd(nginx: Nginx, stack: ExitStack, half: bytes) -> list[socket.socket]:
    """All from one address, each of whom has sent this and stays."""
    halves = []
    for _ in range(CROWD):
        halves.append(stack.enter_context(closing(nginx.connected(STRANGER))))
        halves[-1].sendall(half)
    return halves


@pytest.mark.parametrize("half", [HALF_A_HEAD, HALF_A_BODY], ids=["head", "body"])
def test_hundreds_who_send_half_a_request_cost_no_call_and_are_gone_soon(nginx, line, half):
    with ExitStack() as stack:
        halves = crowd(nginx, stack, half)
        made = line.call(f"{CODE} 1 2")
        assert made.problems == []
        assert goes_on(made)
        assert {answer_on(each).status for each in halves} <= {0, 408, 429}


def test_one_address_can_not_hold_every_connection_with_bodies_that_never_end(tmp_path):
    patient = CONF.replace("client_body_timeout 5s", "client_body_timeout 600s")
    with Upstream(ANSWER) as upstream, Nginx(tmp_path, upstream.port, patient) as nginx, ExitStack() as stack:
        told = [answer_on(each).status for each in crowd(nginx, stack, HALF_A_BODY)[500:]]
        assert {*told} == {429}
        assert nginx.ask("POST", "/voice", address=ANOTHER).status == 200


def test_who_asks_for_more_pages_than_anybody_reads_is_told_to_wait_and_others_are_not(nginx, line):
    told = [nginx.ask("GET", "/cards/fonts.css", address=STRANGER).status for _ in range(TOO_MANY)]
    assert {*told[:50]} == {200}
    assert 429 in told
    assert nginx.ask("GET", "/cards/fonts.css", address=ANOTHER).status == 200


def test_behind_a_load_balancer_each_visitor_has_limits_of_their_own(tmp_path):
    """Once nginx knows, by the lines of docs/going-live.md, who asks."""
    (lines,) = re.findall(r"```\n(set_real_ip_from [^`]*)```", (ROOT / "docs" / "going-live.md").read_text("utf-8"))
    lines = lines.replace("<address of the load balancer>", "127.0.0.1")
    conf = CONF.replace("http {", f"http {{\n{lines}")
    with Upstream(*[ANSWER] * TOO_MANY) as upstream, Nginx(tmp_path, upstream.port, conf) as nginx:
        told = {page_for(nginx, "203.0.113.1") for _ in range(TOO_MANY - 1)}
        assert (told, page_for(nginx, "203.0.113.2")) == ({200, 429}, 200)


def page_for(nginx: Nginx, visitor: str) -> int:
    return nginx.ask("GET", "/cards", **{"X-Forwarded-For": visitor}).status


@pytest.mark.parametrize(("method", "path", "status"), [("POST", "/voice", 403), ("GET", SOUND, 200)])
def test_no_number_of_calls_and_sounds_from_one_address_is_too_high(nginx, line, method, path, status):
    assert {nginx.ask(method, path, address=TWILIO).status for _ in range(TOO_MANY)} == {status}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost.evil.example"])
def test_who_asks_for_another_name_gets_no_answer(nginx, host):
    assert nginx.ask("GET", "/health", Host=host).status == 0
    assert plain(nginx, "/health", host).status == 0


@pytest.mark.parametrize("name", ["evil.example", None])
def test_who_wants_another_names_certificate_gets_none(nginx, name):
    with pytest.raises(ssl.SSLError, match="unrecognized"):
        nginx.connected(name=name)


def plain(nginx: Nginx, path: str, host: str = NAME):
    """The same without TLS."""
    with socket.create_connection(("127.0.0.1", nginx.http), PATIENCE) as line:
        line.sendall(head("GET", path, Host=host))
        return answer_on(line)


@pytest.mark.parametrize("host", [NAME, f"{NAME}:8080", NAME.upper()])
def test_without_tls_there_is_only_the_way_to_the_same_address_with_it(nginx, host):
    answer = plain(nginx, "/console?x=1", host)
    assert (answer.status, answer.headers["location"]) == (301, f"https://{NAME}/console?x=1")


def test_the_line_gets_the_name_that_it_was_given_and_not_the_one_that_was_asked_for(tmp_path):
    with Upstream(ANSWER) as upstream, Nginx(tmp_path, upstream.port) as nginx:
        nginx.ask("POST", "/voice", Host=f"{NAME.upper()}:99")
    assert f"\r\nHost: {NAME}\r\n".encode() in upstream.requests[0]


@pytest.mark.parametrize("path", ["/audio//vi", "/voice//vi", "/console", "//console"])
def test_no_answer_of_the_line_leads_away_from_tls_or_to_another_host(nginx, path):
    told = nginx.ask("GET", path).headers.get("location", "/")
    assert told.startswith("/")
    assert not told.startswith("//")
