"""Lines of many desks: what is walked doesn't multiply with them, and nothing hides in what is left out."""

from __future__ import annotations

import re
from functools import partial
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.audio.line import load_line
from ivr.content.hours import Override
from ivr.flow import desks, pages, transfers
from ivr.flow.all_situations import CALLER_ID, numbers, situations, situations_at
from ivr.flow.engine import respond
from ivr.flow.matching import desks_for, told_desks
from ivr.flow.places import Place
from ivr.flow.situation import Situation
from ivr.flow.steps import Dial, Play
from ivr.verify.call_checks import broken_by, broken_in
from ivr.verify.walk import Answer, Reply, events, walk
from tests.bench.growing import more_desks, starter

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    """The starter in English, with three desks and with eight."""
    made = {}
    for number in (3, 8):
        folder = more_desks(starter(tmp_path_factory.mktemp(f"desks{number}") / "prompts"), number)
        about = folder / "helpline.yaml"
        about.write_text(
            re.sub(r"(?m)^first_languages:\n(- .*\n)+", "first_languages: [en]\n", about.read_text("utf-8")), "utf-8"
        )
        for language in ("es", "fr"):
            (folder / "text" / f"{language}.yaml").unlink()
        made[number] = load_line(folder)
    return made


def opened(helpline, situation) -> frozenset[str]:
    return frozenset(view.name for view in desks_for(helpline, "en", situation) if view.open)


def sets(names, *sizes) -> set[frozenset[str]]:
    return {frozenset(some) for size in sizes for some in combinations(names, size)}


def test_of_three_desks_every_combination_is_looked_at_and_of_eight_every_two_and_all_but_one(lines):
    three, eight = lines[3].helpline, lines[8].helpline
    told, page = told_desks(eight, "en"), Place("person", "en")
    assert {opened(three, one) for one in situations_at(three, "en", page)} == sets(told_desks(three, "en"), 0, 1, 2, 3)
    assert {opened(eight, one) for one in situations_at(eight, "en", page)} == sets(told, 0, 1, 2, 7, 8)
    known = Place("desk.nurse", "en", heard=("nurse",), tried=("reception",))
    assert {opened(eight, one) for one in situations_at(eight, "en", known)} == sets(("nurse", "reception"), 0, 1, 2)


def test_what_is_walked_does_not_multiply_with_the_desks(lines):
    """Eight desks have 32 times as many combinations as three, and 243 times as many of which each is tried, named or
    neither."""
    counted = []
    for line in lines.values():
        helpline, states, answers = line.helpline, set(), 0
        for answer in walk(helpline, partial(situations_at, helpline)):
            states.add((answer.place, answer.event.kind))
            answers += len(answer.situations)
        counted.append((len(states), answers))
    (states, answers), (more_states, more_answers) = counted
    assert more_states < 6 * states
    assert more_answers < 8 * answers


def without_key_0(page, *_):
    return tuple(said for said in page if said.prompt != "key.person")


def last_of_many_not_named(steps, *_):
    operators = [step for step in steps if isinstance(step, Play) and "operator" in step.prompt]
    return tuple(step for step in steps if step is not operators[-1]) if len(operators) > 3 else steps


def strange_while_two_are_open(steps, helpline, place, situation):
    if len(opened(helpline, situation)) != 2:
        return steps
    return tuple(step._replace(number="+99912345678") if isinstance(step, Dial) else step for step in steps)


@pytest.mark.parametrize(
    ("rule", "module", "name", "after"),
    [
        ("sent-away", pages, "desk", without_key_0),
        ("unnamed-desk", desks, "_naming", last_of_many_not_named),
        ("strange-number", transfers, "dial", strange_while_two_are_open),
    ],
)
def test_what_is_wrong_with_a_few_desks_or_only_with_many_is_found(rule, module, name, after, lines, monkeypatch):
    real, helpline = getattr(module, name), lines[8].helpline
    monkeypatch.setattr(module, name, lambda *given, **options: after(real(*given, **options), *given))
    answers = walk(helpline, partial(situations_at, helpline))
    assert rule in (found for answer in answers for found, _ in broken_by(lines[8], answer))


def by_hand(helpline, is_open: frozenset[str]) -> Situation:
    now = situations(helpline)[0].now
    overrides = {name: (Override(name in is_open, since=now),) for name in helpline.desks}
    return Situation(now, numbers(helpline), CALLER_ID, overrides)


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_whatever_a_call_does_after_any_desks_were_tried_breaks_no_check(data, lines):
    """Beyond what is walked: any desks tried, named and open."""
    line = lines[8]
    some = st.frozensets(st.sampled_from(told_desks(line.helpline, "en")))
    rang = data.draw(st.sampled_from(told_desks(line.helpline, "en")))
    place = Place(f"desk.{rang}", "en", heard=(rang,), tried=tuple(sorted(data.draw(some))), number=1)
    here, after = (place, "dialled"), None
    for _ in range(10):
        event = data.draw(st.sampled_from(events(line.helpline, *here)))
        situation = by_hand(line.helpline, data.draw(some))
        reply = Reply(respond(line.helpline, here[0], event, situation))
        after = Answer(here[0], event, (situation,), reply, after)
        assert not [*broken_by(line, after), *broken_in(line, after)]
        if not reply.arrivals:
            return
        here = data.draw(st.sampled_from(reply.arrivals))
