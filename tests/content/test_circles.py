"""Ways that lead back to where they began."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ivr.content.circles import circle


@pytest.mark.parametrize(
    ("ahead", "found"),
    [
        ({"a": ["a"]}, ["a", "a"]),
        ({"a": ["b"], "b": ["c"], "c": ["b", "d"]}, ["b", "c", "b"]),
        ({"a": ["b", "c"], "b": ["c"], "c": []}, []),
        ({"a": ["nowhere"]}, []),
    ],
)
def test_a_circle_is_found_in_the_order_in_which_it_is_walked(ahead, found):
    way = circle(ahead)
    assert len(way) == len(found)
    assert {*pairwise(way)} == {*pairwise(found)}
