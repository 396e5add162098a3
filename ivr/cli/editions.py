"""The line as it is served: replaced as a whole when staff publish an edition of its content."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response
from gunicorn.http.errors import ParseException

from ivr.app import create_app
from ivr.audio.line import Line, load_line
from ivr.config import Settings
from ivr.database.asking import ask
from ivr.database.database_thread import DatabaseThread
from ivr.database.edition_file import keep, kept
from ivr.database.publications import Edition, edition_in_force
from ivr.errors import Finding, HelplineError
from ivr.web.page_context import Look

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger(__name__)

CACHED = type(lru_cache(str))


class ServedLine:
    """A WSGI application. `load` replaces what it serves by another edition; a request that has begun ends as it began.

    `file` is where this machine keeps the last edition, for a start without a database.
    """

    def __init__(self, line: Line, edition: Edition, settings: Settings, thread: DatabaseThread, file: Path) -> None:
        self._settings, self._thread, self._file, self._number = settings, thread, file, edition.number
        self._folder = line.folder
        self._app: WSGIApplication = self._made(line)
        keep(file, edition)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self._app(environ, start_response)

    def begin(self) -> None:
        """In each worker: one that follows upon a worker that died begins with the edition that it had."""
        edition = kept(self._file)
        if edition.number > self._number:
            try:
                self.load(edition)
            except HelplineError:
                log.exception("the edition %d can't be loaded", edition.number)
        self._thread.load_editions(self.load, self._number)
        self._thread.start()

    def load(self, edition: Edition) -> None:
        """Raises HelplineError, and goes on with what is served, if it can't be loaded."""
        self._app = self._made(load_line(self._folder, edition.changes, demo=self._settings.demo))
        self._number = edition.number
        _forget_what_was_cached()
        keep(self._file, edition)

    def _made(self, line: Line) -> Flask:
        app = create_app(line, self._settings, self._thread, _look(line, self._settings))
        # A chunked body that isn't one is found where it is read: a stranger's mistake, and no error of ours to be
        # logged.
        app.register_error_handler(ParseException, lambda _error: Response(status=400))
        return app


def first_edition(settings: Settings, helpline: str, file: Path) -> Edition:
    """What a start begins with: the edition in force, or without a database the one that this machine had last."""
    try:
        return ask(settings.database_url, edition_in_force, helpline)
    except HelplineError as error:
        edition = kept(file)
        log.warning("%s. The line begins with edition %d, as this machine kept it", error, edition.number)
        return edition


def line_with(line: Line, edition: Edition, settings: Settings) -> tuple[Line, Edition]:
    """The line with an edition; with the files alone if it can't be loaded with it, which is told."""
    if not edition.number:
        return line, edition
    try:
        return load_line(line.folder, edition.changes, demo=settings.demo), edition
    except HelplineError as error:
        log.error("the edition %d doesn't fit the files: callers hear the files alone\n%s", edition.number, error)
        return line, Edition()


def _forget_what_was_cached() -> None:
    """Caches of our functions would hold every edition that was ever served, 14 MB each; they fill again by use."""
    for name in [name for name in sys.modules if name.startswith("ivr.")]:
        for found in [*vars(sys.modules[name]).values()]:
            if isinstance(found, CACHED):
                found.cache_clear()


def _look(line: Line, settings: Settings) -> Look:
    """What the console shows of `ivr check --live` about the line as it was loaded: quick, since it walks no calls and
    asks nobody.
    """

    @lru_cache(maxsize=1)
    def look(today: date) -> tuple[list[Finding], list[Finding]]:
        from ivr.verify.clips import clip_problems  # asked for by the console only; calls don't wait for it
        from ivr.verify.live import content_findings, settings_findings

        clips = [Finding(each, each.rule) for each in clip_problems(line)]
        found, further = content_findings(line, today), settings_findings(line, settings)
        return [*clips, *found.failures, *further.failures], [*found.warnings, *further.warnings]

    return look
