"""A real nginx with deploy/nginx.conf: only ports, folders, the name and the certificate are a test's own."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
from contextlib import closing
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Self

from ivr.simulator import Response
from tests.cast import ROOT
from tests.missing import do_without
from tests.served import PATIENCE, free_port, until

TRUSTED = "ivr.simulator.http_transport._trusted"  # whose certificates the telephone believes
CONF = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
NAME = "localhost"
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
ANY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
ANY.check_hostname, ANY.verify_mode = False, ssl.CERT_NONE
FORM = "application/x-www-form-urlencoded"


class Nginx:
    """In front of what listens at `port`; its files are in `folder`."""

    def __init__(self, folder: Path, port: int, conf: str = CONF) -> None:
        self.folder, self.http, self.https = folder, free_port(), free_port()
        self.url = f"https://{NAME}:{self.https}"
        self.program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        self.conf = self._rewritten(conf, port)

    def _rewritten(self, conf: str, port: int) -> str:
        own = "".join(f"{each}_temp_path {self.folder}/{each};\n" for each in TEMPORARY)
        for old, new in (
            (r"user www-data;", "user root;" if os.getuid() == 0 else ""),
            (r"worker_processes auto;", "worker_processes 1;"),  # as on a machine with one core
            (r"/run/nginx\.pid", f"{self.folder}/pid"),
            (r"/var/log/nginx/error\.log", f"{self.folder}/log"),
            (r"/var/www/html", f"{self.folder}"),
            (r"/etc/letsencrypt/live/[^/]+", f"{self.folder}"),
            (r"line\.example\.org", NAME),
            (r"listen \[::\]:.*;", ""),  # a machine of tests may have no IPv6
            (r"listen 80\b", f"listen 127.0.0.1:{self.http}"),
            (r"listen 443\b", f"listen 127.0.0.1:{self.https}"),
            (r"127\.0\.0\.1:8000", f"127.0.0.1:{port}"),
            (r"http \{", f"http {{\n{own}"),
        ):
            conf, times = re.subn(old, new, conf)
            assert times, old
        return conf

    def __enter__(self) -> Self:
        if self.program is None or shutil.which("openssl") is None:
            do_without(
                "nginx or openssl isn't installed (apt install nginx-light openssl): what stands before the line"
            )
        self._make_certificate()
        (self.folder / "conf").write_text(self.conf, "utf-8")
        command = [self.program, "-c", f"{self.folder}/conf", "-p", f"{self.folder}", "-g", "daemon off;"]
        self.process = subprocess.Popen([*command, "-e", f"{self.folder}/log"], stderr=subprocess.DEVNULL)
        until(self._is_up)
        return self

    def __exit__(self, *_raised: object) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)

    def _make_certificate(self) -> None:
        where = ["-keyout", f"{self.folder}/privkey.pem", "-out", f"{self.folder}/fullchain.pem"]
        kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3650"]
        names = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
        subprocess.run(["openssl", "req", "-x509", *kind, *where, *names], check=True, capture_output=True)

    def _is_up(self) -> bool:
        assert self.process.poll() is None, self.written()
        with socket.socket() as knocking:
            return knocking.connect_ex(("127.0.0.1", self.https)) == 0

    def written(self) -> str:
        """All that it has logged, wherever it was told to."""
        return "".join(each.read_text() for each in self.folder.glob("*log"))

    def trusting(self) -> ssl.SSLContext:
        """What believes this nginx's certificate and no other."""
        return ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))

    def connected(self, address: str = "127.0.0.1", name: str | None = NAME) -> ssl.SSLSocket:
        """A stranger's connection from this address, who wants the certificate of `name` and believes any."""
        line = socket.create_connection(("127.0.0.1", self.https), PATIENCE, (address, 0))
        return ANY.wrap_socket(line, server_hostname=name)

    def ask(self, method: str, path: str, body: bytes = b"", *, address: str = "127.0.0.1", **headers: str) -> Response:
        """What is answered; status 0 is a connection that was closed without an answer."""
        sent = {"Host": NAME, "Content-Type": FORM, "Content-Length": str(len(body)), "Connection": "close", **headers}
        with closing(self.connected(address)) as line:
            line.sendall(head(method, path, **sent) + body)
            return answer_on(line, method)


def head(method: str, path: str, **headers: str) -> bytes:
    fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{method} {path} HTTP/1.1\r\n{fields}\r\n".encode()


def answer_on(line: socket.socket, method: str = "GET") -> Response:
    """The answer that arrives there; status 0 is the end of the connection. Silence is an error."""
    answer = HTTPResponse(line, method=method)
    try:
        answer.begin()
        with answer:
            return Response(answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read())
    except (HTTPException, ConnectionError, ssl.SSLEOFError):
        return Response(0, {}, b"")
