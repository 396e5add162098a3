"""The call flow as the page Menu draws it: it agrees with what callers meet, and tells what nobody meets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import pytest

from ivr.console.call_flow.picture import loose, paths, picture, states, walk
from ivr.console.call_flow.place import PlaceView
from ivr.console.call_flow.places import all_places
from ivr.console.prompt_texts import PromptTexts
from ivr.content.loader import load_helpline
from ivr.content.menus import Menu
from ivr.content.model import Helpline
from ivr.content.pages import ENDINGS, LANGUAGES, PERSON, TRANSFER
from tests.cast import BOTH_OPEN, NONE_OPEN, ROOT, call, changed, helpline, line_with

STARTER = ROOT / "ivr" / "starter" / "information" / "prompts"


@cache
def lines(line: Helpline) -> PromptTexts:
    loaded = line_with(line)
    return PromptTexts(loaded, {}, lambda play: f"/audio/{play.prompt}")


@cache
def drawn(line: Helpline, language: str):
    """The places, and the picture of them."""
    found = {place.page: place for place in all_places(lines(line), language)}
    return found, picture(line, found)


def keys_to(line: Helpline, language: str) -> dict[str, tuple[str, ...]]:
    return paths(drawn(line, language)[1], (line.languages[language].code,))


def with_menus(menus: dict[str, Menu]) -> Helpline:
    return replace(helpline(), flow=helpline().flow.model_copy(update={"menus": menus}))


def names(said: Iterable) -> list[str]:
    return [f"{each.language}/{each.line.prompt}" for each in said if each.line]


def said_there(place: PlaceView) -> list[str]:
    """What a caller hears who comes in while every desk is open."""
    return names(item.said for item in place.parts[0].items)


@pytest.mark.parametrize("language", ["en", "ja", "fa"])
def test_the_keys_of_a_menu_lead_there_and_its_words_are_what_is_heard(language):
    menus = {page: keys for page, keys in keys_to(helpline(), language).items() if page in helpline().menus}
    heard = {page: call(BOTH_OPEN, " ".join(keys)).prompts for page, keys in menus.items()}
    assert heard == {page: said_there(drawn(helpline(), language)[0][page]) for page in menus}
    assert len(heard) > 10


@pytest.mark.parametrize("language", ["en", "ja", "fa"])
def test_what_callers_hear_behind_key_0_stands_there(language):
    code = helpline().languages[language].code
    person = drawn(helpline(), language)[0][PERSON]
    for moment in (BOTH_OPEN, NONE_OPEN):
        heard = set(call(moment, f"{code} 0").prompts)
        assert {name for name in heard if "/opens." not in name} <= set(names(person.everything))


@pytest.mark.parametrize("language", ["en", "ja", "fa"])
def test_what_is_said_on_the_way_to_a_desk_stands_there(language):
    """The key is the first desk's; the sentence to say is heard twice, in Japanese."""
    keys = keys_to(helpline(), language)[TRANSFER]
    made = call(BOTH_OPEN, f"{' '.join(keys[:-1])}")
    while not made.prompts[-1].endswith("key.back"):
        made.wait()
    first = drawn(helpline(), language)[0][TRANSFER].parts[0]
    assert made.press(keys[-1].split()[0]).prompts == names(first.heard)


@pytest.mark.parametrize("line", [helpline(), load_helpline(STARTER)], ids=["line", "starter"])
def test_every_place_is_drawn_once_in_each_language_that_has_a_text(line):
    for language in line.texts:
        found, root = drawn(line, language)
        in_full = [branch.page for branch in walk(root) if branch.is_drawn]
        assert len(in_full) == len(set(in_full))
        assert {*line.menus, LANGUAGES, PERSON, TRANSFER, ENDINGS} <= found.keys()
        assert not loose(root, found)
        assert "unreachable" not in states(root, found).values()


def test_the_seconds_of_a_place_are_those_of_its_clips():
    heard = call(BOTH_OPEN, "02 2").just_heard
    assert drawn(helpline(), "en")[0]["booking"].seconds == pytest.approx(sum(each.seconds for each in heard), abs=0.1)


def test_a_place_whose_words_have_no_voice_is_silent():
    found, root = drawn(helpline(), "km")
    told = states(root, found)
    assert {told[page] for page in helpline().menus if page != "about"} == {"silent"}
    assert told[LANGUAGES] == ""


def test_a_menu_to_which_no_key_leads_stands_beside_the_picture():
    lost = {"lost": Menu(say=("free",), offer=("back",))}
    found, root = drawn(with_menus({**helpline().menus, **lost}), "en")
    assert loose(root, found) == ["lost"]
    assert states(root, found)["lost"] == "unreachable"


def test_a_place_that_two_keys_lead_to_is_drawn_below_the_first_of_them():
    main = helpline().menus["main"]
    options = {**main.options, "7": main.options["2"]}
    menus = {**helpline().menus, "main": main.model_copy(update={"options": options})}
    _found, root = drawn(with_menus(menus), "en")
    (first, again) = [branch for branch in walk(root) if branch.page == "booking"]
    assert [(first.key, first.state), (again.key, again.state)] == [("2", ""), ("7", "again")]
    assert paths(root)["booking"] == ("2",)


def test_an_answer_that_was_withdrawn_is_drawn_off_with_its_facts():
    line = changed(withdrawn=("F16", "F17", "F18", "F31"))
    found, root = drawn(line, "en")
    (booking,) = [branch for branch in walk(root) if branch.page == "booking"]
    assert (booking.state, booking.key) == ("off", "2")
    assert (booking.gap.why, booking.gap.names[0]) == ("withdrawn", "F16")
    assert states(root, found)["booking"] == "off"


def test_an_answer_that_nobody_filled_in_is_drawn_off_with_what_it_lacks():
    found, root = drawn(helpline(), "en")
    (about,) = [branch for branch in walk(root) if branch.page == "about"]
    assert (about.state, about.gap.why, about.gap.names) == ("off", "unfilled", ("confirmed_on",))
    assert "about" not in paths(root)
    assert states(root, found)["about"] == "off"


def test_a_desk_that_only_tells_of_itself_connects_nobody():
    telling = {name: desk.model_copy(update={"status": "tell"}) for name, desk in helpline().desks.items()}
    found, root = drawn(replace(helpline(), desks=telling), "en")
    assert [key.off for page in (PERSON, "desk.cinga") for key in found[page].keys] == [True] * 3
    assert TRANSFER not in paths(root)


def test_a_desk_that_is_silent_is_no_place():
    silent = {name: desk.model_copy(update={"status": "silent"}) for name, desk in helpline().desks.items()}
    found, root = drawn(replace(helpline(), desks=silent), "en")
    assert not [page for page in found if page.startswith("desk.")]
    assert TRANSFER not in {branch.page for branch in walk(root)}
