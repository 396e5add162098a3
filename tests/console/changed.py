"""A small line whose content staff change: a copy of the starter helpline, with a database."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from ivr.app import create_app
from ivr.audio.line import load_line
from ivr.cli.new import STARTER
from ivr.config import read_settings
from ivr.content.changes import Change, fingerprint, value_at
from ivr.content.loader import read_helpline
from ivr.content.reading import read_source
from ivr.database.changes import add_change
from ivr.database.publications import begin_publication, edition_in_force, publish
from tests.cast import TOKEN
from tests.database.line import connected, sqlite_url

FILE, WHERE = "text/en.yaml", ("prompts", "welcome", "name")


class ChangedLine:
    """`serve` loads it as it is in the database, as workers do."""

    def __init__(self, folder: Path, starter: Path = STARTER) -> None:
        self.folder = folder / "prompts"
        shutil.copytree(starter / "prompts", self.folder)
        self.url = sqlite_url(folder)

    def serve(self, **settings: str) -> Flask:
        with connected(self.url) as connection:
            edition = edition_in_force(connection)
        line = load_line(self.folder, edition.changes)
        environ = {"TWILIO_AUTH_TOKEN": TOKEN, "DATABASE_URL": self.url, **settings}
        return create_app(line, read_settings(environ, line.helpline.desks, demo=True))

    def browser(self) -> FlaskClient:
        return self.serve().test_client()

    def change(self, value: object, file: str = FILE, where: Iterable[str] = WHERE) -> Change:
        said = value_at(read_source(self.folder / file, file).content, where)
        return Change(file, tuple(where), fingerprint(said), value)

    def add(self, change: Change, by: str = "", *, approved: bool = True) -> int:
        with connected(self.url) as connection:
            return add_change(connection, change, by, approved=approved)

    def begin(self, *numbers: int, by: str = "") -> int:
        with connected(self.url) as connection:
            return begin_publication(connection, numbers, by)

    def publish(self, *changes: Change) -> int:
        """Puts them in force without a check."""
        number = self.begin(*map(self.add, changes))
        with connected(self.url) as connection:
            assert publish(connection, number)
        return number

    def said(self, *where: str, file: str = FILE) -> object:
        """What the line says in a place, with what is in force."""
        with connected(self.url) as connection:
            changes = edition_in_force(connection).changes
        return value_at(read_helpline(self.folder, changes)[1][file].content, where or WHERE)
