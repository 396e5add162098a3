"""Gunicorn with the line in it; the only module that imports gunicorn."""

from __future__ import annotations

import gc
import logging
import os
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from socket import gethostname
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import click
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config
from gunicorn.glogging import Logger

from ivr.audio.line import Line
from ivr.cli.editions import ServedLine, first_edition, line_with
from ivr.config import Settings
from ivr.database.database_thread import DatabaseThread
from ivr.database.edition_file import edition_file
from ivr.database.in_force import worker_at
from ivr.web.bulkhead import Bulkhead

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)

THREADS = 9
MEMORY = "/dev/shm"  # noqa: S108 - only the time at which a worker was last alive is kept there


def serve(line: Line, settings: Settings) -> None:
    """Answers calls until it is told to stop. A demo without a database leaves nothing behind."""
    options = server_options(settings)
    if not settings.host and "LISTEN_FDS" not in os.environ:  # with a socket of systemd's, its unit says where
        log.warning(
            "HOST is empty, so port %d is open to every network of this machine; behind a proxy on the same machine "
            "right would be HOST=127.0.0.1",
            settings.port,
        )
    if not settings.database_url:
        database = Path(mkdtemp(prefix="ivr-demo-"))
        settings = replace(settings, database_url=f"sqlite:///{database}/ivr.db")
        options["on_exit"] = lambda _server: rmtree(database, ignore_errors=True)
        file = database / "edition.json"
    else:
        file = edition_file(line.helpline.database_file)
    # Heroku's machines have another name each time.
    place = os.environ.get("DYNO") or f"{gethostname()}:{settings.port}"
    thread = DatabaseThread(line.helpline, settings.database_url, settings.counts_kept_days, worker=worker_at(place))
    served = ServedLine(
        *line_with(line, first_edition(settings, line.helpline.about.name, file), settings), settings, thread, file
    )
    if settings.demo:
        click.echo(f"Call the line in your browser: {settings.public_url}/phone")
        click.echo(f"or from another terminal: .venv/bin/ivr call {settings.public_url}/voice")
    gc.freeze()  # what all workers share is never looked through, so that its memory stays shared
    gc.enable()
    Server(Bulkhead(served), {**options, **_hooks(served, thread)}).run()


def server_options(settings: Settings) -> dict[str, Any]:
    """Gunicorn's settings (docs/server.md); it keeps no access log, so that nothing of a call is written down."""
    host = settings.host or "0.0.0.0"  # noqa: S104 - a start says so, and a proxy is in front
    return {
        "bind": f"[{host}]:{settings.port}" if ":" in host else f"{host}:{settings.port}",
        "workers": settings.workers,
        "threads": THREADS,
        "worker_class": "gthread",
        "preload_app": True,
        "keepalive": 130,  # seconds; longer than a proxy keeps a connection, so that the proxy closes it first
        "timeout": 10,  # seconds; a worker that hangs as a whole is then replaced
        # A slow disk is no sign of a worker that hangs.
        **({"worker_tmp_dir": MEMORY} if Path(MEMORY).is_dir() else {}),
        "graceful_timeout": 15,  # seconds; Twilio waits no longer for an answer
        "control_socket_disable": True,
        "forwarder_headers": "",  # by itself it lets whoever comes through a proxy on this machine say SCRIPT_NAME
        "loglevel": "warning",
        "logger_class": _Log,
    }


def _hooks(served: ServedLine, thread: DatabaseThread) -> dict[str, Any]:
    """A thread does not survive the fork, so each worker starts its own; its last turn is after the last request."""
    return {
        "post_fork": lambda server, worker: thread.identify(worker.age, (each.age for each in server.WORKERS.values())),
        "post_worker_init": lambda _worker: served.begin(),
        "worker_exit": lambda _server, _worker: thread.stop(),
    }


class Server(BaseApplication):  # type: ignore[misc]
    """Serves an application with these settings of gunicorn until it is told to stop."""

    def __init__(self, app: WSGIApplication, options: dict[str, Any]) -> None:
        self._app, self._options = app, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIApplication:
        return self._app


class _Log(Logger):  # type: ignore[misc]
    """What gunicorn has to say goes where all else does, in the same form; not what is no HTTP, which only strangers
    send: they could fill the disk, and it would be repeated in their own words.
    """

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True
        self.error_log.addFilter(lambda record: not record.getMessage().startswith("Invalid request from"))
