"""A way to PostgreSQL that is cut in the very moment of a commit."""

from __future__ import annotations

import shutil
import socket
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

NAME = ".s.PGSQL.5432"


class CuttingProxy:
    """Passes everything on; once `cut` is set, it loses the next connection before or after its COMMIT arrived."""

    def __init__(self, real: Path) -> None:
        self.real = real
        self.folder = Path(tempfile.mkdtemp(prefix="cut"))
        self.cut = ""
        self.cuts = 0
        self._silenced: socket.socket | None = None
        self._answered = Event()
        self._listening = socket.socket(socket.AF_UNIX)
        self._threads: list[Thread] = []
        self._sockets = [self._listening]

    def __enter__(self) -> CuttingProxy:
        self._listening.bind(str(self.folder / NAME))
        self._listening.listen()
        self._spawn(self._accept)
        return self

    def __exit__(self, *_raised) -> None:
        for each in self._sockets:
            _end(each)
        for thread in self._threads:
            thread.join()
        for each in self._sockets:
            each.close()
        shutil.rmtree(self.folder)

    def _spawn(self, run, *args) -> None:
        thread = Thread(target=run, args=args)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            self._sockets += [client, server]
            server.connect(str(self.real / NAME))
            self._spawn(self._up, client, server)
            self._spawn(self._down, client, server)

    def _up(self, client: socket.socket, server: socket.socket) -> None:
        while data := _read(client):
            if self.cut and b"COMMIT" in data:
                self._cut(server, data)
                break
            if not _send(server, data):
                break
        _end(client)
        _end(server)

    def _cut(self, server: socket.socket, commit: bytes) -> None:
        """Before the server knows of it, or after it has answered."""
        after, self.cut = self.cut.startswith("after"), ""
        self.cuts += 1
        if after:
            self._silenced = server
            _send(server, commit)
            assert self._answered.wait(10)

    def _down(self, client: socket.socket, server: socket.socket) -> None:
        while data := _read(server):
            if server is self._silenced:
                self._answered.set()
            elif not _send(client, data):
                break


def _send(to: socket.socket, data: bytes) -> bool:
    try:
        to.sendall(data)
    except OSError:
        return False
    return True


def _read(source: socket.socket) -> bytes:
    try:
        return source.recv(65536)
    except OSError:
        return b""


def _end(ended: socket.socket) -> None:
    with suppress(OSError):
        ended.shutdown(socket.SHUT_RDWR)
