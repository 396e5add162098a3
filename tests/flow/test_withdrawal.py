"""Facts that are no longer true: what goes with each, and what callers then no longer hear."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr.content.model import Prompt
from ivr.flow.withdrawal import facts_in_question, lost, restored_with, with_withdrawn, withdrawn_with
from tests.cast import changed, helpline

ASKED = [*(f"F{number}" for number in range(1, 17)), "F18", *(f"F{n}" for n in range(19, 24))]
ASKED += [f"F{number}" for number in range(26, 32)]
PAPERS = ("F9", "F10", "F11", "F12", "F13", "F14")


def before_and_after(fact: str, language: str = "en"):
    gone = {fact, *withdrawn_with(helpline(), fact)}
    return lost(helpline(), with_withdrawn(helpline(), frozenset(gone), language), language)


def test_staff_are_asked_about_what_callers_can_hear_and_about_what_is_withdrawn():
    assert list(facts_in_question(helpline())) == ASKED
    assert list(facts_in_question(changed(withdrawn=("F4", "F20")))) == ASKED
    filled = changed(fill={"booking_website": {"en": "example dot org"}})
    assert list(facts_in_question(filled)) == sorted([*ASKED, "F17"], key=lambda name: int(name[1:]))


def test_of_a_desk_that_nobody_is_told_of_only_what_is_withdrawn_or_heard_elsewhere_is_asked_about():
    without_fresc = facts_in_question(changed(withdrawn=("F26",)))
    assert set(ASKED) - set(without_fresc) == {"F27", "F28", "F30"}


@pytest.mark.parametrize(
    ("fact", "others"),
    [
        ("F4", ()),  # it can lapse
        ("F9", ()),  # it needs others, and none needs it
        ("F15", ("F9", "F10", "F11", "F12")),  # each has to be told with it
        ("F1", ("F2", "F3")),  # of one clip
        ("F13", ("F9", "F10", "F11", "F12", "F14")),  # both
    ],
)
def test_a_fact_takes_those_with_it_that_cannot_be_told_without_it(fact, others):
    assert withdrawn_with(helpline(), fact) == others


def test_where_the_carriers_voices_speak_every_language_a_sentence_can_go_alone():
    spoken = {name for name, language in helpline().languages.items() if language.say}
    line = replace(helpline(), ready=frozenset(spoken))
    assert withdrawn_with(line, "F1") == ()
    one = Prompt.model_validate({"for": "both", "sentences": {"both": ["F1", "F2"]}})
    assert withdrawn_with(replace(line, prompts={**line.prompts, "eligible": one}), "F1") == ("F2",)


def test_what_went_together_comes_back_together_and_nothing_else():
    line = changed(withdrawn=("F4", *PAPERS))
    assert withdrawn_with(line, "F13") == ()
    assert restored_with(line, "F13") == ("F14",)
    assert restored_with(line, "F9") == ("F13", "F14")
    assert restored_with(line, "F4") == ()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_price_that_ended_takes_its_sentence(language):
    found = before_and_after("F4", language)
    assert [prompt for prompt, _ in found.sentences] == ["free"]
    assert (found.options, found.desks) == ((), ())


def test_a_desk_that_is_gone_takes_its_option_and_its_name():
    found = before_and_after("F26")
    assert found.desks == ("fresc",)
    assert len(found.options) == 1
    assert "FRESC" in found.options[0] or "Immigration" in found.options[0]


def test_what_comes_back_is_the_same_the_other_way_round():
    line = changed(withdrawn=("F4",))
    back = lost(with_withdrawn(line, frozenset(), "en"), line, "en")
    assert back == before_and_after("F4")
