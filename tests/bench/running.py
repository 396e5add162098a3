"""A server in a process of its own."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass
class Running:
    """`seconds` of clock and of CPU went by from the start of the process to the first answer."""

    process: subprocess.Popen[bytes]
    port: int
    seconds: float = 0
    cpu_seconds: float = 0

    def processes(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def stop(self) -> None:
        with suppress(ProcessLookupError):
            for pid in self.processes()[::-1] if self.process.poll() is None else []:
                os.kill(pid, signal.SIGKILL)
        self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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
