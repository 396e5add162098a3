"""The walk misses nothing: whatever calls do at random, it has been there."""

from __future__ import annotations

from functools import cache, partial
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.cli.new import STARTER
from ivr.flow.all_situations import nobody, situations, situations_at
from ivr.flow.engine import respond
from ivr.flow.matching import desks_for
from ivr.flow.places import Event, Place
from ivr.flow.steps import Dial, Gather, Redirect
from ivr.verify.walk import Answer, Reply, events, walk, without_origin
from tests.cast import helpline

LINE = helpline(STARTER / "prompts")
SITUATIONS = situations(LINE)


@cache
def answers() -> list[Answer]:
    return list(walk(LINE, partial(situations_at, LINE)))


@cache
def states() -> set[tuple[Place, str]]:
    return {without_origin((answer.place, answer.event.kind)) for answer in answers()}


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_a_call_does_it_is_in_a_state_that_was_walked(data):
    here = (Place(), "show")
    for _ in range(25):
        assert without_origin(here) in states()
        event = data.draw(st.sampled_from(list(events(LINE, *here))))
        situation = data.draw(st.sampled_from(SITUATIONS))
        ahead = Reply(respond(LINE, here[0], event, situation)).arrivals
        if not ahead:
            return
        here = data.draw(st.sampled_from(ahead))


def test_where_key_0_was_pressed_matters_to_the_key_that_leads_back_alone():
    """What lets the walk look at each place in full for one origin only."""

    def elsewhere(steps, origin):
        return tuple(
            step._replace(place=step.place._replace(origin=origin))
            if isinstance(step, Gather | Redirect | Dial) and step.place.origin
            else step
            for step in steps
        )

    compared = 0
    for answer in answers():
        if answer.place.origin and answer.event.digits != "*":
            other = answer.place._replace(origin="children" if answer.place.origin != "children" else "bring")
            for situation in answer.situations:
                steps = respond(LINE, other, answer.event, situation)
                assert steps == elsewhere(answer.reply.steps, other.origin)
                compared += 1
    assert compared > 1000


def test_every_way_back_is_walked():
    menus = {
        answer.place.origin for answer in answers() if answer.place.page == "person" and answer.event.digits == "*"
    }
    assert menus == set(LINE.menus)


def test_every_combination_of_open_desks_is_walked_by_the_calendar_where_it_has_it():
    shipped = helpline()
    found = [{view.name: view.open for view in desks_for(shipped, "en", one)} for one in situations(shipped)]
    assert [(states["cinga"], states["fresc"]) for states in found] == [
        (True, True), (True, False), (False, True), (False, False),
    ]  # fmt: skip
    assert [bool(one.overrides) for one in situations(shipped)] == [False, True, False, False]
    assert not any(view.numbers for view in desks_for(shipped, "en", nobody(shipped)[0]))


def test_each_key_of_the_telephone_and_each_code_is_pressed_in_the_language_list():
    pressed = {event.digits for event in events(LINE, Place(), "keys")}
    assert pressed == {*"0123456789*#", *(f"{one}{other}" for one in "0123456789*#" for other in "0123456789*#")}
    assert {event.digits for event in events(LINE, Place("main", "en"), "keys")} == set("0123456789*#")
    assert [event.outcome for event in events(LINE, Place("desk.nurse", "en"), "dialled")] == [
        "answered", "busy", "no-answer", "failed",
    ]  # fmt: skip


def test_the_way_to_an_answer_begins_with_the_call_and_needs_few_changes_of_the_situation():
    for answer in answers()[::97]:
        path = answer.path
        assert path[0].place == Place()
        assert path[0].event == Event("show")
        assert path[-1] is answer
        for before, after in pairwise(path):
            assert any(place == after.place for place, _ in before.reply.arrivals)
