"""`ivr serve` as it is really run: a server of its own, called over real HTTP."""

from __future__ import annotations

import socket
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
import requests

from tests.cast import BOTH_OPEN, ROOT
from tests.served import IVR, PATIENCE, Server, environment


@pytest.fixture(scope="module")
def one():
    with Server("--demo") as server:
        yield server


@pytest.fixture
def demo(one):
    """The one demo of these tests, started again where the test before has stopped it."""
    stopped = one.process.poll() is not None
    return (one.start() if stopped else one).until_ready()


def test_a_demo_answers_a_whole_call_over_http_and_stops_when_told_to(demo):
    """No carrier's voice speaks in it: Vietnamese is heard by the engine after that."""
    assert demo.call("04").prompts[0] == "vi/language.name"
    made = demo.call("02 0 1", at=datetime.fromisoformat(BOTH_OPEN))
    assert made.dialled[0].number.startswith("+999")
    made.desk("answer").desk_hangs_up().press("2")
    assert made.prompts[0] == "en/booking.how"
    demo.stop()
    assert demo.process.returncode == 0


def test_a_demo_says_how_to_call_it_also_on_another_port(demo):
    assert f"{demo.at}/phone\n" in demo.written()
    assert f".venv/bin/ivr call {demo.at}/voice\n" in demo.written()


def test_a_demo_answers_on_the_loopback_address_only(demo):
    own = socket.gethostbyname(socket.gethostname())
    if own.startswith("127."):
        listening = Path("/proc/net/tcp").read_text().splitlines()
        assert not any(f" 00000000:{demo.port:04X}" in line for line in listening)
    else:
        with pytest.raises(requests.ConnectionError):
            requests.get(f"http://{own}:{demo.port}/health", timeout=5)


def test_a_worker_that_is_killed_in_mid_call_is_not_noticed_by_the_caller(demo):
    made = demo.call("02 1")
    demo.kill_workers()
    demo.until_ready()
    made.press("2")
    assert made.prompts[0] == "en/answer.group_b"


def test_another_server_goes_on_with_a_call_that_the_first_began(demo):
    """Restart and deploy in mid-call: nothing of a call is kept in a server."""
    made = demo.call("02 1")
    demo.stop()
    demo.start().until_ready()
    assert made.press("3").prompts[0] == "en/answer.group_c"


def test_a_server_writes_nothing_about_a_call(demo):
    caller = "+9999098765432"
    demo.call("02 1 2", from_=caller)
    demo.call(from_=caller, token="wrong", strict=False)
    written = demo.stop()
    assert "9098765432" not in written
    assert "/voice/en" not in written
    assert "not signed for" in written


def test_no_answer_names_the_version_of_the_server(demo):
    for path in ("/health", "/nothing"):
        headers = requests.get(f"{demo.url}{path}", timeout=PATIENCE).headers
        assert headers["Server"].isalpha()
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "X-Powered-By" not in headers


def told(demo: Server, request: str) -> int:
    """The status of the answer to these very bytes."""
    with socket.create_connection(("127.0.0.1", demo.port), timeout=PATIENCE) as line:
        line.sendall(request.replace("\n", "\r\n").encode())
        return int(line.recv(1000).split()[1])


def test_what_is_no_http_is_refused_and_fills_no_log(demo):
    chunks = "Host: x\nTransfer-Encoding: chunked\n\nno length\n"
    assert told(demo, f"POST /voice HTTP/1.1\n{chunks}") == 400
    assert told(demo, "GET /+999012345678\n\n") == 400
    written = demo.stop()
    assert "012345678" not in written
    assert "no length" not in written
    assert "Exception" not in written


def test_whoever_comes_through_a_proxy_on_this_machine_may_not_say_where_addresses_begin(demo):
    assert told(demo, "GET /x/health HTTP/1.1\nHost: 127.0.0.1\nSCRIPT_NAME: /x\n\n") == 404


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({}, "TWILIO_AUTH_TOKEN is missing"),
        ({"WEB_CONCURRENCY": ""}, "TWILIO_AUTH_TOKEN is missing"),
        ({"WEB_CONCURRENCY": "many"}, 'WEB_CONCURRENCY: "many" is not a number of processes'),
        ({"IVR_HELPLINE": "nowhere"}, "nowhere:1:1: this folder is missing"),
    ],
)
def test_a_line_that_could_not_serve_callers_does_not_start_and_says_why(settings, message):
    run = subprocess.run(
        [*IVR, "serve"],
        cwd=ROOT,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == 1
    assert message in run.stderr
    assert "Traceback" not in run.stderr


def test_a_public_line_runs_before_its_content_is_confirmed_and_says_that_it_is_not_open(tmp_path):
    settings = {"PUBLIC_URL": "https://line.example.org", "DATABASE_URL": f"sqlite:///{tmp_path / 'ivr.db'}"}
    with Server(TWILIO_AUTH_TOKEN="x", **settings) as server:
        server.until_ready()
        assert "not open: confirmed_on is empty" in requests.get(f"{server.at}/ready", timeout=PATIENCE).text
        assert "Callers hear that" in server.stop()


TRIAL = {"TWILIO_AUTH_TOKEN": "x"}
OPEN = "is open to every network of this machine"


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="no IPv6 here")
def test_a_line_can_listen_on_ipv6(tmp_path):
    with Server(HOST="::1", DATABASE_URL=f"sqlite:///{tmp_path}/ivr.db", **TRIAL) as server:
        server.at = f"http://[::1]:{server.port}"
        server.until_ready()
        assert OPEN not in server.stop()


def test_a_line_that_listens_everywhere_says_so_but_for_a_demo(demo, tmp_path):
    with Server(DATABASE_URL=f"sqlite:///{tmp_path}/ivr.db", **TRIAL) as server:
        assert f"HOST is empty, so port {server.port} {OPEN}" in server.until_ready().stop()
    assert OPEN not in demo.written()
