"""`ivr serve` as the public meets it, two workers on a socket that outlives them, to be killed, stopped and starved."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import requests

from ivr.phone import Call
from tests.cast import LINE, NUMBERS, ROOT, TOKEN
from tests.console.staff import PASSWORD
from tests.counts.line import sqlite_url
from tests.faults.network import Network
from tests.test_serve import IVR, PATIENCE, environment

# As systemd hands over a socket that it keeps (deploy/ivr.socket): descriptor 3 and two variables.
HANDED = 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@" 3<&{}'


def until(what: Callable[[], object], patience: float = PATIENCE) -> None:
    deadline = monotonic() + patience
    while not what():
        assert monotonic() < deadline, "it never happened"
        sleep(0.01)


class Server:
    """Its socket is ours, so that it can be stopped and started again; `url` is its public address."""

    def __init__(self, folder: Path, helpline: Path = ROOT / "prompts", **settings: str) -> None:
        self.door = socket.create_server(("127.0.0.1", 0), backlog=2048)
        self.port = self.door.getsockname()[1]
        self.at = f"http://127.0.0.1:{self.port}"
        self.helpline, self.log = helpline, folder / "log"
        staff = {"CONSOLE_PASSWORD": PASSWORD, "SECRET_KEY": "s" * 32}
        own = {"TWILIO_AUTH_TOKEN": TOKEN, "PUBLIC_URL": self.at, "DATABASE_URL": sqlite_url(folder), "CALLER_ID": LINE}
        self.settings = {**own, **NUMBERS, **staff, **settings}
        self.url = self.settings["PUBLIC_URL"]
        self.killed: set[int] = set()

    def start(self) -> Server:
        """Returns at once; whoever calls meanwhile waits at the door."""
        handed = HANDED.format(self.door.fileno())
        command = ["bash", "-c", handed, "bash", *IVR, "--helpline", str(self.helpline), "serve"]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment(**self.settings), stderr=log, pass_fds=[self.door.fileno()]
            )
        return self

    def __enter__(self) -> Server:
        return self.start()

    def __exit__(self, *_raised) -> None:
        if self.process.poll() is None:
            self.kill()
        self.door.close()

    def until_ready(self) -> Server:
        """And the workers that were killed before are gone, and others in their place."""
        until(lambda: not self.killed & {*self.workers()})
        assert requests.get(f"{self.at}/ready", timeout=PATIENCE).ok
        return self

    def workers(self) -> list[int]:
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in path.read_text().split()]

    def accepts(self) -> bool:
        """Whether a worker looks at the door, which is descriptor 3: one that was told to stop does no more."""
        watched = [each for pid in self.workers() for each in Path(f"/proc/{pid}/fdinfo").iterdir()]
        return any(re.search(r"^tfd: *3 ", _read(each), re.M) for each in watched)

    def kill_workers(self) -> None:
        self.killed = {*self.workers()}
        for worker in self.killed:
            os.kill(worker, signal.SIGKILL)

    def kill(self) -> None:
        """All of it at once, and nobody keeps its socket."""
        self.door.close()
        for pid in (self.process.pid, *self.workers()):
            os.kill(pid, signal.SIGKILL)
        self.process.wait(PATIENCE)
        until(self.refuses)

    def refuses(self) -> bool:
        """Whether the last process that held its socket is gone."""
        with socket.socket() as knocking:
            return knocking.connect_ex(("127.0.0.1", self.port)) != 0

    def let_write(self, most: int) -> None:
        """How large a file may become that a process of it writes to: 0 is a full disk."""
        for pid in (self.process.pid, *self.workers()):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    def logged(self, message: str) -> list[str]:
        """Lines of the log that have it."""
        lines = [json.loads(line)["message"] for line in self.log.read_text().splitlines() if line.startswith("{")]
        return [line for line in lines if message in line]

    def has_taken(self, port: int) -> bool:
        """Whether a worker holds the connection from there: one that waits at the door belongs to no process yet."""
        for row in Path("/proc/net/tcp").read_text().splitlines()[1:]:
            _, local, remote, *_more, inode = row.split()[:10]
            if local.endswith(f":{self.port:04X}") and remote.endswith(f":{port:04X}"):
                return inode != "0"
        return False

    def call(self, keys: str = "", network: Network | None = None, **phone) -> Call:
        """By a telephone that keeps Twilio's rules, but goes to the fallback where Twilio would."""
        phone = {"token": TOKEN, "to": LINE, "strict": False, "portable": True, **phone}
        fallback = f"{self.url}/voice/fallback"
        made = Call(network or Network(), f"{self.url}/voice", fallback_url=fallback, **phone).start()
        for group in keys.split():
            made.press(group)
        return made


def _read(path: Path) -> str:
    """Nothing of what is gone meanwhile."""
    try:
        return path.read_text()
    except OSError:
        return ""
