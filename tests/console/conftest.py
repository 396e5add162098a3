"""Fixtures of the pages' tests."""

from __future__ import annotations

import pytest
import time_machine

from ivr.console.changes import publishing
from tests.browser import chromium, line, open_page  # noqa: F401 - fixtures
from tests.cast import BOTH_OPEN, NUMBERS, app, helpline
from tests.console.changed import ChangedLine
from tests.database.line import sqlite_url
from tests.served import PATIENCE


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Staff wait two seconds for the database, a busy machine longer."""
    monkeypatch.setattr("ivr.database.asking.SECONDS", PATIENCE)


@pytest.fixture
def desks_url(tmp_path):
    return sqlite_url(tmp_path)


@pytest.fixture
def no_check(monkeypatch):
    """The check of an edition never runs."""
    monkeypatch.setattr(publishing, "Popen", lambda *_words, **_options: None)


@pytest.fixture
def changed_line(tmp_path, no_check):
    return ChangedLine(tmp_path)


@pytest.fixture
def staff(desks_url):
    """In a demo, on the day on which most calls are made."""
    with time_machine.travel(f"{BOTH_OPEN}+09:00", tick=False):
        yield app(helpline(), {**NUMBERS, "DATABASE_URL": desks_url}).test_client()


@pytest.fixture
def without_database():
    with time_machine.travel(f"{BOTH_OPEN}+09:00", tick=False):
        yield app(helpline(), NUMBERS).test_client()
