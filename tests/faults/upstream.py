"""What a worker may do to a request, one connection after another, in place of a line."""

from __future__ import annotations

import socket
from threading import Thread
from typing import Self

from tests.served import until

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nsaid"


class Upstream:
    """Treats its connections as `does` says, in turn: a request is met by silence, by the end, or by these bytes."""

    def __init__(self, *does: bytes | None) -> None:
        self.does, self.requests, self.silent = [*does], [], []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.thread = Thread(target=self._take, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self.door.shutdown(socket.SHUT_RDWR)
        self.thread.join()
        for each in (self.door, *self.silent):
            each.close()

    def until_done(self) -> None:
        """Whoever asked has hung up, each time."""
        until(lambda: not self.does)

    def _take(self) -> None:
        while True:
            try:
                line, _ = self.door.accept()
            except OSError:
                return
            self.requests.append(_whole(line))
            self._treat(line, self.does[0])
            self.does.pop(0)

    def _treat(self, line: socket.socket, does: bytes | None) -> None:
        if does is None:
            self.silent.append(line)
            return
        line.sendall(does)
        line.shutdown(socket.SHUT_WR)
        line.recv(1)
        line.close()


def _whole(line: socket.socket) -> bytes:
    """A request with a body of the length that it says."""
    stream = line.makefile("rb")
    lines = list(iter(stream.readline, b"\r\n"))
    length = next((int(each.split()[1]) for each in lines if each.lower().startswith(b"content-length:")), 0)
    return b"".join(lines) + b"\r\n" + stream.read(length)
