"""`ivr serve`: the line itself, on a production server."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config
from gunicorn.glogging import Logger

from ivr.app import create_app
from ivr.audio.catalog import Catalog
from ivr.config import Settings, SettingsError, read_settings
from ivr.content.loader import load_helpline
from ivr.content.model import Helpline
from ivr.database.database_thread import DatabaseThread
from ivr.logs import JsonLines, PlainLines, write_log
from ivr.verify.clips import clip_problems
from ivr.verify.live import content_findings
from ivr.verify.places import Places
from ivr.web.page_context import Look

THREADS = 8


@click.command("serve")
@click.option("--demo", is_flag=True, help="Needs no account and no settings; answers on this machine only.")
@click.pass_obj
def serve_command(folder: Path, *, demo: bool) -> None:
    """Answer calls. Reads its settings from the environment (.env.example lists them)."""
    write_log(PlainLines() if demo else JsonLines())
    helpline = load_helpline(folder)
    settings = read_settings(os.environ, helpline.desks, demo=demo)
    refuse_unconfirmed(helpline, settings)
    options = _options(settings)
    if not settings.database_url:  # a demo, which leaves nothing behind
        database = Path(mkdtemp(prefix="ivr-demo-"))
        settings = replace(settings, database_url=f"sqlite:///{database}/ivr.db")
        options["on_exit"] = lambda _server: rmtree(database, ignore_errors=True)
    thread = DatabaseThread(helpline, settings.database_url, settings.counts_kept_days)
    app = create_app(helpline, settings, thread, _look(folder))
    if demo:
        click.echo(f"Call the line in your browser: {settings.public_url}/phone")
        click.echo("or from another terminal: .venv/bin/ivr call")
    _Server(app, {**options, **_hooks(thread)}).run()


def refuse_unconfirmed(helpline: Helpline, settings: Settings) -> None:
    """With a public address the operator has to have confirmed the content; raises SettingsError."""
    if settings.is_public and not settings.demo:
        must_be_confirmed(helpline)


def must_be_confirmed(helpline: Helpline) -> None:
    """Raises SettingsError."""
    confirmed, today = helpline.about.confirmed_on, datetime.now(helpline.about.time_zone).date()
    if confirmed is None:
        raise SettingsError(
            "confirmed_on in helpline.yaml is empty: before the line goes public, confirm that what it says "
            f"is still true ({helpline.about.source or 'its source'}), and write the day there, such as {today}"
        )
    if confirmed > today:
        raise SettingsError(f"confirmed_on in helpline.yaml is {confirmed}, a day that has not come yet")


def _look(folder: Path) -> Look:
    """What the console shows of `ivr check --live`: quick, since it walks no calls, and looked for once a day."""

    @lru_cache(maxsize=1)
    def look(helpline: Helpline, today: date) -> tuple[list[str], list[str]]:
        found = content_findings(helpline, Places(folder), today)
        clips = clip_problems(helpline, Catalog.load(helpline.audio_dir))
        return [*map(str, clips), *found.failures], found.warnings

    return look


def _options(settings: Settings) -> dict[str, Any]:
    """Gunicorn's settings (docs/server.md); it keeps no access log, so that nothing of a call is written down."""
    return {
        "bind": f"{'127.0.0.1' if settings.demo else '0.0.0.0'}:{settings.port}",  # noqa: S104 - a proxy is in front
        "workers": settings.workers,
        "threads": THREADS,
        "worker_class": "gthread",
        "preload_app": True,
        "keepalive": 130,  # seconds; longer than a proxy keeps a connection, so that the proxy closes it first
        "graceful_timeout": 15,  # seconds; Twilio waits no longer for an answer
        "control_socket_disable": True,
        "forwarder_headers": "",  # by itself it lets whoever comes through a proxy on this machine say SCRIPT_NAME
        "loglevel": "warning",
        "logger_class": _Log,
    }


def _hooks(thread: DatabaseThread) -> dict[str, Any]:
    """A thread does not survive the fork, so each worker starts its own; its last turn is after the last request."""
    return {"post_worker_init": lambda _worker: thread.start(), "worker_exit": lambda _server, _worker: thread.stop()}


class _Log(Logger):  # type: ignore[misc]
    """What gunicorn has to say goes where all else does, in the same form; not what is no HTTP, which only strangers
    send: they could fill the disk, and it would be repeated in their own words.
    """

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True
        self.error_log.addFilter(lambda record: not record.getMessage().startswith("Invalid request from"))


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self._app, self._options = app, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app
