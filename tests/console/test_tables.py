"""Reports as tables of a page: in order, and never showing more than the report does."""

from __future__ import annotations

import pytest

from ivr.console.figures.tables import tables
from ivr.database.reports import Report, Row


def plain(_table, name: str) -> str:
    return name


def table(name: str, *rows: Row, parts=()):
    (found,) = tables([Report(name, rows, parts)], plain)
    return found


def test_days_keep_their_place_in_time_and_languages_begin_with_the_most():
    rows = Row("a", 5), Row("b", 20), Row("c", 0)
    assert [(row.name, row.amount) for row in table("days", *rows).rows] == [("a", 5), ("b", 20), ("c", 0)]
    assert [(row.name, row.amount) for row in table("languages", *rows).rows] == [("b", 20), ("a", 5), ("c", 0)]


def test_parts_stand_in_the_order_of_their_heads_or_not_at_all():
    found = table("outcomes", Row("a", 10, {"y": 0, "x": 5}), Row("b", 5), parts=("x", "y"))
    assert [row.parts for row in found.rows] == [(5, 0), ()]


@pytest.mark.parametrize(("rows", "is_empty"), [([Row("a", 0)], True), ([], True), ([Row("a", 5)], False)])
def test_a_table_is_empty_if_it_has_no_figure(rows, is_empty):
    assert table("languages", *rows).is_empty is is_empty
