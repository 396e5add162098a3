"""Which WSGI server should answer the calls?  .venv/bin/python tests/bench/servers.py [rounds]

Starts the real line (demo settings, signed requests) under each server with 2 processes, loads it with wrk, and then
does to it what goes wrong in production: a worker is killed, the server is stopped during a request or replaced by the
next version, clients are slow, requests are malformed. Prints the tables of docs/server.md. Not a test: it takes about
twelve minutes, and talks to the loopback address only.

    apt-get install wrk
    pip install granian
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from twilio.request_validator import RequestValidator

from ivr.app import create_app
from ivr.audio.line import line_of
from ivr.config import DEMO_TOKEN, read_settings
from ivr.content.loader import load_helpline

ROOT = Path(__file__).parents[2]
SERVERS = ("gunicorn gthread", "gunicorn sync", "granian")
PROCESSES, THREADS = 2, 8
SECONDS = 2  # of load, each time
SHOW, KEYS = "/voice/en/papers/show", "/voice/en/papers/keys"
FORM = {
    "CallSid": "CA0123456789abcdef0123456789abcdef",
    "AccountSid": "AC0123456789abcdef0123456789abcdef",
    "From": "+9990001111",
    "To": "+9990000000",
    "CallStatus": "in-progress",
    "Direction": "inbound",
    "ApiVersion": "2010-04-01",
    "FromCountry": "",
    "Digits": "1",
}
LUA = """
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format('{"rate":%f,"p50":%f,"p99":%f,"errors":%d}\\n', summary.requests / summary.duration * 1e6,
    latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
"""


# The side that serves: this file again, as `servers.py serve NAME PORT`.


class Probed:
    """The line, with three pages beside it: a slow one, one that tells its process, one that tells its environ."""

    def __init__(self, app: Flask) -> None:
        self._app, self._beats_in = app, 0

    def start_beat(self) -> None:
        threading.Thread(target=self._beat, daemon=True).start()

    def _beat(self) -> None:
        self._beats_in = os.getpid()
        threading.Event().wait()

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith("/bench/"):
            return self._app(environ, start)
        if path == "/bench/slow":
            time.sleep(3)
        told: dict[str, Any] = {"pid": os.getpid(), "beats": self._beats_in == os.getpid()}
        told |= {name: text for name, text in environ.items() if isinstance(text, str) and name not in os.environ}
        body = json.dumps(told).encode()
        start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]


def serve(name: str, port: int, *, respawn: bool = True) -> None:
    helpline = load_helpline(ROOT / "prompts")
    app = Probed(create_app(line_of(helpline), read_settings({"PORT": str(port)}, helpline.desks, demo=True)))
    if name == "granian":
        serve_granian(app, port, respawn=respawn)
    else:
        serve_gunicorn(app, port, name.split()[1])


def serve_gunicorn(app: Probed, port: int, kind: str) -> None:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self) -> None:
            options = {
                "bind": f"127.0.0.1:{port}",
                "workers": PROCESSES,
                "threads": THREADS if kind == "gthread" else 1,
                "worker_class": kind,
                "preload_app": True,
                "keepalive": 75,
                "loglevel": "error",
                "post_worker_init": lambda _worker: app.start_beat(),
            }
            for option, value in options.items():
                self.cfg.set(option, value)

        def load(self) -> Probed:
            return app

    Server().run()


def serve_granian(app: Probed, port: int, *, respawn: bool) -> None:
    from granian.constants import HTTPModes, Interfaces
    from granian.server import Server

    def load() -> Probed:
        app.start_beat()
        return app

    server = Server(
        "ivr",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=PROCESSES,
        blocking_threads=THREADS,
        respawn_failed_workers=respawn,
        workers_kill_timeout=30,
        log_enabled=False,
    )
    server.serve(target_loader=load, wrap_loader=False)


# The side that asks.


@dataclass
class Running:
    process: subprocess.Popen[bytes]
    port: int
    seconds: float  # from the start of the process to the first answer

    def processes(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def memory(self) -> tuple[float, float]:
        """RSS and PSS of all processes together, in MB."""
        rss = pss = 0
        for pid in self.processes():
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                rss += int(line.split()[1]) if line.startswith("Rss:") else 0
                pss += int(line.split()[1]) if line.startswith("Pss:") else 0
        return rss / 1024, pss / 1024

    def stop(self) -> None:
        with suppress(ProcessLookupError):
            for pid in self.processes()[::-1] if self.process.poll() is None else []:
                os.kill(pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def running(name: str, *more: str, port: int = 0, held: socket.socket | None = None) -> Iterator[Running]:
    port = port or free_port()
    command = [sys.executable, __file__, "serve", name, str(port), *more]
    started = time.perf_counter()
    if held:  # as systemd hands over a socket that it keeps: descriptor 3 and two variables
        script = 'exec 3<&"$0"; export LISTEN_FDS=1 LISTEN_PID=$$; exec "$@"'
        command = ["/bin/sh", "-c", script, str(held.fileno()), *command]
    process = subprocess.Popen(
        command,
        pass_fds=[held.fileno()] if held else [],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = Running(process, port, 0)
    try:
        while ask(port, "GET", "/health")[0] != 200:
            if process.poll() is not None:
                raise SystemExit(f"{name} did not start")
            time.sleep(0.005)
        server.seconds = time.perf_counter() - started
        yield server
    finally:
        server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def signed(port: int, target: str, form: Mapping[str, str] = FORM) -> dict[str, str]:
    signature = RequestValidator(DEMO_TOKEN).compute_signature(f"http://127.0.0.1:{port}{target}", dict(form))
    return {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}


def ask(port: int, method: str, target: str, seconds: float = 15, **sent: Any) -> tuple[int, bytes]:
    """Status and body over a new connection; status 0 where there was none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request(method, target, **sent)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException) as error:
        return 0, type(error).__name__.encode()
    finally:
        connection.close()


def post(port: int, target: str = SHOW, seconds: float = 15) -> tuple[int, bytes]:
    return ask(port, "POST", target, seconds, body=urlencode(FORM), headers=signed(port, target))


def raw(port: int, content: bytes) -> str:
    """The status of whatever is sent, byte for byte."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(content)
        try:
            answer = connection.recv(65536)
        except OSError as error:
            return type(error).__name__
    return answer.split(b" ", 2)[1].decode() if answer.startswith(b"HTTP/") else "closed"


# Load.


@dataclass(frozen=True)
class Load:
    name: str
    target: str
    connections: int
    keep: bool
    method: str = "POST"

    def run(self, port: int) -> dict[str, float]:
        lines = [f'wrk.method="{self.method}"']
        if self.method == "POST":
            lines += [f'wrk.headers["{name}"]="{text}"' for name, text in signed(port, self.target).items()]
            lines.append(f'wrk.body="{urlencode(FORM)}"')
        if not self.keep:
            lines.append('wrk.headers["Connection"]="close"')
        with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
            script.write("\n".join(lines) + LUA)
            script.flush()
            url = f"http://127.0.0.1:{port}{self.target}"
            command = ["wrk", "-t1", f"-c{self.connections}", f"-d{SECONDS}s", "-s", script.name, url]
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return dict(json.loads(said.splitlines()[-1]))


def loads() -> list[Load]:
    found = [
        Load(f"{name}, {count} connection{'s' if count > 1 else ''}, {'kept' if keep else 'new each time'}", *rest)
        for name, target in (("show", SHOW), ("keys", KEYS))
        for keep in (True, False)
        for count in (1, 32)
        for rest in [(target, count, keep)]
    ]
    clip = a_clip()
    return [*found, Load("clip, 32 connections, kept", clip, 32, keep=True, method="GET")] if clip else found


@cache
def a_clip() -> str:
    """The address of one clip, if there are clips."""
    helpline = load_helpline(ROOT / "prompts")
    app = create_app(line_of(helpline), read_settings({}, helpline.desks, demo=True))
    page = app.test_client().post(SHOW, data=FORM, headers=signed(8000, SHOW)).text
    return "/audio/" + page.split("/audio/")[1].split("<")[0] if "/audio/" in page else ""


@dataclass
class Figures:
    by: dict[str, dict[str, list[float]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    def add(self, row: str, server: str, figure: float) -> None:
        self.by[row][server].append(figure)

    def median(self, row: str, server: str) -> float:
        return statistics.median(self.by[row][server])

    def cell(self, row: str, server: str, form: str) -> str:
        seen = self.by[row][server]
        return f"{statistics.median(seen):{form}} ({min(seen):{form}}-{max(seen):{form}})"


def measure(rounds: int) -> None:
    rates, figures, cases = Figures(), Figures(), loads()
    lost: dict[str, int] = defaultdict(int)
    for number in range(rounds):
        for name in SERVERS[number % 3 :] + SERVERS[: number % 3]:
            with running(name) as server:
                figures.add("first answer, s", name, server.seconds)
                for what, megabytes in zip(("RSS", "PSS"), server.memory(), strict=True):
                    figures.add(f"{what} of all processes at the start, MB", name, megabytes)
                for case in cases:
                    got = case.run(server.port)
                    rates.add(case.name, name, got["rate"])
                    figures.add(f"p50, {case.name}, ms", name, got["p50"] / 1000)
                    figures.add(f"p99, {case.name}, ms", name, got["p99"] / 1000)
                    lost[name] += int(got["errors"])
                for what, megabytes in zip(("RSS", "PSS"), server.memory(), strict=True):
                    figures.add(f"{what} of all processes after the load, MB", name, megabytes)
    head("requests a second, median of rounds (least-most)", *SERVERS, "granian / gthread")
    for row in rates.by:
        ratio = rates.median(row, "granian") / rates.median(row, "gunicorn gthread")
        print("|", row, "|", *(f"{rates.cell(row, name, '.0f')} |" for name in SERVERS), f"{ratio:.2f} |")
    head("median of rounds (least-most)", *SERVERS)
    for row in figures.by:
        print("|", row, "|", *(f"{figures.cell(row, name, '.2f' if 'MB' not in row else '.0f')} |" for name in SERVERS))
    print("| requests that failed under load |", *(f"{lost[name]} |" for name in SERVERS), flush=True)


def head(*cells: str) -> None:
    print("\n|", " | ".join(cells), "|")
    print("|---" * len(cells) + "|", flush=True)


# What goes wrong in production.


def behave() -> None:
    head("what happens", *SERVERS)
    for row, check in CHECKS.items():
        print("|", row, "|", *(f"{check(name)} |" for name in SERVERS), flush=True)


def stopped_during_a_request(name: str) -> str:
    with running(name) as server:
        kept = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
        kept.request("GET", "/health")
        kept.getresponse().read()
        got: list[tuple[int, bytes]] = []
        caller = threading.Thread(target=lambda: got.append(ask(server.port, "GET", "/bench/slow")))
        caller.start()
        time.sleep(0.7)
        started = time.perf_counter()
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        new = ask(server.port, "GET", "/health", 1)
        try:
            kept.request("GET", "/health")
            late = str(kept.getresponse().status)
        except (OSError, http.client.HTTPException):
            late = "cut"
        kept.close()
        caller.join()
        try:
            status = f"exit status {server.process.wait(12)} after {time.perf_counter() - started:.1f} s"
        except subprocess.TimeoutExpired:
            status = "did not exit in 12 s"
        done = "finished" if got[0][0] == 200 else f"cut ({got[0][1].decode()})"
        return f"in flight: {done}; on an open connection: {late}; new: {new[0] or new[1].decode()}; {status}"


def stopped_with_an_open_connection(name: str) -> str:
    """A proxy keeps idle connections: does the server wait for them?"""
    with running(name) as server, socket.create_connection(("127.0.0.1", server.port)) as idle:
        idle.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        idle.recv(65536)
        started = time.perf_counter()
        server.process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            server.process.wait(15)
            return f"gone after {time.perf_counter() - started:.1f} s"
        return "still there after 15 s"


@contextmanager
def callers(port: int, count: int = 8) -> Iterator[list[tuple[float, str]]]:
    """Asks all the time, on new connections, and gathers what came back: (seconds that it took, status or error)."""
    seen: list[tuple[float, str]] = []
    over = threading.Event()

    def call() -> None:
        while not over.is_set():
            started = time.perf_counter()
            status, body = post(port)
            seen.append((time.perf_counter() - started, str(status) if status else body.decode()))
            time.sleep(0.01)

    threads = [threading.Thread(target=call) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        over.set()
        for thread in threads:
            thread.join()


def told(seen: list[tuple[float, str]]) -> str:
    failed = [status for _, status in seen if status != "200"]
    kinds = ", ".join(f"{failed.count(kind)} {kind}" for kind in sorted(set(failed)))
    return f"{len(failed)} of {len(seen)} lost{f' ({kinds})' if kinds else ''}, slowest {max(seen)[0]:.2f} s"


def worker_killed(name: str, *more: str, times: int = 4) -> str:
    back = []
    with running(name, *more) as server:
        time.sleep(6)  # granian: a second death within 5.5 s is a crash loop
        with callers(server.port) as seen:
            for _ in range(times):
                time.sleep(0.5)
                before = set(server.processes())
                victim = max(before - {server.process.pid})
                os.kill(victim, signal.SIGKILL)
                started = time.perf_counter()
                while time.perf_counter() - started < 6:
                    status, body = ask(server.port, "GET", "/bench/who", 1)
                    if status == 200 and json.loads(body)["pid"] not in before:
                        back.append(time.perf_counter() - started)
                        break
                    if server.process.poll() is not None:
                        break
                if server.process.poll() is not None:
                    break
                time.sleep(6.5)
        if server.process.poll() is not None:
            return f"the whole server ends with status {server.process.returncode}; {told(seen)}"
    after = f", answering after {statistics.median(back):.2f} s" if back else ""
    return f"{len(back)} of {times} restarted{after}; {told(seen)}"


def crash_loop(name: str) -> str:
    with running(name) as server:
        for _ in range(3):
            time.sleep(1.5)
            if server.process.poll() is None:
                os.kill(max(server.processes()), signal.SIGKILL)
        time.sleep(1.5)
        return "goes on" if server.process.poll() is None else "the whole server ends"


def replaced(name: str, held: socket.socket | None = None) -> str:
    """A deploy as it is done by hand: stop the old one, start the new one."""
    port = held.getsockname()[1] if held else free_port()
    with ExitStack() as servers:
        old = servers.enter_context(running(name, port=port, held=held))
        with callers(port, 2) as seen:
            time.sleep(0.5)
            old.process.send_signal(signal.SIGTERM)
            old.process.wait(30)
            servers.enter_context(running(name, port=port, held=held))
            time.sleep(0.5)
    return told(seen)


def replaced_behind_a_held_socket(name: str) -> str:
    """A deploy under a process manager that keeps the listening socket, as systemd does."""
    if name == "granian":
        return "not possible: takes no open socket"
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen(128)
        return replaced(name, held)


def replaced_with_overlap(name: str) -> str:
    """A deploy that starts the new one on the same port and stops the old one afterwards (SO_REUSEPORT)."""
    if name != "granian":
        return "not tried"
    with ExitStack() as servers:
        old = servers.enter_context(running(name))
        with callers(old.port, 2) as seen:
            time.sleep(0.5)
            servers.enter_context(running(name, port=old.port))
            time.sleep(1.5)
            old.process.send_signal(signal.SIGTERM)
            old.process.wait(30)
            time.sleep(0.5)
    return told(seen)


def slow_clients(kind: str, count: int = 200) -> Callable[[str], str]:
    """How long do 8 callers wait while others dribble? 15 s and more is a lost call."""
    start = {
        "silent": b"",
        "headers": b"POST /voice HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        "body": b"POST /voice HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: 60000\r\n\r\n",
    }[kind]

    def check(name: str) -> str:
        with running(name) as server:
            slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(count)]
            over = threading.Event()

            def dribble() -> None:
                while not over.wait(0.5):
                    for connection in slow:
                        with suppress(OSError):
                            connection.sendall(b"a" if kind != "silent" else b"")

            for connection in slow:
                connection.sendall(start)
            thread = threading.Thread(target=dribble)
            thread.start()
            time.sleep(0.5)
            with callers(server.port, 8) as seen:
                time.sleep(1)
            over.set()
            thread.join()
            for connection in slow:
                connection.close()
        return told(seen)

    return check


def clients_that_stay(name: str) -> str:
    """Clients that ask for `Connection: close`, read the answer and leave the connection open."""
    with running(name) as server, ExitStack() as open_ones:
        over = threading.Event()

        def stay() -> None:
            while not over.wait(0.1):
                connection = open_ones.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=15))
                connection.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                with suppress(OSError):
                    connection.recv(65536)

        threads = [threading.Thread(target=stay) for _ in range(4)]
        for thread in threads:
            thread.start()
        with callers(server.port, 2) as seen:
            time.sleep(5)
        over.set()
        for thread in threads:
            thread.join()
    return told(seen)


def target_kept(name: str) -> str:
    target = "/bench/a%2Fb%20c%E3%81%82?x=%7E&y=a+b"
    with running(name) as server:
        told = json.loads(ask(server.port, "GET", target)[1])
        seen = {key: told.get(key) for key in ("RAW_URI", "REQUEST_URI", "PATH_INFO", "QUERY_STRING")}
        targets = (f"{SHOW}?t=1&h=a,b", f"{SHOW}?h=a%2Cb&o=x%7ey", "/voice/en/paper%73/show", "/voice//en/papers/show")
        signs = ", ".join(f"`{target}` {post(server.port, target)[0]}" for target in targets)
    return f"`{json.dumps(seen)}`; signed: {signs}"


def malformed(name: str) -> str:
    ok = b"Host: x\r\n"
    length = b"Content-Length: "
    requests = {
        "a second, other Content-Length": b"POST /health HTTP/1.1\r\n%s%s3\r\n%s4\r\n\r\nabcd" % (ok, length, length),
        "a second, same Content-Length": b"POST /health HTTP/1.1\r\n%s%s3\r\n%s3\r\n\r\nabc" % (ok, length, length),
        "Content-Length and chunked": b"POST /health HTTP/1.1\r\n%s%s3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        % (ok, length),
        "space before the colon": b"GET /health HTTP/1.1\r\n%sX-A : b\r\n\r\n" % ok,
        "NUL in a value": b"GET /health HTTP/1.1\r\n%sX-A: b\0c\r\n\r\n" % ok,
        "folded header": b"GET /health HTTP/1.1\r\n%sX-A: b\r\n c\r\n\r\n" % ok,
        "line feeds alone": b"GET /health HTTP/1.1\nHost: x\n\n",
        "no Host": b"GET /health HTTP/1.1\r\n\r\n",
        "two Hosts": b"GET /health HTTP/1.1\r\n%sHost: y\r\n\r\n" % ok,
        "a header of 20 kB": b"GET /health HTTP/1.1\r\n%sX-A: %s\r\n\r\n" % (ok, b"a" * 20000),
        "200 headers": b"GET /health HTTP/1.1\r\n%s%s\r\n" % (ok, b"".join(b"X-%d: a\r\n" % n for n in range(200))),
    }
    with running(name) as server:
        answers = [f"{what} {raw(server.port, content)}" for what, content in requests.items()]
        twice = b"GET /bench/x HTTP/1.1\r\n%sConnection: close\r\nX-Twilio-Signature: a\r\n%s\r\n" % (
            ok,
            b"X-Twilio-Signature: b\r\nX_Twilio_Signature: c\r\n",
        )
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
            connection.sendall(twice)
            got = b"".join(iter(lambda: connection.recv(65536), b""))
        signature = json.loads(got.split(b"\r\n\r\n", 1)[1]).get("HTTP_X_TWILIO_SIGNATURE") if b"200" in got else "-"
    return "; ".join([*answers, f"signatures `a`, `b` and with underscores `c`: `{signature}`"])


def beats(name: str) -> str:
    with running(name) as server:
        who = [json.loads(ask(server.port, "GET", "/bench/who")[1]) for _ in range(400)]
    return f"runs in {len({one['pid'] for one in who if one['beats']})} of {len({one['pid'] for one in who})}"


CHECKS: dict[str, Callable[[str], str]] = {
    "SIGTERM with a request of 3 s in flight": stopped_during_a_request,
    "SIGTERM with an idle open connection": stopped_with_an_open_connection,
    "a worker killed, four times, with 8 callers": worker_killed,
    "the same, with the server's defaults": lambda name: (
        worker_killed(name, "as-it-comes", times=1) if name == "granian" else "the same"
    ),
    "a worker killed every 1.5 s, three times": crash_loop,
    "stopped, then started, with 2 callers": replaced,
    "the same, behind a held socket": replaced_behind_a_held_socket,
    "new one started first, then the old one stopped": replaced_with_overlap,
    "200 clients that connect and are silent": slow_clients("silent"),
    "200 clients that dribble headers": slow_clients("headers"),
    "200 clients that dribble a body": slow_clients("body"),
    "4 clients that never hang up first": clients_that_stay,
    "a thread started after the fork": beats,
    "the request target": target_kept,
    "malformed requests": malformed,
}


def main() -> None:
    if sys.argv[1:2] == ["serve"]:
        serve(sys.argv[2], int(sys.argv[3]), respawn="as-it-comes" not in sys.argv)
        return
    print(f"gunicorn {version('gunicorn')}, granian {version('granian')}, Python {sys.version.split()[0]}", end=", ")
    print(f"{os.cpu_count()} cores, {time.strftime('%Y-%m-%d')}, {PROCESSES} processes of {THREADS} threads")
    rounds = int(sys.argv[1]) if sys.argv[1:] else 5
    if rounds:
        measure(rounds)
    behave()


if __name__ == "__main__":
    main()
