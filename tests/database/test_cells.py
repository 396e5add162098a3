"""Small cells can't be worked out from what is shown, by somebody who knows the rules."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from ivr.database.cells import SMALL, Merged, may_split, merge, undivided

NAMES = "abcd"
AMOUNTS = st.one_of(st.integers(0, 6), st.integers(0, 14))
TABLES = st.lists(AMOUNTS, min_size=1, max_size=4).map(lambda amounts: dict(zip(NAMES, amounts, strict=False)))


def worlds(merged: Merged):
    """Every table that would have been shown like this."""
    most = merged.amount if merged.amount is not None else SMALL - 1
    for amounts in product(range(most + 1), repeat=len(merged.hidden)):
        total = sum(amounts)
        if total == merged.amount or (merged.amount is None and total < SMALL):
            cells = {**merged.shown, **dict(zip(merged.hidden, amounts, strict=True))}
            if merge(dict(sorted(cells.items()))) == merged:
                yield cells


@trials(max_examples=150, deadline=None)
@given(TABLES)
def test_no_merged_cell_can_be_worked_out_from_what_is_shown_and_the_rules(table):
    merged = merge(table)
    possible = list(worlds(merged))
    assert table in possible
    for name in merged.hidden:
        assert len({world[name] for world in possible}) > 1, (table, merged)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 60), max_size=30))
def test_nothing_small_is_shown_and_nothing_is_lost(table):
    merged = merge(table)
    assert not any(0 < amount < SMALL for amount in merged.shown.values())
    assert set(merged.shown) | set(merged.hidden) == set(table)
    assert not set(merged.shown) & set(merged.hidden)
    total = sum(table.values())
    if merged.amount is None:
        assert sum(merged.shown.values()) == total or total < SMALL
    else:
        assert sum(merged.shown.values()) + merged.amount == total


@pytest.mark.parametrize(
    ("table", "hidden", "amount"),
    [
        ({"a": 20, "b": 9}, "", None),
        ({"a": 20, "b": 0}, "", None),
        ({"a": 0, "b": 0}, "", None),
        ({"a": 20, "b": 9, "c": 3}, "bc", 12),  # alone it could be worked out from a total
        ({"a": 20, "b": 3, "c": 4}, "bc", 7),
        ({"a": 20, "b": 3, "c": 4, "d": 0}, "bcd", 7),
        ({"a": 20, "b": 9, "c": 1, "d": 2}, "bcd", 12),  # three is small itself
        ({"a": 20, "b": 9, "c": 4, "d": 4}, "bcd", 17),  # eight would tell that both are four
        ({"a": 2, "b": 1}, "ab", None),
        ({"a": 4}, "a", None),
        ({}, "", None),
    ],
)
def test_what_is_merged(table, hidden, amount):
    merged = merge(table)
    assert ("".join(merged.hidden), merged.amount) == (hidden, amount)


@pytest.mark.parametrize(("parts", "may"), [([20, 0], True), ([5, 9], True), ([20, 4], False), ([1, 0], False)])
def test_a_number_is_split_only_where_no_part_is_small(parts, may):
    assert may_split(parts) is may


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        ({"a": (20, 9), "b": (7, 0)}, ""),
        ({"a": (20, 9), "b": (7, 3), "c": (2, 30)}, "bc"),
        ({"a": (20, 9), "b": (7, 6), "c": (30, 4)}, "bc"),  # the calls that ended elsewhere would tell of the four
        ({"a": (20, 9), "b": (7, 0), "c": (30, 4)}, "abc"),
        ({"apart": (20, 3), "a": (6, 8), "b": (7, 9)}, "apart a b"),  # a alone would be what it lacks
    ],
)
def test_what_is_not_divided(cells, kept):
    rows = [(name,) for name in cells]
    names = kept.split() if " " in kept else kept
    assert undivided(rows, cells, "apart") == {(name,) for name in names}


def test_a_cell_that_may_be_known_hides_nothing_of_the_others():
    assert merge({"apart": 9, "a": 20, "b": 3}, apart="apart").hidden == ("apart", "a", "b")
    assert merge({"apart": 30, "a": 20, "b": 6}, ["apart"], "apart").hidden == ("apart", "b")
