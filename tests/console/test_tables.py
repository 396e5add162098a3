"""Reports as tables of a page: in order, and empty where there is no figure. test_figures.py reads them on the page."""

from __future__ import annotations

import pytest

from ivr.console.figures.view import in_order
from ivr.database.reports import Report, Row


def test_days_keep_their_place_in_time_and_languages_begin_with_the_most():
    rows = Row("a", 5), Row("b", 20), Row("c", 0)
    assert [(row.name, row.amount) for row in in_order(Report("days", rows)).rows] == [("a", 5), ("b", 20), ("c", 0)]
    by_amount = in_order(Report("languages", rows)).rows
    assert [(row.name, row.amount) for row in by_amount] == [("b", 20), ("a", 5), ("c", 0)]


@pytest.mark.parametrize(("rows", "is_empty"), [([Row("a", 0)], True), ([], True), ([Row("a", 5)], False)])
def test_a_table_is_empty_if_it_has_no_figure(rows, is_empty):
    assert Report("languages", tuple(rows)).is_empty is is_empty
