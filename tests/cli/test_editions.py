"""The line as it is served, replaced as a whole while it answers."""

from __future__ import annotations

import gc

import pytest
from werkzeug.test import Client

from ivr.audio.line import load_line
from ivr.cli.editions import ServedLine, first_edition, line_with
from ivr.config import read_settings
from ivr.content.model import Helpline
from ivr.database.connection import engine
from ivr.database.database_thread import DatabaseThread
from ivr.database.edition_file import keep, kept
from ivr.database.in_force import standing
from ivr.database.publications import Edition, edition_in_force
from tests.cast import TOKEN
from tests.console.changed import ChangedLine
from tests.database.line import connected
from tests.staff import text_of

BROKEN = "The night clinic, {nothing}."


@pytest.fixture
def line(tmp_path) -> ChangedLine:
    return ChangedLine(tmp_path)


def edition(line: ChangedLine) -> Edition:
    with connected(line.url) as connection:
        return edition_in_force(connection)


class Served:
    """A worker, whose thread takes a turn when it is told to."""

    def __init__(self, line: ChangedLine, first: Edition = Edition()) -> None:  # noqa: B008 - frozen
        loaded = load_line(line.folder, first.changes)
        environ = {"TWILIO_AUTH_TOKEN": TOKEN, "DATABASE_URL": line.url}
        self.settings = read_settings(environ, loaded.helpline.desks, demo=True)
        self.thread = DatabaseThread(loaded.helpline, self.settings.database_url, 400)
        self.file = line.folder.parent / "edition.json"
        self.app = ServedLine(loaded, first, self.settings, self.thread, self.file)
        self.thread.start = lambda: None
        self.engine = engine(self.settings.database_url)

    def turn(self) -> None:
        assert self.thread._turn(self.engine)

    def says(self) -> str:
        return text_of(Client(self.app).get("/console/prompts/welcome"))


def test_a_worker_loads_what_was_published_keeps_it_and_acknowledges_it(line):
    served = Served(line)
    served.app.begin()
    served.turn()
    line.publish(line.change("Our night clinic."))
    assert "The night clinic." in served.says()
    served.turn()
    assert "Our night clinic." in served.says()
    assert kept(served.file) == edition(line)
    with connected(line.url) as connection:
        assert standing(connection).is_in_force


def test_an_edition_that_was_replaced_is_not_kept_in_memory(line):
    """A server that runs for a year would otherwise grow with each of them."""
    served, known = Served(line), []
    served.app.begin()
    for sentence in ("A night clinic.", "Our night clinic.", "Your night clinic.", "This night clinic."):
        line.publish(line.change(sentence))
        served.turn()
        assert sentence in served.says()
        known.append({id(each) for each in gc.get_objects() if isinstance(each, Helpline)})
        gc.collect()
    assert len(known[3]) <= len(known[1])


def test_an_edition_that_can_t_be_loaded_changes_nothing_is_told_once_and_not_acknowledged(line, caplog, monkeypatch):
    served = Served(line)
    served.app.begin()
    line.publish(line.change(BROKEN))
    monkeypatch.setattr("ivr.database.database_thread.LOAD_AGAIN_SECONDS", 0)
    for _turn in range(3):
        served.turn()
    assert "The night clinic." in served.says()
    assert caplog.text.count("the edition 1 can't be loaded, so it is not in force here") == 1
    assert kept(served.file) == Edition()
    with connected(line.url) as connection:
        assert standing(connection).workers == 0
    monkeypatch.setattr("ivr.database.database_thread.LOAD_AGAIN_SECONDS", 60)
    served.turn()
    line.publish(line.change("Our night clinic."))
    served.turn()  # another edition isn't made to wait
    assert "Our night clinic." in served.says()


def test_a_worker_that_follows_upon_a_killed_one_begins_with_what_that_had(line):
    served = Served(line)  # before the fork
    line.publish(line.change("Our night clinic."))
    keep(served.file, edition(line))  # by the worker that was killed
    served.app.begin()
    assert "Our night clinic." in served.says()


def test_a_kept_edition_that_can_t_be_loaded_is_told_and_the_first_one_goes_on(line, caplog):
    served = Served(line)
    line.publish(line.change(BROKEN))
    keep(served.file, edition(line))
    served.app.begin()
    assert "The night clinic." in served.says()
    assert "the edition 1 can't be loaded" in caplog.text


def test_a_start_without_a_database_begins_with_what_the_machine_kept(line, caplog):
    served = Served(line)
    line.publish(line.change("Our night clinic."))
    found = edition(line)
    assert first_edition(served.settings, "Night clinic", served.file) == found
    keep(served.file, found)
    environ = {"TWILIO_AUTH_TOKEN": TOKEN, "DATABASE_URL": "sqlite:////nowhere/ivr.db"}
    down = read_settings(environ, load_line(line.folder).helpline.desks, demo=True)
    assert first_edition(down, "Night clinic", served.file) == found
    assert "The line begins with edition 1, as this machine kept it" in caplog.text


def test_a_start_with_an_edition_that_no_longer_fits_serves_the_files_alone(line, caplog):
    base = load_line(line.folder)
    broken = Edition(3, (line.change(BROKEN),))
    settings = Served(line).settings
    assert line_with(base, broken, settings) == (base, Edition())
    assert "callers hear the files alone" in caplog.text
    good = Edition(3, (line.change("Our night clinic."),))
    loaded, number = line_with(base, good, settings)
    assert (number, loaded.laid.written[good.changes[0].spot]) == (good, "The night clinic.")
