"""`ivr serve` as the public meets it, two workers on a socket that outlives them, to be killed and starved."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from ivr.simulator import Call
from tests import served
from tests.cast import LINE, NUMBERS, ROOT, TOKEN
from tests.database.line import sqlite_url
from tests.faults.network import Network
from tests.served import PATIENCE, until
from tests.staff import STAFF


class Server(served.Server):
    """On a socket that is ours, with a database in `folder`."""

    def __init__(self, folder: Path, helpline: Path = ROOT / "prompts", **settings: str) -> None:
        self.helpline = helpline
        own = {"TWILIO_AUTH_TOKEN": TOKEN, "DATABASE_URL": sqlite_url(folder), "CALLER_ID": LINE, **NUMBERS, **STAFF}
        door = socket.create_server(("127.0.0.1", 0), backlog=2048)
        super().__init__(door=door, **{**own, "IVR_HELPLINE": str(helpline), **settings})

    def __exit__(self, *raised: object) -> None:
        if self.process.poll() is None:
            self.kill()
        self.door.close()
        super().__exit__(*raised)

    def accepts(self) -> bool:
        """Whether a worker looks at the door, which is descriptor 3: one that was told to stop does no more."""
        watched = [each for pid in self.workers() for each in Path(f"/proc/{pid}/fdinfo").iterdir()]
        return any(re.search(r"^tfd: *3 ", _read(each), re.M) for each in watched)

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
        lines = [json.loads(line)["message"] for line in self.written().splitlines() if line.startswith("{")]
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
        fallback = f"{self.url}/voice/fallback"
        return super().call(keys, network or Network(), strict=False, fallback_url=fallback, **phone)


def _read(path: Path) -> str:
    """Nothing of what is gone meanwhile."""
    try:
        return path.read_text()
    except OSError:
        return ""


@contextmanager
def hammering(crowd: Any, enough: int) -> Iterator[Any]:
    """A crowd that runs beside the test until it ends; it begins once so many of its requests were answered."""
    thread = Thread(target=crowd.run)
    thread.start()
    try:
        until(lambda: crowd.answers.total() >= enough)
        yield crowd
    finally:
        crowd.stopped.set()
        thread.join()
