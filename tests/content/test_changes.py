"""Changes laid over content: the last of each place holds, and what no longer fits is set aside."""

from __future__ import annotations

from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.content.changes import Change, Laid, fingerprint, lay_over, value_at

keys = st.sampled_from(("a", "b", "c"))
words = st.sampled_from(("x", "y", "z"))
trees = st.recursive(
    words | st.none(), lambda inner: st.dictionaries(keys, inner) | st.lists(inner, max_size=2), max_leaves=8
)
contents = st.dictionaries(keys, trees)
places = st.lists(keys, min_size=1, max_size=3).map(tuple)


def change(content, where, value) -> Change:
    return Change("a.yaml", where, fingerprint(value_at(content, where)), value)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(content=contents, where=places, value=trees)
def test_a_change_is_laid_over_or_set_aside_as_a_whole(content, where, value):
    asked, now, laid = change(content, where, value), deepcopy(content), Laid()
    lay_over(now, [asked], laid)
    if laid.set_aside:
        assert (now, laid.written) == (content, {})
        return
    assert value_at(now, where) == value
    again = Laid()
    lay_over(now, [asked], again)  # as once the file has been exported
    assert (again.written, again.set_aside) == ({}, [])
    if laid.written:
        lay_over(now, [change(now, where, laid.written[asked.spot])], Laid())
        assert value_at(now, where) == value_at(content, where)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(content=contents, where=places, value=trees, other=trees)
def test_a_file_that_says_something_else_now_is_never_changed(content, where, value, other):
    asked, laid = Change("a.yaml", where, fingerprint({"another": "value"}), value), Laid()
    now = deepcopy(content)
    lay_over(now, [asked], laid)
    assert now == content
    assert laid.set_aside == ([] if value_at(content, where) == value else [asked])


def test_of_two_changes_of_one_place_the_last_holds():
    content, laid = {"a": "x"}, Laid()
    lay_over(content, [change(content, ("a",), "y"), change(content, ("a",), "z")], laid)
    assert (content, laid.written) == ({"a": "z"}, {("a.yaml", ("a",)): "x"})


def test_mappings_on_the_way_are_made_and_nothing_else_is_replaced():
    content, laid = {"a": None, "b": "x"}, Laid()
    lay_over(content, [change(content, ("a", "c"), "y"), change(content, ("b", "c"), "y")], laid)
    assert content == {"a": {"c": "y"}, "b": "x"}
    assert [each.where for each in laid.set_aside] == [("b", "c")]


def test_a_fingerprint_has_no_digit_and_changes_with_any_part():
    found = {fingerprint(each) for each in (None, "", "x", ["x"], {"x": None}, {"x": "y"}, {"y": "x"})}
    assert len(found) == 7
    assert all(each.isalpha() and len(each) == 16 for each in found)
    assert fingerprint({"a": "1", "b": "2"}) == fingerprint({"b": "2", "a": "1"})
