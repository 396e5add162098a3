"""Whatever was done in a call: saved, it replays as it went, and saved again it is the same text."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.simulator import Call, OutOfTurn, WsgiTransport, replay, write
from ivr.simulator.script import parse
from tests.calls.test_another_helpline import NEW_YORK, NURSE, RECEPTION, STARTER
from tests.cast import LINE, NUMBERS, TOKEN, TOKYO, URL, _app, app, helpline

SECONDS = st.one_of(st.none(), st.floats(0, 60))
KEYS = st.one_of(
    st.sampled_from(["01", "02", "07", "0", "1", "2", "3", "5", "*", "9"]), st.text("0123456789*#", min_size=1)
)
OUTCOMES = st.sampled_from(["answer", "busy", "no-answer", "failed", "leave"])
MOMENTS = st.datetimes(datetime(2026, 11, 23), datetime(2026, 11, 30))
# Each action with its words; what can't be done at its moment is not done, and not saved.
ACTIONS = st.one_of(
    st.tuples(st.just(Call.press), KEYS, SECONDS),
    st.tuples(st.just(Call.press), KEYS),
    st.tuples(st.just(Call.wait)),
    st.tuples(st.just(Call.desk), OUTCOMES, st.just(None), SECONDS),
    st.tuples(st.just(Call.desk_press), KEYS, SECONDS),
    st.tuples(st.just(Call.desk_hangs_up), SECONDS),
    st.tuples(st.just(Call.clock_at), MOMENTS),
)
# Each of these is a way to a desk that rings.
ROADS: dict[str, list[tuple[Any, ...]]] = {
    "the line": [(Call.press, "02"), (Call.press, "0"), (Call.wait,), (Call.press, "1")],
    "the clinic": [(Call.press, "01"), (Call.press, "0"), (Call.press, "1")],
}


@cache
def served(name: str) -> Flask:
    if name == "the line":
        return _app(tuple(NUMBERS.items()))
    return app(helpline(STARTER / "prompts"), {"NURSE_PHONE": NURSE, "RECEPTION_PHONE": RECEPTION})


@pytest.mark.slow
@pytest.mark.parametrize("name", ROADS)
@settings(max_examples=40, deadline=None)
@given(
    at=st.datetimes(datetime(2026, 11, 24, 10), datetime(2026, 11, 24, 11)),
    road=st.integers(0, 4),
    actions=st.lists(ACTIONS, max_size=8),
    leaves=st.one_of(st.none(), st.just(()), st.tuples(SECONDS)),
    type_ahead=st.sampled_from(["dropped", "kept"]),
)
def test_a_saved_call_replays_as_it_went_and_is_saved_the_same_again(name, at, road, actions, leaves, type_ahead):
    through, options = WsgiTransport(served(name)), {"token": TOKEN, "portable": True}
    moment = at.replace(tzinfo=NEW_YORK if name == "the clinic" else TOKYO)
    made = Call(through, URL, to=LINE, at=moment, type_ahead=type_ahead, **options).start()
    for action, *words in [*ROADS[name][:road], *actions, *([] if leaves is None else [(Call.hang_up, *leaves)])]:
        try:
            action(made, *words)
        except OutOfTurn:
            continue
    text = write(made)
    again = replay(parse(text), through, URL, **options)
    assert write(again) == text
    assert again.heard == made.heard
    assert again.dialled == made.dialled
    assert [page.parameters.get("DemoClock") for page in again.documents] == [
        page.parameters.get("DemoClock") for page in made.documents
    ]
