"""Whatever a caller does, in whatever order and however early: Hypothesis plays the caller."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.simulator import OutOfTurn
from tests.calls.test_transfers import PHONES, named_in_full
from tests.cast import BOTH_OPEN, LINE, NONE_OPEN, ONLY_FRESC, call, name_of

KEY = st.sampled_from("0123456789*#")
ACTIONS = st.one_of(
    st.tuples(st.just("press"), st.text(KEY, min_size=1, max_size=4), st.one_of(st.none(), st.floats(0, 40))),
    st.tuples(st.just("wait")),
    st.tuples(st.just("desk"), st.sampled_from(["answer", "busy", "no-answer", "failed", "leave"])),
    st.tuples(st.just("back")),
)
LIKELY = st.sampled_from(
    [
        ("press", "02", 0.0),
        ("press", "0", 0.0),
        ("press", "1", 0.0),
        ("press", "2", 0.0),
        ("press", "011", 0.0),
        ("press", "3", 1.5),
    ]
)
MOMENTS = [BOTH_OPEN, ONLY_FRESC, NONE_OPEN, "2026-11-24 15:59:40", "2026-11-24 08:59:30"]


def perform(made, action) -> None:
    kind, *rest = action
    if made.state in ("waiting", "ringing", "talking") and kind == "press":
        keys, after = rest
        try:
            made.press(keys, after)
        except OutOfTurn:  # later than this wait lasts: after all that is heard, then
            made.press(keys)
    elif made.state == "ringing":
        made.desk(rest[0] if kind == "desk" else "no-answer")
    elif made.state == "talking":
        made.desk_hangs_up()
    elif made.state == "waiting":
        made.wait()


@pytest.mark.slow
@pytest.mark.parametrize("type_ahead", ["dropped", "kept"])
@settings(max_examples=120, deadline=None)
@given(at=st.sampled_from(MOMENTS), actions=st.lists(st.one_of(ACTIONS, LIKELY), max_size=14))
def test_no_sequence_of_keys_reaches_a_desk_whose_operator_was_not_named_in_full_or_an_end_without_a_goodbye(
    type_ahead, at, actions
):
    made = call(at, type_ahead=type_ahead)
    for action in actions:
        if made.state == "ended":
            break
        perform(made, action)
    assert made.problems == []
    for dialled in made.dialled:
        assert dialled.number in PHONES.values()
        assert dialled.caller_id == LINE
        assert named_in_full(made, dialled)
    if made.state == "ended":
        assert made.ended_by == "hangup"
        assert name_of(made.heard[-1]).endswith("/goodbye")


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(keys=st.lists(st.text(KEY, min_size=1, max_size=3), max_size=12))
def test_a_caller_who_falls_silent_anywhere_comes_to_a_goodbye_within_a_few_minutes(keys):
    made = call(NONE_OPEN)
    for group in keys:
        if made.state == "ended":
            break
        made.press(group)
    silent_since = made.seconds
    for _ in range(12):
        if made.state == "ended":
            break
        made.wait()
    assert made.ended_by == "hangup"
    assert made.seconds - silent_since < 300
