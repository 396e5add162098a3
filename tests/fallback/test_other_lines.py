"""The last resort of a line without a list, of an option that ends the call, and of a notice that isn't for ever."""

from __future__ import annotations

from functools import cache

import pytest

from ivr.audio.line import line_of
from ivr.fallback.documents import INDEX, documents
from ivr.fallback.export import make
from ivr.flow.places import Place
from ivr.flow.steps import Gather, Hangup, Play, Redirect, plays
from tests.lines import crisis, noticed, town

DECOY = Place("hang_up.decoy", "en")


@cache
def made(line):
    return documents(line_of(line).helpline)


def heard(line, place: Place) -> list[str]:
    return [play.name for play in plays(made(line)[place])]


def test_a_line_of_one_language_has_no_list_and_goes_on_with_its_first_menu():
    assert heard(town(), INDEX) == ["en/welcome", "en/apology"]
    assert made(town())[INDEX][-1] == Redirect(Place("first", "en"), "show")
    assert {place.language for place in made(town())} == {"", "en"}
    assert [place for place in made(town()) if not place.language] == [INDEX]


def test_an_option_that_ends_the_call_does_so_and_callers_without_keys_never_hear_its_words():
    assert made(crisis())[DECOY] == (Play("en", "decoy"), Hangup())
    leading = [step for step in made(crisis())[Place("first/options", "en")] if isinstance(step, Gather)]
    assert [step.place for step in leading if Play("en", "leave") in step.plays] == [DECOY]
    assert [place for place in made(crisis()) if "en/decoy" in heard(crisis(), place)] == [DECOY]


def test_a_desk_that_an_option_rings_is_told_of_and_that_nobody_can_be_connected():
    assert heard(crisis(), Place("desk.refuge", "en"))[:3] == ["en/danger.short", "en/desks.none", "en/refuge.operator"]


def test_a_notice_of_some_days_is_left_out_since_files_know_no_date():
    told = {play for place in made(noticed()) for play in heard(noticed(), place)}
    assert "es/notice" in told
    assert "en/notice" not in told


@pytest.mark.parametrize("line", [crisis(), town()], ids=["crisis", "town"])
def test_a_carrier_accepts_all_of_it(line):
    assert make(line_of(line), "https://resort.example").documents
