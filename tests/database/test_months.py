"""What was counted in a month, from its first day to its last."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert

from ivr.database.months import months_counted, read_month
from ivr.database.tables import counts
from tests.database.line import connected, sqlite_url

DAYS = [date(2028, 1, 31), date(2028, 2, 1), date(2028, 2, 29), date(2028, 3, 1)]


def test_a_month_begins_with_its_first_day_and_ends_with_its_last(tmp_path):
    with connected(sqlite_url(tmp_path)) as connection:
        rows = [{"period": day, "kind": "call", "name": "11", "amount": day.day} for day in DAYS]
        connection.execute(insert(counts), rows)
        month = read_month(connection, date(2028, 2, 14))
        assert months_counted(connection) == (date(2028, 3, 1), date(2028, 2, 1), date(2028, 1, 1))
    assert month.amounts["call"] == {"11": 30}
    assert {day.day: amount for day, amount in month.calls.items() if amount} == {1: 1, 29: 29}
    assert len(month.calls) == 29


def test_whoever_reads_a_file_does_not_keep_a_line_from_writing(tmp_path):
    with connected(sqlite_url(tmp_path)) as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
