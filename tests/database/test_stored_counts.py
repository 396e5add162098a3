"""Counts in their table: added up over workers, read by the month without what is not over, removed by the month."""

from __future__ import annotations

import sqlite3
from datetime import date
from threading import Thread

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from ivr.config import read_database_url
from ivr.database import tables
from ivr.database.connection import OPTIONS, engine
from ivr.database.count_events import CountEvent
from ivr.database.stored_counts import EVERYTHING, add_counts, months_counted, read_month, remove_old_counts
from tests.database.line import connected, sqlite_url, stored

DAY = date(2026, 11, 24)
EN, VI = CountEvent(DAY, "language", "en"), CountEvent(DAY, "language", "vi")


def add(url: str, amounts) -> None:
    with connected(url) as connection:
        add_counts(connection, amounts)


@pytest.fixture
def two(url):
    """The ways of two workers to one database."""
    made = [engine(read_database_url({"DATABASE_URL": url})) for _ in range(2)]
    with connected(url):
        yield made
    for each in made:
        each.dispose()


def at_once(work, args) -> None:
    threads = [Thread(target=work, args=[each]) for each in args]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


# Writing


def test_what_was_counted_is_added_to_what_is_there(url):
    for amounts in ({VI: 1, EN: 2}, {EN: 3}, {CountEvent(DAY, "call", "11"): 1}):
        add(url, amounts)
    assert stored(url) == {CountEvent(DAY, "call", "11"): 1, EN: 5, VI: 1}


def test_two_workers_add_to_the_same_rows_at_the_same_time(two, url):
    def work(made) -> None:
        for _ in range(40):
            with made.begin() as connection:
                add_counts(connection, {VI: 1, EN: 2})

    at_once(work, two)
    assert stored(url) == {EN: 160, VI: 80}


def test_several_workers_make_the_tables_at_the_same_time(url):
    failed = []

    def create(made) -> None:
        try:
            with made.begin() as connection:
                create(connection)
        except SQLAlchemyError as error:
            failed.append(error)

    workers = [engine(read_database_url({"DATABASE_URL": url})) for _ in range(4)]
    at_once(create, workers)
    for made in workers:
        made.dispose()
    assert failed == []


def test_a_new_file_that_another_worker_is_preparing_can_be_opened(tmp_path, monkeypatch):
    monkeypatch.setitem(OPTIONS["sqlite"], "timeout", 0.05)
    other = sqlite3.connect(tmp_path / "ivr.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    made = engine(sqlite_url(tmp_path))
    made.connect().close()
    made.dispose()
    other.close()


def test_a_write_that_fails_adds_nothing(tmp_path, monkeypatch):
    monkeypatch.setitem(OPTIONS["sqlite"], "timeout", 0.05)
    url = sqlite_url(tmp_path)
    add(url, {EN: 1})
    other = sqlite3.connect(tmp_path / "ivr.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    made = engine(url)
    with pytest.raises(OperationalError, match="locked"), made.begin() as connection:
        add_counts(connection, {EN: 1})
    made.dispose()
    other.close()
    assert stored(url) == {EN: 1}


def test_whoever_reads_a_file_does_not_keep_a_line_from_writing(tmp_path):
    with connected(sqlite_url(tmp_path)) as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


# Reading

LEAP = [date(2028, 1, 31), date(2028, 2, 1), date(2028, 2, 29), date(2028, 3, 1)]


def test_a_month_begins_with_its_first_day_and_ends_with_its_last(url):
    add(url, {CountEvent(day, "call", "11"): day.day for day in LEAP})
    with connected(url) as connection:
        month = read_month(connection, date(2028, 2, 14), EVERYTHING)
        assert months_counted(connection) == (date(2028, 3, 1), date(2028, 2, 1), date(2028, 1, 1))
    assert month.amounts["call"] == {"11": 30}
    assert {day.day: amount for day, amount in month.calls.items() if amount} == {1: 1, 29: 29}
    assert len(month.calls) == 29


NOVEMBER = {
    CountEvent(date(2026, 11, 23), "call", "10"): 10,
    CountEvent(date(2026, 11, 24), "call", "10"): 1,
    CountEvent(date(2026, 11, 23), "language", "en"): 10,
    CountEvent(date(2026, 11, 24), "language", "vi"): 1,
    CountEvent(date(2026, 11, 23), "outcome", "answer"): 10,
    CountEvent(date(2026, 11, 24), "outcome", "answer"): 1,
    CountEvent(date(2026, 11, 1), "entered", "main"): 11,
    CountEvent(date(2026, 11, 1), "left", "main"): 11,
    CountEvent(date(2026, 11, 1), "heard", "free"): 11,
}


def test_a_day_is_in_no_figure_before_it_is_over_and_topics_are_not_before_their_month_is(url):
    add(url, NOVEMBER)
    with connected(url) as connection:
        during, after, late, over = (
            read_month(connection, DAY, today)
            for today in (DAY, date(2026, 11, 25), date(2026, 11, 30), date(2026, 12, 1))
        )
    assert {kind: names for kind, names in during.amounts.items() if names} == {
        "call": {"10": 10},
        "language": {"en": 10},
        "outcome": {"answer": 10},
    }
    assert (max(during.calls), sum(during.calls.values())) == (date(2026, 11, 23), 10)
    assert after.amounts == late.amounts
    assert {kind: names for kind, names in late.amounts.items() if names} == {
        "call": {"10": 11},
        "language": {"en": 10, "vi": 1},
        "outcome": {"answer": 11},
    }
    assert (max(late.calls), sum(late.calls.values())) == (date(2026, 11, 29), 11)
    assert [each.is_over for each in (during, after, late, over)] == [False, False, False, True]
    assert over.amounts == {**late.amounts, "entered": {"main": 11}, "left": {"main": 11}, "heard": {"free": 11}}
    assert max(over.calls) == date(2026, 11, 30)


def test_a_demo_has_everything_at_once(url):
    add(url, NOVEMBER)
    with connected(url) as connection:
        at_once, over = (read_month(connection, DAY, today) for today in (EVERYTHING, date(2026, 12, 1)))
    assert at_once == over


def test_a_month_that_has_not_begun_has_no_figures(url):
    add(url, NOVEMBER)
    with connected(url) as connection:
        month = read_month(connection, date(2026, 12, 1), DAY)
    assert (month.calls, month.is_over) == ({}, False)
    assert not any(month.amounts.values())


# Removing


def test_what_is_too_old_goes_a_month_as_a_whole(url):
    periods = [date(2025, 9, 30), date(2025, 10, 1), date(2025, 10, 20), date(2025, 10, 21)]
    with connected(url) as connection:
        for period in periods:
            for kind, name in (("language", "en"), ("entered", "main")):
                row = {"period": period, "kind": kind, "name": name, "amount": 9}
                connection.execute(insert(tables.counts).values(row))
        remove_old_counts(connection, date(2025, 10, 31))
    left = {(each.kind, each.period) for each in stored(url)}
    assert left == {(kind, period) for period in periods[1:] for kind in ("language", "entered")}
