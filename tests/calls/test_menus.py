"""What callers hear between the language and the goodbye: every fact, the standard keys, wrong keys and silence."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

import pytest

from tests.cast import BOTH_OPEN, NOBODY, NONE_OPEN, NUMBERS, call, changed, helpline, with_clips

CODES = {name: language.code for name, language in helpline().languages.items()}
LANGUAGES = with_clips()

# Every way down the menus; the desks' keys depend on the language.
PATHS = ["", "1", "1 1", "1 1 1", "1 1 2", "1 2", "1 3", "1 4", "2", "3", "3 1", "3 2", "3 3"]
WAYS = [path for path in PATHS if path and not any(other.startswith(f"{path} ") for other in PATHS)]
ALWAYS = {name for name, fact in helpline().facts.items() if fact.spoken == "always"}


def facts_of(prompt: str) -> set[str]:
    name = prompt.partition("/")[2]
    known = helpline().prompts.get(name)
    return {fact for facts in known.sentences.values() for fact in facts} if known else set()


def facts_in(prompts: Iterable[str]) -> set[str]:
    return set().union(*map(facts_of, prompts))


def heard(keys: str, at: str = BOTH_OPEN, **options) -> list[str]:
    """The prompts of a whole call after the language list."""
    made = call(at, keys, **options)
    return [sound.prompt for sound in made.heard if sound.turn > 0]


def tour(language: str, at: str = BOTH_OPEN, **options) -> Tour:
    """One call that goes down every way of the menus, each time back to the first one."""
    made = call(at, CODES[language], **options)
    ends = {}
    for path in WAYS:
        for key in path.split():
            made.press(key)
        ends[path] = made.prompts
        made.press("9")
    return Tour(ends, {sound.prompt for sound in made.heard if sound.turn > 0})


class Tour(NamedTuple):
    """The prompts at the end of each way, and all that were heard after the language list."""

    ends: dict[str, list[str]]
    heard: set[str]


@pytest.fixture(scope="module")
def tours() -> dict[str, Tour]:
    return {language: tour(language) for language in LANGUAGES}


def test_every_fact_can_be_heard_in_every_language(tours):
    tours = {language: tour.heard for language, tour in tours.items()}
    assert {name: {prompt.partition("/")[0] for prompt in heard} for name, heard in tours.items()} == {
        name: {name} for name in LANGUAGES
    }
    assert not {name: untold for name, heard in tours.items() if (untold := ALWAYS - facts_in(heard))}


@pytest.mark.parametrize("environ", [NUMBERS, NOBODY], ids=["desks have numbers", "desks have no numbers"])
@pytest.mark.parametrize("at", [BOTH_OPEN, NONE_OPEN])
def test_every_fact_can_be_heard_at_any_hour_with_or_without_numbers(environ, at):
    """In two languages, of the two orders of desks: `ivr check` walks all of them."""
    for language in ("en", "ja"):
        heard = tour(language, at, environ=environ).heard
        assert {prompt.partition("/")[0] for prompt in heard} == {language}
        assert facts_in(heard) >= ALWAYS


def test_every_answer_about_papers_ends_with_what_varies_whom_to_ask_and_what_to_do_without_them(tours):
    answers = [path for path in WAYS if path.startswith("1")]
    assert len(answers) == 5
    told = {(name, path): facts_in(tours[name].ends[path]) for name in LANGUAGES for path in answers}
    assert not [where for where, facts in told.items() if not facts >= {"F13", "F14", "F15"}]


def test_the_essentials_are_the_first_thing_told():
    told = [fact for prompt in heard("02") for fact in sorted(facts_of(prompt))]
    assert told[-5:] == ["F1", "F2", "F3", "F4", "F5"]


@pytest.mark.parametrize("path", [path for path in PATHS if path])
def test_hash_says_all_of_it_again(path):
    made = call(keys=f"02 {path}")
    first = made.prompts
    made.press("#")
    assert made.prompts == first


@pytest.mark.parametrize("path", PATHS)
def test_nine_leads_to_the_first_menu_from_everywhere(path):
    assert call(keys=f"02 {path} 9").prompts[0] == "en/main.papers"


@pytest.mark.parametrize("path", PATHS)
def test_zero_leads_to_people_from_everywhere(path):
    assert call(keys=f"02 {path} 0").prompts[0] == "en/fresc.operator"


@pytest.mark.parametrize(
    ("path", "there"),
    [("", "main.papers"), ("1", "papers.group_a"), ("1 1", "group_a.with"), ("2", "key.again"), ("3", "fresc.option")],
)
@pytest.mark.parametrize("at", [BOTH_OPEN, NONE_OPEN])
def test_star_leads_back_from_people_to_where_zero_was_pressed(path, there, at):
    assert call(at, f"02 {path} 0 *").prompts[0] == f"en/{there}"


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("1", "main.papers"),
        ("1 1", "papers.group_a"),
        ("1 1 1", "group_a.with"),
        ("1 2", "papers.group_a"),
        ("2", "main.papers"),
        ("3", "main.papers"),
        ("3 3", "fresc.option"),
        ("3 1", "fresc.option"),
    ],
)
def test_star_leads_one_step_back_without_saying_the_facts_again(path, above):
    assert call(keys=f"02 {path} *").prompts[0] == f"en/{above}"


def test_an_option_says_the_key_that_leads_to_it():
    made = call(keys="02")
    texts = [sound.text for sound in made.just_heard]
    assert "About booking, press two." in texts
    assert made.press("2").prompts[0] == "en/booking.how"


@pytest.mark.parametrize("key", ["5", "7", "8"])
def test_a_wrong_key_is_said_to_be_wrong_and_the_menu_follows_in_short(key):
    prompts = call(keys=f"02 {key}").prompts
    assert prompts == [
        "en/invalid",
        "en/main.papers.short",
        "en/main.booking.short",
        "en/main.help.short",
        "en/key.person",
    ]


def test_a_caller_who_never_presses_a_key_after_the_choice_comes_to_a_goodbye():
    made = call(keys="02")
    for _ in range(10):
        if made.state == "ended":
            break
        made.wait()
    assert made.ended_by == "hangup"
    assert "en/goodbye" in made.prompts


@pytest.mark.parametrize("path", ["1 2", "2", "3 3"])
def test_silence_after_an_answer_is_a_goodbye(path):
    made = call(keys=f"02 {path}").wait()
    assert made.prompts == ["en/goodbye"]
    assert made.ended_by == "hangup"


def test_an_answer_offers_again_back_a_person_and_the_start():
    assert call(keys="02 2").prompts[-4:] == ["en/key.again", "en/key.back", "en/key.person", "en/key.first"]


def test_a_person_is_not_offered_where_nobody_can_be_connected():
    assert "en/key.person" not in heard("02 2", environ=NOBODY)
    assert "en/key.person" not in heard("02 2", to="client:somebody")


@pytest.mark.slow
@pytest.mark.parametrize("fact", ["F4", "F19", "F20", "F21", "F22", "F23", "F26", "F27", "F28", "F29", "F30"])
def test_a_withdrawn_fact_is_heard_nowhere_and_all_others_still_are(fact):
    line = changed(withdrawn=(fact,))
    told = facts_in(tour("en", NONE_OPEN, line=line).heard)
    desk = {"F19": {"F20", "F21", "F22", "F23"}, "F26": {"F27", "F28", "F30"}}.get(fact, set())
    assert fact not in told
    assert ALWAYS - {fact} - desk <= told


def test_a_withdrawn_fact_is_silent_in_the_farewell_too():
    made = call(line=changed(withdrawn=("F4",))).wait()
    assert "en/free" not in made.prompts
    assert "en/coupon" in made.prompts


def test_an_option_whose_answer_is_withdrawn_is_not_offered_and_its_key_is_wrong():
    line = changed(withdrawn=("F29",))
    made = call(keys="02 3", line=line)
    assert "en/help.languages" not in made.prompts
    assert made.press("3").prompts[0] == "en/invalid"


def test_what_the_operator_fills_in_is_said_and_else_is_not():
    texts = [sound.text for sound in call(keys="02 2").heard]
    assert not any("website shows" in text for text in texts)
    filled = changed(
        fill={
            "notice": {"en": "The line is closed on Friday."},
            "booking_website": {"en": "booking dot example"},
            "associations_website": {"en": "associations dot example"},
            "confirmed_on": {"en": "November the first"},
        }
    )
    made = call(keys="02", line=filled)
    names = [sound.text for sound in made.just_heard]
    assert names[1] == "The line is closed on Friday."
    assert "About this line, press four." in names
    made.press("4")
    assert any("was last confirmed on November the first" in sound.text for sound in made.just_heard)
    assert any("Solidarity Network with Migrants Japan" in sound.text for sound in made.just_heard)
    texts = [sound.text for sound in call(keys="02 2", line=filled).just_heard]
    assert "This website shows how to book: booking dot example." in texts
    texts = [sound.text for sound in call(keys="02 3", line=filled).just_heard]
    assert any("associations dot example" in text for text in texts)


def test_no_page_is_silent_and_no_menu_is_repeated_word_for_word_after_a_mistake():
    for path in PATHS:
        made = call(keys=f"02 {path}")
        assert made.prompts
        again = made.press("8").prompts if path else made.prompts
        assert all(one != other for one, other in pairwise(again))
