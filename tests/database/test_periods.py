"""Periods: their borders, their neighbours, and how a month is divided."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ivr.database.periods import Period, period_of, read_period, spans

DAYS = [date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 29)]


def divided(month: date, calls_before: int) -> list[str]:
    return [f"{span.first:%d}-{span.last:%d}" for span in spans(month, calls_before)]


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("month", ["2026-01", "2026-03", "2026-04", "2026-12", "2027-01", "2028-02"]),
        ("year", ["2026", "2026", "2026", "2026", "2027", "2028"]),
        ("fiscal", ["fy2025", "fy2025", "fy2026", "fy2026", "fy2026", "fy2027"]),
    ],
)
def test_each_day_lies_in_a_period_of_each_kind(kind, codes):
    assert [period_of(kind, day).code for day in DAYS] == codes
    for day in DAYS:
        period = period_of(kind, day)
        assert period.first <= day <= period.last
        assert read_period(period.code) == period == period.previous.next
        assert period.previous.last + timedelta(days=1) == period.first


def test_a_fiscal_year_begins_in_april_and_ends_in_march():
    year = read_period("fy2027")
    assert (year.first, year.last) == (date(2027, 4, 1), date(2028, 3, 31))
    assert [f"{month:%Y-%m}" for month in year.months][8:10] == ["2027-12", "2028-01"]
    assert (len(year.months), len(read_period("2028").months), len(read_period("2028-02").months)) == (12, 12, 1)
    assert read_period("2028-02").last == date(2028, 2, 29)


@pytest.mark.parametrize(
    "code", ["", "2026-13", "2026-00", "1850", "fy26", "fy2026-04", "2026-11-24", "2026-1", "२०२६"]
)
def test_what_is_no_period_is_none(code):
    assert read_period(code) is None


def test_a_month_is_divided_by_what_was_counted_in_the_one_before():
    by_week = ["01-01", "02-08", "09-15", "16-22", "23-29", "30-30"]
    november = date(2026, 11, 1)
    assert divided(november, 0) == divided(november, 2) == divided(november, 25) == divided(november, 299) == by_week
    assert divided(november, 3) == divided(november, 24) == ["01-30"]
    assert divided(november, 300) == [f"{day:02}-{day:02}" for day in range(1, 31)]


@pytest.mark.parametrize("month", [date(2027, 2, 1), date(2028, 2, 1), date(2026, 8, 1), date(2026, 12, 1)])
@pytest.mark.parametrize("calls", [0, 10, 1000])
def test_every_day_of_a_month_is_in_one_part_of_it(month, calls):
    days = [
        span.first + timedelta(days=ahead)
        for span in spans(month, calls)
        for ahead in range((span.last - span.first).days + 1)
    ]
    period = Period("month", month)
    assert days == [month + timedelta(days=ahead) for ahead in range((period.last - month).days + 1)]
    assert all(span.first.weekday() == 0 or span.first == month for span in spans(month, 0))


def test_a_leap_day_is_the_last_of_its_week():
    assert divided(date(2028, 2, 1), 0)[-1] == "28-29"
    assert divided(date(2027, 2, 1), 0) == ["01-07", "08-14", "15-21", "22-28"]
