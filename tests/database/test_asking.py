"""A page waits two seconds for the database, whatever it is doing, and what comes later is taken back."""

from __future__ import annotations

from datetime import datetime
from threading import Event
from time import monotonic

import pytest

from ivr.content.hours import Override
from ivr.database import asking
from ivr.database.asking import MAX_ASKED, ask
from ivr.database.desk_overrides import DeskOverride, add_override, read_overrides
from ivr.errors import HelplineError
from tests.cast import ROOT, TOKYO
from tests.database.line import connected, sqlite_url
from tests.served import PATIENCE, until

NOW = datetime(2026, 11, 24, 11, tzinfo=TOKYO)


@pytest.fixture
def url(tmp_path) -> str:
    """With its tables, so that nothing but the question takes time."""
    with connected(sqlite_url(tmp_path)):
        return sqlite_url(tmp_path)


@pytest.fixture
def hanging(monkeypatch):
    """The way to a database whose name server, or connection, says nothing until it is let go."""
    monkeypatch.setattr(asking, "SECONDS", 0.2)
    go, begun = Event(), []

    def hang(url: str, helpline: str):
        begun.append(url)
        assert go.wait(PATIENCE)
        return connected(url)

    monkeypatch.setattr(asking, "database", hang)
    yield begun
    go.set()
    until(lambda: asking._free._value == MAX_ASKED)


def test_an_answer_in_time_is_the_answer(url):
    assert ask(url, lambda connection: connection.dialect.name) == "sqlite"


def test_an_error_is_raised_where_the_answer_is_waited_for(url):
    with pytest.raises(ZeroDivisionError):
        ask(url, lambda _connection: 1 / 0)


def test_a_database_that_says_nothing_is_waited_for_no_longer(url, hanging):
    with pytest.raises(HelplineError, match="not answered within 2 s"):
        ask(url, lambda connection: connection)


def test_only_a_few_questions_hang_and_the_next_ones_are_not_even_asked(url, hanging):
    for _ in range(MAX_ASKED + 3):
        with pytest.raises(HelplineError):
            ask(url, lambda connection: connection)
    assert len(hanging) == MAX_ASKED


def test_what_is_written_too_late_is_taken_back(url, monkeypatch):
    monkeypatch.setattr(asking, "SECONDS", 0.2)
    go, over = Event(), Event()

    def write(connection) -> None:
        assert go.wait(PATIENCE)
        until(lambda: monotonic() > deadline)
        add_override(connection, DeskOverride("cinga", Override(open=False, since=NOW), "other"))
        over.set()

    deadline = monotonic() + 0.3
    with pytest.raises(HelplineError):
        ask(url, write)
    go.set()
    assert over.wait(PATIENCE)
    until(lambda: asking._free._value == MAX_ASKED)
    with connected(url) as connection:
        assert read_overrides(connection, NOW) == ()


def test_no_page_goes_to_the_database_by_another_way():
    pages = [path for room in ("console", "webphone", "cards", "web") for path in (ROOT / "ivr" / room).rglob("*.py")]
    assert pages
    assert not [path for path in pages if "ivr.database.connection" in path.read_text(encoding="utf-8")]
