"""A line that staff change in the browser, whose changes are published without the check: it has its own tests."""

from __future__ import annotations

from functools import cache

from flask import redirect

from ivr.app import create_app
from ivr.audio.line import Line, load_line
from ivr.config import read_settings
from ivr.content.changes import Change
from ivr.database.connection import database
from ivr.database.publications import Edition, edition_in_force, publish
from tests.cast import NUMBERS, ROOT, TOKEN

FOLDER = ROOT / "prompts"


@cache
def shipped() -> Line:
    return load_line(FOLDER)


def app_with(url: str, changes: tuple[Change, ...] = ()):
    """The line with these changes laid over it, and this database."""
    line = load_line(FOLDER, changes) if changes else shipped()
    environ = {"TWILIO_AUTH_TOKEN": TOKEN, **NUMBERS, "DATABASE_URL": url}
    return create_app(line, read_settings(environ, line.helpline.desks, line.helpline.languages, demo=True))


def without_check(monkeypatch) -> None:
    """Publishes at once."""

    def published(context, number):
        assert context.ask(lambda connection: publish(connection, number))
        return redirect(f"/console/?published={number}", 303)

    monkeypatch.setattr("ivr.console.changes.publishing._check", published)


def edition(url: str) -> Edition:
    with database(url) as connection:
        return edition_in_force(connection)
