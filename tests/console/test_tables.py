"""Reports as tables of a page: in order, and never telling more than the report does."""

from __future__ import annotations

import pytest

from ivr.console.figures.tables import tables
from ivr.database.reports import Report, Row


def plain(_table, name: str) -> str:
    return name


def table(name: str, *rows: Row, parts=()):
    (found,) = tables([Report(name, rows, parts)], plain)
    return found


def test_a_row_without_a_number_is_told_with_the_others_only():
    found = table("languages", Row(("a",), 9), Row(("b", "c"), 6))
    assert [(row.name, row.amount) for row in found.rows] == [("a", 9)]
    assert (found.together.labels, found.together.amount) == (("b", "c"), 6)
    assert found.total == 15


def test_days_that_are_told_together_keep_their_place_in_time():
    found = table("days", Row(("2026-11-02",), 9), Row(("2026-11-03", "2026-11-01"), None))
    assert [(row.name, row.amount) for row in found.rows] == [
        ("2026-11-01", None),
        ("2026-11-02", 9),
        ("2026-11-03", None),
    ]
    assert found.total == 9


def test_parts_stand_in_the_order_of_their_heads_or_not_at_all():
    found = table("outcomes", Row(("a",), 9, {"y": 4, "x": 5}), Row(("b",), 8), parts=("x", "y"))
    assert [row.parts for row in found.rows] == [(5, 4), None]


def test_one_name_without_a_number_is_none_of_the_rows():
    found = table("prompts", Row(("a",), None))
    assert found.rows == ()
    assert found.together.labels == ("a",)
    assert found.is_withheld


@pytest.mark.parametrize(
    ("rows", "is_empty"),
    [
        ([Row(("a",), 0)], True),
        ([], True),
        ([Row(("a",), 5)], False),
        ([Row(("a",), 0), Row(("b", "c"), None)], False),
    ],
)
def test_a_table_is_empty_if_nothing_was_counted(rows, is_empty):
    assert table("languages", *rows).is_empty is is_empty
