"""The way between the line and PostgreSQL, which can go silent: nothing arrives any more, and nothing breaks."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Event, Thread

MOST = 65536


class Wire:
    """A port of this machine that leads to a socket of PostgreSQL's. What is sent arrives while it is `open`."""

    def __init__(self, path: str) -> None:
        self.path, self.open = path, Event()
        self.open.set()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self._ends: list[socket.socket] = []
        self._threads = [Thread(target=self._accept)]

    def __enter__(self) -> Wire:
        self._threads[0].start()
        return self

    def __exit__(self, *_raised) -> None:
        self.open.set()
        self._door.shutdown(socket.SHUT_RDWR)
        self._threads[0].join()
        for end in self._ends:
            _end(end)
        for thread in self._threads:
            thread.join()
        for end in (self._door, *self._ends):
            end.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, far = self._door.accept()[0], socket.socket(socket.AF_UNIX)
                self._ends += [near, far]
                far.connect(self.path)
                for source, target in ((near, far), (far, near)):
                    self._threads.append(Thread(target=self._carry, args=(source, target)))
                    self._threads[-1].start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(MOST):
                self.open.wait()
                target.sendall(data)
        _end(target)


def _end(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
