"""What is told, and in which order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr.fallback.parts import below, content, parts, standard_keys
from ivr.flow.all_situations import nobody
from ivr.flow.engine import respond
from ivr.flow.places import Event, Place
from ivr.flow.say import PagePrompt, spoken
from ivr.flow.steps import plays
from tests.cast import changed, helpline


def pages(line=None) -> list[str]:
    return [part.page for part in parts(line or helpline(), "en")]


def test_each_page_is_told_once_and_before_those_that_it_offers():
    assert pages()[:4] == ["main", "papers", "group_a", "with_postcard"]
    assert len(pages()) == len(set(pages()))
    assert {*helpline().menus, "desk.cinga", "desk.fresc"} - {"about"} == set(pages())


def test_desks_that_no_menu_offers_are_told_at_the_end():
    menus = {name: menu.model_copy(update={"desks": False}) for name, menu in helpline().menus.items()}
    flow = helpline().flow.model_copy(update={"menus": menus})
    assert pages(replace(helpline(), flow=flow))[-2:] == ["desk.fresc", "desk.cinga"]


def test_a_page_that_only_key_0_leads_to_is_told_too():
    flow = helpline().flow
    menus = {}
    for name, menu in flow.menus.items():
        options = {key: option for key, option in menu.options.items() if option.to != flow.help}
        menus[name] = menu.model_copy(update={"options": options})
    assert flow.help in pages(replace(helpline(), flow=flow.model_copy(update={"menus": menus})))


def test_a_desk_whose_operator_was_withdrawn_is_not_told():
    assert "desk.fresc" not in pages(changed(withdrawn=("F26",)))


@pytest.mark.parametrize("language", ["en", "ja", "ar"])
def test_each_page_says_what_the_live_line_says_when_nobody_can_be_connected(language):
    line = helpline()
    for part in parts(line, language):
        live = respond(line, Place(part.page, language), Event(), nobody(line)[0])
        told = [play.prompt for play in content(line, language, part) if play.prompt != "desks.none"]
        keys = [lower.label for lower in below(line, language, part)]
        keys += [said.prompt for said in standard_keys(line, language, part)]
        offered = spoken(line, language, tuple(PagePrompt("option", key) for key in keys))
        assert [play.prompt for play in plays(live)] == told + [play.prompt for play in offered], part.page
