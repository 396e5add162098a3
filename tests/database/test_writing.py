"""From memory to the database: exactly once, whatever becomes of the connection."""

from __future__ import annotations

import sqlite3
from datetime import date
from threading import Thread

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from ivr.config import read_database_url
from ivr.database import tables
from ivr.database.connection import OPTIONS, engine
from ivr.database.count_events import Passage
from ivr.database.tally import Tally
from ivr.database.vocabulary import vocabulary
from ivr.database.writing import Flushes, _add, _claim
from tests.cast import helpline
from tests.database.cut import CuttingProxy
from tests.database.line import sqlite_url, stored

DAY = date(2026, 11, 24)
EN, VI = Passage(DAY, "language", "en"), Passage(DAY, "language", "vi")


class Writer:
    """A worker's tally and its way to the database."""

    def __init__(self, url: str) -> None:
        self.engine = engine(read_database_url({"DATABASE_URL": url}))
        self.tally = Tally(vocabulary(helpline()))
        self.flushes = Flushes(self.tally)

    def create(self) -> Writer:
        with self.engine.begin() as connection:
            tables.create(connection)
        return self

    def flush(self) -> None:
        self.flushes.flush(self.engine, DAY)


@pytest.fixture
def writer(url):
    made = Writer(url).create()
    yield made
    made.engine.dispose()


@pytest.fixture
def two(url):
    made = Writer(url).create(), Writer(url).create()
    yield made
    for each in made:
        each.engine.dispose()


def test_what_was_counted_is_added_to_what_is_there(writer, url):
    for _ in range(3):
        writer.tally.count([EN, EN, VI])
        writer.flush()
    writer.flush()
    assert stored(url) == {EN: 6, VI: 3}


def test_a_flush_without_counts_writes_nothing(writer, url):
    writer.flush()
    assert stored(url) == {}
    assert writer.flushes.waiting == 0


def test_more_than_fits_into_one_statement_is_written_in_portions(writer, url):
    days = [date.fromordinal(DAY.toordinal() + ahead) for ahead in range(60)]
    writer.tally.count([Passage(day, "call", f"{hour:02}") for day in days for hour in range(24)])
    writer.flush()
    assert len(stored(url)) == 1000
    writer.flush()
    assert len(stored(url)) == 1440


def test_two_workers_add_to_the_same_rows_at_the_same_time(two, url):
    def work(writer: Writer) -> None:
        for _ in range(40):
            writer.tally.count([EN, VI])
            writer.flush()

    threads = [Thread(target=work, args=[writer]) for writer in two]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stored(url) == {EN: 80, VI: 80}


def test_several_workers_make_the_tables_at_the_same_time(url):
    writers = [Writer(url) for _ in range(4)]
    failed = []

    def create(writer: Writer) -> None:
        try:
            writer.create()
        except SQLAlchemyError as error:
            failed.append(error)

    threads = [Thread(target=create, args=[writer]) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for writer in writers:
        writer.engine.dispose()
    assert failed == []


def test_a_new_file_that_another_worker_is_preparing_can_be_opened(tmp_path, monkeypatch):
    monkeypatch.setitem(OPTIONS["sqlite"], "timeout", 0.05)
    other = sqlite3.connect(tmp_path / "ivr.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    made = engine(sqlite_url(tmp_path))
    made.connect().close()
    made.dispose()
    other.close()


def test_a_busy_file_costs_nothing_but_delay(tmp_path, monkeypatch):
    monkeypatch.setitem(OPTIONS["sqlite"], "timeout", 0.05)
    url = sqlite_url(tmp_path)
    writer = Writer(url).create()
    other = sqlite3.connect(tmp_path / "ivr.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writer.tally.count([EN])
    for _ in range(2):
        with pytest.raises(OperationalError, match="locked"):
            writer.flush()
        writer.tally.count([EN])
    other.execute("ROLLBACK")
    other.close()
    writer.flush()
    writer.flush()
    assert stored(url) == {EN: 3}
    writer.engine.dispose()


def test_two_workers_whose_first_write_fails_are_not_taken_for_one_another(two, url):
    """As on a full disk: SQLite gives the number of a writer that was never written down to the next one."""

    def fail(_connection) -> None:
        raise OperationalError("COMMIT", {}, Exception("disk full"))

    for writer in two:
        writer.tally.count([EN])
        event.listen(writer.engine, "commit", fail)
        with pytest.raises(OperationalError, match="disk full"):
            writer.flush()
        event.remove(writer.engine, "commit", fail)
    for writer in two:
        writer.flush()
    assert stored(url) == {EN: 2}


@pytest.mark.parametrize("cut", ["before the commit", "after the commit"])
def test_a_connection_lost_in_the_commit_neither_loses_nor_doubles(postgres, cut):
    """The server has written or has not, and nobody can tell from this side."""
    url = postgres.new_database()
    with CuttingProxy(postgres.server.get_postmaster_info().socket_dir) as proxy:
        writer = Writer(url.replace(str(proxy.real), str(proxy.folder))).create()
        writer.tally.count([EN])
        writer.flush()
        writer.tally.count([EN, VI])
        proxy.cut = cut
        with pytest.raises(OperationalError):
            writer.flush()
        assert proxy.cuts == 1
        assert stored(url) == ({EN: 1} if cut == "before the commit" else {EN: 2, VI: 1})
        writer.tally.count([EN])
        writer.flush()
        writer.flush()
        writer.engine.dispose()
    assert stored(url) == {EN: 3, VI: 1}


def test_a_try_that_the_server_is_still_busy_with_is_waited_for(postgres):
    """The first try's transaction is open while the second one comes; then it commits after all."""
    url = postgres.new_database()
    writer = Writer(url).create()
    writer.tally.count([EN])
    writer.flush()
    late = Writer(url)
    late.flushes._writer, late.flushes._number = writer.flushes._writer, writer.flushes._number
    writer.tally.count([VI])
    late.tally.count([VI])
    with writer.engine.connect() as first:
        assert _claim(first, writer.flushes._writer, 2, DAY)
        _add(first, {VI: 1})
        second = Thread(target=late.flush)
        second.start()
        second.join(0.2)
        assert second.is_alive()
        first.commit()
    second.join()
    for each in (writer, late):
        each.engine.dispose()
    assert stored(url) == {EN: 1, VI: 1}
