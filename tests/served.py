"""`ivr serve` in a process of its own, met over real HTTP: started, waited for, called, killed and stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import monotonic, sleep
from typing import Self

import requests

from ivr.config import DEMO_TOKEN
from ivr.simulator import Call, HttpTransport, Response, Transport
from tests.cast import LINE, ROOT

IVR = [sys.executable, "-c", "from ivr.cli.main import main; main()"]
PATIENCE = 30  # seconds
# As systemd hands over a socket that it keeps (deploy/ivr.socket): descriptor 3 and two variables.
HANDED = 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@" 3<&{}'


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def until(what: Callable[[], object]) -> None:
    deadline = monotonic() + PATIENCE
    while not what():
        assert monotonic() < deadline, "it never happened"
        sleep(0.01)


def environment(**settings: str) -> dict[str, str]:
    """These, and nothing else that could be set on this machine; commands are not polite to each other."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "PYTHONPATH": f"{ROOT}:{ROOT}/tests/impatient", **settings}


def run_ivr(*words: str, door: socket.socket | None = None, cwd: Path = ROOT, log=None, **settings: str):
    """The command in a process of its own; a server takes calls at `door`, if it is handed one. `log` takes all that it
    writes.
    """
    handed = ["bash", "-c", HANDED.format(door.fileno()), "bash"] if door else []
    return subprocess.Popen(
        [*handed, *IVR, *words],
        cwd=cwd,
        env=environment(**settings),
        stdout=log,
        stderr=log or subprocess.DEVNULL,
        pass_fds=[door.fileno()] if door else [],
    )


class ToTheLine:
    """A proxy that ends TLS: what is asked of the public address `url` is asked of the line's own, `at`."""

    def __init__(self, url: str, at: str) -> None:
        self.url, self.at, self.network = url, at, HttpTransport()

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Response:
        return self.network.send(method, url.replace(self.url, self.at, 1), headers, body)


class Server:
    """On a port of its own, where it can be stopped and started again; `at` is where it is, `url` what it is called."""

    def __init__(
        self, *options: str, door: socket.socket | None = None, log: int | None = None, **settings: str
    ) -> None:
        """`log` is a descriptor that takes its log instead of a file."""
        self.options, self.door, self.log_to = options, door, log
        self.port = door.getsockname()[1] if door else free_port()
        self.at = f"http://127.0.0.1:{self.port}"
        self.settings = {"PORT": str(self.port), "PUBLIC_URL": self.at, **settings}
        self.url = self.settings["PUBLIC_URL"]
        self.killed: set[int] = set()

    def __enter__(self) -> Self:
        self.log = NamedTemporaryFile("a")
        return self.start()

    def __exit__(self, *_raised: object) -> None:
        if self.process.poll() is None:
            self.stop()
        self.log.close()

    def start(self) -> Self:
        """Returns at once."""
        self.process = run_ivr("serve", *self.options, door=self.door, log=self.log_to or self.log, **self.settings)
        return self

    def stop(self) -> str:
        """As it is told to by its operator; what it has written."""
        self.process.terminate()
        self.process.wait(PATIENCE)
        return self.written()

    def written(self) -> str:
        return Path(self.log.name).read_text()

    def until_ready(self) -> Self:
        """And the workers that were killed before are gone, and others in their place."""
        until(lambda: not self.killed & {*self.workers()})
        until(self.is_ready)
        return self

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.written()
        try:
            return requests.get(f"{self.at}/ready", timeout=PATIENCE).ok
        except requests.ConnectionError:
            return False

    def workers(self) -> list[int]:
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in path.read_text().split()]

    def kill_workers(self) -> None:
        self.killed = {*self.workers()}
        for worker in self.killed:
            os.kill(worker, signal.SIGKILL)

    def call(self, keys: str = "", network: Transport | None = None, **phone) -> Call:
        """A call in which these groups of keys are pressed."""
        phone = {"token": self.settings.get("TWILIO_AUTH_TOKEN", DEMO_TOKEN), "to": LINE, "portable": True, **phone}
        made = Call(network or ToTheLine(self.url, self.at), f"{self.url}/voice", **phone).start()
        for group in keys.split():
            made.press(group)
        return made
