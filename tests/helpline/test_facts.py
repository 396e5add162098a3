"""The leaflet's facts: all of them are told, none is told that should not be, and each can be taken back alone."""

import pytest

from ivr.content.model import Helpline

from .texts import facts_of, filled, languages, shipped

ALWAYS = {f"F{n}" for n in range(1, 32)} - {"F17", "F24", "F25"}
FILLED = {"F0", "F17", "F25", "F32"}
WITHHELD = {"F24", "F33"}
CAN_LAPSE = {"F4", *(f"F{n}" for n in (19, 20, 21, 22, 23, 26, 27, 28, 29, 30))}
PAPERS_ANSWERS = ("with_postcard", "without_postcard", "group_b", "group_c", "lack")


def said_somewhere(helpline: Helpline, language: str) -> set[str]:
    """The prompts that a caller of this language can come to from the first menu, by keys alone."""
    prompts, pages, seen = set(helpline.flow.farewell), [helpline.flow.start], set()
    while pages:
        menu = helpline.menus[page := pages.pop()]
        seen.add(page)
        prompts.update(menu.say, *((option.say, option.short) for option in menu.options.values()))
        pages += [option.to for option in menu.options.values() if option.to not in seen]
        if menu.desks:
            for desk in helpline.desks.values():
                say = desk.say
                how = say.how.get(desk.languages.relation(language), ())
                prompts.update((say.operator, say.offer, say.closed, *say.purpose, *how, *say.hours))
    return {prompt for prompt in prompts if prompt in helpline.clip_texts[language]}


def facts_told(helpline: Helpline, language: str) -> set[str]:
    return {fact for prompt in said_somewhere(helpline, language) for fact in facts_of(prompt)}


@pytest.mark.parametrize(("spoken", "facts"), [("always", ALWAYS), ("filled", FILLED), ("withheld", WITHHELD)])
def test_which_facts_are_spoken_is_frozen(spoken, facts):
    assert {name for name, fact in shipped().facts.items() if fact.spoken == spoken} == facts


@pytest.mark.parametrize("language", languages())
def test_every_fact_that_is_always_spoken_reaches_a_caller_of_every_language(language):
    assert ALWAYS - set(shipped().about.withdrawn) <= facts_told(shipped(), language)


@pytest.mark.parametrize("language", languages())
def test_what_the_operator_fills_in_reaches_a_caller(language):
    assert facts_told(filled(), language) >= FILLED


@pytest.mark.parametrize("language", languages())
def test_what_nobody_filled_in_is_not_told(language):
    if not any(shipped().about.fill.values()):
        assert not facts_told(shipped(), language) & FILLED


@pytest.mark.parametrize("fact", ["F9", "F10", "F11", "F12"])
def test_papers_are_named_in_those_answers_only(fact):
    pages = [name for name, menu in shipped().menus.items() if fact in set().union(*map(facts_of, menu.say))]
    assert pages
    assert set(pages) <= set(PAPERS_ANSWERS)


def test_the_essentials_are_f1_to_f5_and_the_farewell_is_f4_f5_and_f14():
    start, farewell = shipped().menus[shipped().flow.start].say, shipped().flow.farewell
    assert set().union(*map(facts_of, start)) == {"F1", "F2", "F3", "F4", "F5"}
    assert set().union(*map(facts_of, farewell)) == {"F4", "F5", "F14"}


def test_the_bare_phrase_comes_right_after_its_group_and_carries_nothing_else():
    """F7 is said right after F6, which is the label of the key that leads to it."""
    option = next(option for option in shipped().menus["papers"].options.values() if "F6" in facts_of(option.say))
    first = shipped().menus[option.to].say[0]
    assert facts_of(option.say) == {"F6"}
    assert facts_of(first) == {"F7"}


def test_which_facts_can_be_taken_back_alone_is_frozen():
    assert {name for name, fact in shipped().facts.items() if fact.can_lapse} == CAN_LAPSE


def test_every_answer_about_papers_tells_f13_f14_and_f15():
    """The checker holds each menu to it; the answer for those who lack papers has none of F9 to F12 in it."""
    together = {name: set(fact.told_with) for name, fact in shipped().facts.items() if fact.told_with}
    assert together == {fact: {"F13", "F14", "F15"} for fact in ("F9", "F10", "F11", "F12")}
    assert set().union(*map(facts_of, shipped().menus["lack"].say)) >= {"F13", "F14", "F15"}
