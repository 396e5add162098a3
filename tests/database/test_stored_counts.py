"""Counts in their table: added up over workers, read by the month without what is not over, removed by the month."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from threading import Thread

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from ivr.config import read_database_url, read_settings
from ivr.database import creating, tables
from ivr.database.connection import OPTIONS, engine
from ivr.database.count_events import CountEvent
from ivr.database.periods import Span, read_period
from ivr.database.stored_counts import (
    EVERYTHING,
    add_counts,
    first_counted,
    read_month,
    read_months,
    remove_old_counts,
)
from tests.database.line import connected, sqlite_url, stored

DAY = date(2026, 11, 24)
KEPT = read_settings({}, [], demo=True).counts_kept_days
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
                creating.create(connection)
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

LEAP = [date(2028, 2, 1), date(2028, 2, 29), date(2028, 3, 1)]


def test_a_month_begins_with_its_first_day_and_ends_with_its_last(url):
    add(url, {CountEvent(day, "call", "11"): day.day for day in LEAP})
    with connected(url) as connection:
        month = read_month(connection, date(2028, 2, 14), EVERYTHING)
        assert first_counted(connection) == date(2028, 2, 1)
    assert month.amounts["call"] == {"11": 30}
    assert [(f"{span.first:%d}-{span.last:%d}", amount) for span, amount in month.calls.items()] == [
        ("01-06", 1),
        ("07-13", 0),
        ("14-20", 0),
        ("21-27", 0),
        ("28-29", 29),
    ]


@pytest.mark.parametrize(("before", "parts"), [(2, 6), (3, 1), (24, 1), (25, 6), (299, 6), (300, 30)])
def test_a_month_is_divided_by_the_calls_of_the_one_before(url, before, parts):
    """So a running month is divided as it will be when it is over, whatever it has counted itself."""
    add(url, {CountEvent(date(2026, 10, 31), "call", "10"): before, CountEvent(DAY, "call", "10"): 500})
    with connected(url) as connection:
        assert len(read_month(connection, DAY, EVERYTHING).calls) == parts
        assert len(read_month(connection, DAY, date(2026, 12, 1)).calls) == parts


NOVEMBER = {
    CountEvent(date(2026, 11, 20), "call", "10"): 10,
    CountEvent(date(2026, 11, 24), "call", "10"): 1,
    CountEvent(date(2026, 11, 20), "language", "en"): 10,
    CountEvent(date(2026, 11, 24), "language", "vi"): 1,
    CountEvent(date(2026, 11, 20), "outcome", "answer"): 10,
    CountEvent(date(2026, 11, 24), "outcome", "answer"): 1,
    CountEvent(date(2026, 11, 1), "entered", "main"): 11,
    CountEvent(date(2026, 11, 1), "left", "main"): 11,
    CountEvent(date(2026, 11, 1), "heard", "free"): 11,
}


def test_a_week_is_in_no_figure_before_it_is_over_and_topics_are_not_before_their_month_is(url):
    add(url, NOVEMBER)
    with connected(url) as connection:
        during, sunday, after, over = (
            read_month(connection, DAY, today)
            for today in (DAY, date(2026, 11, 29), date(2026, 11, 30), date(2026, 12, 1))
        )
    assert {kind: names for kind, names in during.amounts.items() if names} == {
        "call": {"10": 10},
        "language": {"en": 10},
        "outcome": {"answer": 10},
    }
    assert (max(during.calls), sum(during.calls.values())) == (Span(date(2026, 11, 16), date(2026, 11, 22)), 10)
    assert during == sunday
    assert {kind: names for kind, names in after.amounts.items() if names} == {
        "call": {"10": 11},
        "language": {"en": 10, "vi": 1},
        "outcome": {"answer": 11},
    }
    assert (max(after.calls), sum(after.calls.values())) == (Span(date(2026, 11, 23), date(2026, 11, 29)), 11)
    assert [each.is_over for each in (during, sunday, after, over)] == [False, False, False, True]
    assert over.amounts == {**after.amounts, "entered": {"main": 11}, "left": {"main": 11}, "heard": {"free": 11}}
    assert max(over.calls) == Span(date(2026, 11, 30), date(2026, 11, 30))


def test_a_month_by_days_has_each_day_that_is_over_and_one_as_a_whole_nothing_before_its_end(url):
    october = CountEvent(date(2026, 10, 5), "call", "10")
    add(url, {**NOVEMBER, october: 300})
    with connected(url) as connection:
        by_day = [read_month(connection, DAY, today) for today in (DAY, date(2026, 11, 25))]
    assert [(len(each.calls), sum(each.calls.values())) for each in by_day] == [(23, 10), (24, 11)]
    with connected(url) as connection:
        connection.execute(update(tables.counts).where(tables.counts.c.period == october.period).values(amount=10))
        during, over = (read_month(connection, DAY, today) for today in (date(2026, 11, 30), date(2026, 12, 1)))
    assert (during.calls, any(during.amounts.values()), during.is_over) == ({}, False, False)
    assert (over.calls, over.is_over) == ({Span(date(2026, 11, 1), date(2026, 11, 30)): 11}, True)


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


def test_a_fiscal_year_has_its_months_from_the_first_that_is_kept_to_the_one_that_runs(url):
    days = [date(2027, 3, 31), date(2027, 4, 1), date(2028, 2, 29), date(2028, 3, 31), date(2028, 4, 1)]
    year = read_period("fy2027").months
    with connected(url) as connection:
        assert (first_counted(connection), read_months(connection, year, EVERYTHING)) == (None, ())
    add(url, {CountEvent(day, "call", "11"): 100 + day.day for day in days[1:]})
    with connected(url) as connection:
        whole = read_months(connection, year, date(2028, 5, 31))
        running = read_months(connection, year, date(2028, 2, 29))
        before = read_months(connection, read_period("fy2026").months, date(2028, 5, 31))
    assert [each.first for each in whole] == list(year)
    assert [sum(each.calls.values()) for each in whole] == [101, *[0] * 9, 129, 131]
    assert (running[-1].first, running[-1].is_over, before) == (date(2028, 2, 1), False, ())


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


def test_last_april_is_there_when_the_report_on_the_fiscal_year_is_due(url):
    """With the usual setting, in the May after it: what the thread that removes old counts leaves."""
    april, due = date(2026, 4, 1), date(2027, 5, 31)
    add(url, {CountEvent(april, "call", "11"): 9})
    with connected(url) as connection:
        for day in (due, date(2028, 6, 8)):
            remove_old_counts(connection, day - timedelta(days=KEPT))
            assert first_counted(connection) == april
        remove_old_counts(connection, date(2028, 7, 10) - timedelta(days=KEPT))
        assert first_counted(connection) is None
