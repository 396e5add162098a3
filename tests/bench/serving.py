"""Servers in processes of their own, and wrk.  python -m tests.bench.serving NAME  serves one of them."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from ivr.cli.server import Server, server_options
from ivr.config import read_settings
from ivr.simulator import sign
from ivr.simulator.transport import WsgiApp
from tests.bench.floor import DOCUMENT, floor
from tests.bench.running import Running, ask, free_port
from tests.bench.webhooks import CALL, KEY, ROOT, STAFF, TOKEN

IVR = "from ivr.cli.main import main; main()"
DESKS = {"cinga": "+999502220001", "fresc": "+999502220002"}
WORKERS = 2
TICK = os.sysconf("SC_CLK_TCK")
NO_WRK = "wrk is missing (on Debian: apt install wrk)"
LUA = """
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format('{"rate":%f,"p50":%f,"p99":%f,"errors":%d}\\n', summary.requests / summary.duration * 1e6,
    latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
"""
NO_SAMPLE = "SAMPLE does not name Twilio's sample"


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def sample() -> Path | None:
    """The file of Twilio's sample app, where there is one."""
    path = Path(os.environ.get("SAMPLE") or "/no-sample")
    return path if path.is_file() else None


@dataclass(frozen=True, eq=False)
class Target:
    """A server and the request that is sent to it: a key in a menu, with the cookie of a call that it has answered.

    `ready` is what it answers when it is there.
    """

    name: str
    path: str
    form: Mapping[str, str]
    ready: tuple[str, str] = ("GET", "/health")

    def headers(self, port: int) -> dict[str, str]:
        """Of the request; Twilio sends cookies back."""
        url = f"http://127.0.0.1:{port}{self.path}"
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        signed = {**form, "X-Twilio-Signature": sign(TOKEN, url, CALL)}
        with urlopen(Request(url, urlencode(CALL).encode(), signed)) as answer:
            cookie = answer.headers.get("Set-Cookie", "").partition(";")[0]
        signature = {"X-Twilio-Signature": sign(TOKEN, url, self.form)}
        return {**form, **signature, **({"Cookie": cookie} if cookie else {})}

    @contextmanager
    def running(self, folder: Path) -> Iterator[Running]:
        """Started, until it answers and all workers are there; its database lies in `folder`."""
        port = free_port()
        ours = [sys.executable, "-c", IVR, "serve"]
        command = ours if self.name == "line" else [sys.executable, "-m", "tests.bench.serving", self.name]
        process = subprocess.Popen(
            command, cwd=ROOT, env=_environ(port, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        server, begun = Running(process, port), time.perf_counter()
        try:
            while ask(port, *self.ready)[0] != 200:
                if process.poll() is not None:
                    raise SystemExit(f"{self.name} did not start")
                time.sleep(0.005)
            server.seconds, server.cpu_seconds = time.perf_counter() - begun, cpu_seconds(server)
            while len(server.processes()) <= WORKERS:
                time.sleep(0.005)
            yield server
        finally:
            server.stop()

    def load(self, port: int, connections: int, seconds: int) -> dict[str, float]:
        """What wrk saw: `rate` a second, `p50` and `p99` in ms, and `errors`."""
        url = f"http://127.0.0.1:{port}{self.path}"
        lines = ['wrk.method="POST"', f"wrk.body={json.dumps(urlencode(self.form))}"]
        lines += [f'wrk.headers["{name}"]="{text}"' for name, text in self.headers(port).items()]
        with NamedTemporaryFile("w", suffix=".lua") as script:
            script.write("\n".join(lines) + LUA)
            script.flush()
            command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", script.name, url]
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        seen: dict[str, float] = json.loads(said.splitlines()[-1])
        return {**seen, "p50": seen["p50"] / 1000, "p99": seen["p99"] / 1000}


LINE = Target("line", "/voice/en/papers/keys", {**KEY, "Digits": "1"})
FLOOR = Target("floor", LINE.path, LINE.form)
SAMPLE = Target("sample", "/webhook", {**KEY, "Digits": "3"}, ready=("POST", "/webhook"))
BARE = Target("gunicorn alone", LINE.path, LINE.form)


def cpu_seconds(server: Running) -> float:
    """Of all its processes, user and system."""
    fields = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in server.processes())
    return sum(int(stat[11]) + int(stat[12]) for stat in fields) / TICK


def worker_megabytes(server: Running) -> float:
    """Proportional memory of the largest worker: what it shares is counted in parts."""
    return max(_pss(pid) for pid in server.processes()[1:])


def _pss(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _environ(port: int, folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TWILIO_AUTH_TOKEN": TOKEN,
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "WEB_CONCURRENCY": str(WORKERS),
        "DATABASE_URL": f"sqlite:///{folder / 'line.db'}",
        **{f"{desk.upper()}_PHONE": number for desk, number in DESKS.items()},
        **STAFF,
    }


def bare(_environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    """Nothing but the server: it reads no request."""
    start("200 OK", [("Content-Type", "text/xml"), ("Content-Length", str(len(DOCUMENT)))])
    return [DOCUMENT.encode()]


def _app(name: str, public_url: str) -> WsgiApp:
    if name == BARE.name:
        return bare
    if name == "floor":
        return floor(TOKEN, public_url)
    path = sample()
    spec = importlib.util.spec_from_file_location("sample", path) if path else None
    if spec is None or spec.loader is None:
        raise SystemExit(NO_SAMPLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    app: WsgiApp = module.app
    return app


def _serve(name: str) -> None:
    """Behind the same gunicorn, with the line's own options."""
    settings = read_settings(os.environ, list(DESKS))
    Server(_app(name, settings.public_url), server_options(settings)).run()


if __name__ == "__main__":
    _serve(sys.argv[1])
