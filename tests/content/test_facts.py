"""The leaflet's facts: all of them are told, none is told that should not be, and each can be taken back alone."""

import re

import pytest

from ivr.flow.model import Helpline

from .texts import PROMPTS, facts_of, filled, languages, shipped

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
    return {prompt for prompt in prompts if prompt in helpline.lines[language]}


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


def test_no_prompt_carries_a_withheld_fact():
    assert not {prompt for prompt in shipped().prompts if facts_of(prompt) & WITHHELD}


@pytest.mark.parametrize("fact", sorted(CAN_LAPSE))
def test_a_fact_that_can_lapse_stands_in_prompts_of_its_own(fact):
    carrying = [prompt for prompt in shipped().prompts if fact in facts_of(prompt)]
    assert carrying
    assert {prompt: facts_of(prompt) for prompt in carrying} == {prompt: {fact} for prompt in carrying}


@pytest.mark.parametrize("page", PAPERS_ANSWERS)
def test_every_answer_about_papers_carries_f13_f14_and_f15(page):
    assert set().union(*map(facts_of, shipped().menus[page].say)) >= {"F13", "F14", "F15"}


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


@pytest.mark.parametrize("path", sorted(PROMPTS.rglob("*.yaml")), ids=lambda path: path.name)
def test_the_content_holds_no_telephone_number(path):
    """They come from the operator's settings only: an old number may be a stranger's today. Comments aside."""
    content = re.sub(r"(?m)(^|\s)#.*$", "", path.read_text("utf-8"))
    assert not re.findall(r"\d{7,}|\+\s?81|\b0\d{1,4}-\d{1,4}-\d{4}\b", content)
