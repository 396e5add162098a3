"""The page Menu shows what callers hear: every page, in every state of the desks and every language, prompt by prompt.

What is shown comes from the flow's description, what is heard from the engine: a page that is described a second time,
or played otherwise than described, fails here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html import unescape

import pytest

from ivr.console.call_flow.places import all_places
from ivr.content.hours import is_open
from ivr.content.loader import load_helpline
from ivr.content.model import Helpline
from ivr.content.pages import DESK, ENDINGS, LANGUAGES, PERSON, TRANSFER
from ivr.flow.all_situations import nobody, situations
from ivr.flow.endings import TRIES, apology
from ivr.flow.engine import arrive, respond
from ivr.flow.language_list import choice
from ivr.flow.matching import desks_for
from ivr.flow.places import Event, Place
from ivr.flow.steps import Steps, Visit, plays
from tests.cast import NUMBERS, app, helpline
from tests.console.test_picture import STARTER, lines
from tests.lines import crisis

LINES = {"line": helpline(), "starter": load_helpline(STARTER), "crisis": crisis(), "slow crisis": crisis(slow=True)}
OVERFLOWING = LINES["starter"].desks["nurse"].model_copy(update={"overflow": "reception"})
LINES["overflow"] = replace(LINES["starter"], desks={**LINES["starter"].desks, "nurse": OVERFLOWING})
SPOKEN = [(name, language) for name, line in LINES.items() for language in line.languages if language in line.texts]
every_language = pytest.mark.parametrize(("name", "language"), SPOKEN)


@cache
def shown(name: str, language: str) -> dict[str, list]:
    return {place.page: place.parts for place in all_places(lines(LINES[name]), language)}


def words_of(part) -> list[str]:
    return [said.line.name for said in part.heard]


def shown_in(parts: list, title: str, state: tuple[str, tuple[str, ...]] | None = None) -> list[str]:
    """The words under a title, in a state of the desks; a part that names no state holds for all, others go first."""
    named = [part for part in parts if title in part.titles and state in part.cases]
    (found,) = named or [part for part in parts if title in part.titles and not part.cases]
    return words_of(found)


def heard(steps: Steps) -> list[str]:
    return [play.name for play in plays(steps)]


def states(line: Helpline):
    """Every state of the desks with its name on the page, its situation, and the desks that were rung in vain."""
    for situation in situations(line):
        now = situation.now
        desks = line.desks.items()
        is_open_now = tuple(name for name, desk in desks if is_open(desk, now, situation.overrides.get(name, ())))
        yield ("open" if is_open_now else "closed", is_open_now), situation, ()
    yield ("tried", ()), situations(line)[0], tuple(line.desks)
    yield ("nobody", ()), nobody(line)[0], ()


def options(line: Helpline):
    return [(name, key, option) for name, menu in line.menus.items() for key, option in menu.options.items()]


@every_language
def test_every_page_is_shown_as_it_is_played(name, language):
    line, parts = lines(LINES[name]).helpline, shown(name, language)
    told = [view.name for view in desks_for(line, language, situations(line)[0])]
    pages = dict.fromkeys(line.menus, ("all", "options", "short"))
    pages |= dict.fromkeys((PERSON, *(DESK + desk for desk in told)), ("all", "short"))
    ends = {option.page: (menu, key) for menu, key, option in options(line) if option.hang_up}
    assert parts.keys() == {LANGUAGES, *pages, *ends, TRANSFER, ENDINGS}
    for page, (menu, key) in ends.items():
        played = heard(respond(line, Place(menu, language), Event("keys", key), situations(line)[0]))
        assert shown_in(parts[page], "all") == played
    for (state, is_open_now), situation, tried in states(line):
        in_order = tuple(desk for desk in told if desk in is_open_now)
        for page, forms in pages.items():
            for form in forms:
                place = Place(page, language, heard=tuple(told) if form == "short" else (), tried=tried)
                played = heard(arrive(line, Visit(place, form=form), situation))
                assert shown_in(parts[page], form, (state, in_order)) == played, (page, form, state, in_order)


@every_language
def test_the_list_and_the_first_words_after_the_choice_are_shown_as_they_are_played(name, language):
    line, parts = lines(LINES[name]).helpline, shown(name, language)
    served, now = lines(LINES[name]).served, situations(line)[0]
    listed = parts[LANGUAGES]
    if line.only_language:
        first = shown_in(parts[line.flow.start], "chosen", ("open", tuple(line.desks)))
        assert shown_in(listed, "all") + first == heard(respond(served, Place(), Event(), now))
        return
    assert shown_in(listed, "all") == heard(respond(served, Place(), Event(), now))
    assert shown_in(listed, "short") == heard(respond(served, Place(tries=1), Event(), now))
    again = shown_in(listed, "no_key") + shown_in(listed, "short")
    assert again == heard(respond(served, Place(), Event("silence"), now))
    waiting = replace(line, ready=line.ready - {language})
    code = choice(line, language)
    if language not in line.about.first_languages:
        unready = shown_in(listed, "unready")
        assert unready == heard(respond(waiting, Place(), code, now))[: len(unready)]
    for state, situation, _tried in states(line):
        chosen = shown_in(parts[line.flow.start], "chosen", state)
        if state[0] != "tried":
            assert chosen == heard(respond(line, Place(), code, situation))


@every_language
def test_what_is_said_on_the_way_to_a_desk_is_shown_as_it_is_played(name, language):
    line, parts = lines(LINES[name]).helpline, shown(name, language)[TRANSFER]
    is_open_now, closed = situations(line)[0], situations(line)[-1]
    first, second = desks_for(line, language, is_open_now)[:2]
    place = Place(DESK + first.name, language, heard=(first.name,))

    def after(event: Event, situation=is_open_now, **fields) -> list[str]:
        return heard(respond(line, place._replace(**fields), event, situation))

    ways = []
    for view in (first, second):
        here = Place(DESK + view.name, language, heard=(view.name,))
        ways.append(heard(respond(line, here, Event("keys", view.key), is_open_now)))
    assert shown_in(parts, "before_ringing") == max(ways, key=len), "where only one is told the sentence, it is shown"
    for menu, key, option in (found for found in options(line) if found[2].connect):
        said = heard(respond(line, Place(menu, language), Event("keys", key), is_open_now))
        before = said[: len(said) - len(shown_in(parts, "before_ringing"))]
        assert bool(before) == line.about.rules.operator_first
        assert not before or " ".join(before) in " ".join(shown_in(parts, "introduced")), option
    assert shown_in(parts, "desk_hears") == after(Event("whisper"))
    menu = heard(arrive(line, Visit(Place(line.flow.start, language), form="short"), is_open_now))
    assert shown_in(parts, "just_closed") + menu == after(Event("dial"), closed)
    assert shown_in(parts, "after_talk") + menu == after(Event("dialled", outcome="answered"))
    for desk, other in ((first, second), (second, first)):
        number = shown_in(parts, "number") if desk.desk.say_number else []
        last = Place(DESK + desk.name, language, number=1, tried=(other.name,))
        for said, outcome in zip(shown_in(parts, "not_reached"), ("busy", "no-answer", "failed"), strict=True):
            told = heard(respond(line, last, Event("dialled", outcome=outcome), is_open_now))
            told = [each for each in told if "/digit." not in each]
            assert told == [said, *shown_in(parts, "no_other_desk"), *number, *menu]


def test_the_desk_that_rings_in_place_of_another_is_shown_as_it_is_played():
    line, parts = lines(LINES["overflow"]).helpline, shown("overflow", "en")[TRANSFER]
    last = Place(f"{DESK}nurse", "en", number=1, heard=("nurse",))
    played = heard(respond(line, last, Event("dialled", outcome="busy"), situations(line)[0]))
    assert played[1:-1] == shown_in(parts, "rings_next") == ["en/reception.operator", "en/reception.languages"]


@every_language
def test_how_calls_end_is_shown_as_it_is_played(name, language):
    line, parts = lines(LINES[name]).helpline, shown(name, language)[ENDINGS]
    now, place = situations(line)[0], Place(line.flow.start, language)
    menu = heard(arrive(line, Visit(place, form="short"), now))
    assert shown_in(parts, "wrong_key") + menu == heard(respond(line, place, Event("keys", "8"), now))
    assert shown_in(parts, "no_key") + menu == heard(respond(line, place, Event("silence"), now))
    worn = place._replace(tries=TRIES - 1)
    assert shown_in(parts, "gives_up") == heard(respond(line, worn, Event("keys", "8"), now))
    assert shown_in(parts, "our_error") == heard(apology(line, place))
    assert shown_in(parts, "second_error") == heard(apology(line, place._replace(errors=1)))


def test_a_closed_desk_says_who_runs_it_that_it_is_closed_when_it_opens_and_what_will_happen():
    said = shown_in(shown("line", "en")[f"{DESK}cinga"], "all", ("closed", ()))
    names = [each.removeprefix("en/") for each in said]
    assert names[:2] == ["cinga.operator", "cinga.closed"]
    assert names[2].startswith("opens.")
    assert names[3:] == [
        *("cinga.how", "cinga.other", "cinga.hours", "cinga.closed_days"),
        *("key.again", "key.back", "key.first"),
    ]


@pytest.mark.parametrize("language", ["en", "ja", "ur"])
def test_the_page_in_the_browser_has_all_of_it_in_this_order(language):
    browser = app(helpline(), NUMBERS).test_client()
    for page, parts in shown("line", language).items():
        html = browser.get(f"/console/menu?language={language}&place={page}").text
        found = re.split(r'<div class="part">', html.partition('<div class="item has-key is-off">')[0])[1:]
        texts = [re.findall(r'<p class="(?:text|repeated)"[^>]*>(.*?)</p>', part, re.S) for part in found]
        assert [[unescape(text) for text in part] for part in texts] == [
            [item.said.text for item in part.items if item.said.line] for part in parts
        ]
