"""A real nginx on a disk that fails: it needs none, and writes down nothing of a call."""

from __future__ import annotations

import socket
from contextlib import closing
from time import sleep

import pytest

from ivr.front import MAX_REQUEST_BYTES
from tests.cast import ROOT
from tests.faults.nginx import NAME, TEMPORARY, Nginx, answer_on, head
from tests.faults.upstream import Upstream
from tests.served import free_port

WAY = "/voice/vi/papers/keys"
BUFFERS = 64 * 16 * 1024  # bytes: proxy_buffers in deploy/nginx.conf


def answer_of(length: int) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % length + b"x" * length


def broken(nginx: Nginx) -> Nginx:
    """Where it would keep bodies and answers there is no folder any more."""
    for each in TEMPORARY:
        (nginx.folder / each).rmdir()
        (nginx.folder / each).touch()
    return nginx


def test_the_longest_request_and_answer_need_no_disk(tmp_path):
    with Upstream(answer_of(BUFFERS)) as upstream, Nginx(tmp_path, upstream.port) as nginx:
        answer = broken(nginx).ask("POST", WAY, b"x" * MAX_REQUEST_BYTES)
        assert (answer.status, len(answer.body)) == (200, BUFFERS)
        assert nginx.written() == ""


def test_who_does_not_read_the_answer_holds_nothing_in_the_line_and_needs_no_disk(tmp_path):
    with Upstream(answer_of(BUFFERS)) as upstream, Nginx(tmp_path, upstream.port) as nginx:
        with closing(broken(nginx).connected()) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.sendall(head("GET", WAY, Host=NAME))
            upstream.until_done()
        assert nginx.written() == ""


def test_an_answer_too_long_for_memory_waits_for_its_reader_and_needs_no_disk(tmp_path):
    length = 16 * BUFFERS
    with Upstream(answer_of(length)) as upstream, Nginx(tmp_path, upstream.port) as nginx:
        with closing(broken(nginx).connected()) as line:
            line.sendall(head("GET", WAY, Host=NAME, Connection="close"))
            sleep(1)  # for nginx to have read what it can
            assert len(answer_on(line).body) == length
        assert nginx.written() == ""


def test_a_request_that_would_need_the_disk_leaves_no_address_in_the_log(tmp_path):
    """In chunks of one byte: nginx keeps what is around them, too."""
    with Upstream() as upstream, Nginx(tmp_path, upstream.port) as nginx:
        with closing(broken(nginx).connected()) as line:
            chunked = {"Transfer-Encoding": "chunked", "Connection": "close"}
            line.sendall(head("POST", WAY, Host=NAME, **chunked) + b"1\r\nx\r\n" * 30_000 + b"0\r\n\r\n")
            assert answer_on(line).status == 500
        assert nginx.written() == ""


def test_whatever_the_line_sends_fits_into_memory():
    sent = [path for folder in ("audio", "ivr") for path in (ROOT / folder).rglob("*") if path.is_file()]
    assert len(sent) > 1000
    assert max(path.stat().st_size for path in sent) < BUFFERS


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_line_that_is_gone_leaves_no_address_in_the_log(tmp_path, method):
    with Nginx(tmp_path, free_port()) as nginx:
        assert nginx.ask(method, WAY).status == 502
        assert nginx.written() == ""
