"""Whole calls that staff can read: every script in `scripts/` is played against a demo, where staff make them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ivr.simulator import FIRST, OTHER, Call, Readings, Unmet, WsgiTransport, replay, write
from ivr.simulator.script import parse
from tests.cast import LINE, TOKEN, URL, demo, helpline

SCRIPTS = sorted(Path(__file__).with_name("scripts").glob("*.call"))


def play(script, readings: Readings = FIRST) -> Call:
    return replay(script, WsgiTransport(demo()), URL, token=TOKEN, to=LINE, portable=True, readings=readings)


@cache
def played(script: Path) -> Call:
    return play(script)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_call_goes_as_its_script_says(script):
    assert played(script).problems == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_call_goes_the_same_way_where_twilio_may_be_read_in_two_ways(script):
    """Every point that `readings` knows, the other way round."""
    other = play(script, OTHER)
    assert other.problems == []
    assert other.heard == played(script).heard


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_call_that_is_saved_can_be_played_again_and_saved_alike(script):
    first = played(script)
    again = play(parse(write(first)))
    assert again.heard == first.heard
    assert write(again) == write(first)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_begins_with_its_story_and_a_moment(script):
    """Without a moment it would be played at the present one, and met on some days only."""
    story, moment, *_ = script.read_text(encoding="utf-8").splitlines()
    assert story.startswith("# ")
    assert story.endswith(".")
    assert moment.startswith("at ")


def test_the_scripts_together_tell_every_menu_and_everything_that_can_become_of_a_transfer():
    pages = [page for script in SCRIPTS for page in played(script).documents]
    visited = {urlsplit(page.url).path.split("/")[3] for page in pages if page.url.count("/") > 5}
    menus = {name for name in helpline().menus if name != "about"}  # only there once the operator fills it in
    assert menus | {"desk.fresc", "desk.cinga", "person"} <= visited
    outcomes = {(page.parameters["DialCallStatus"], page.parameters["DialBridged"]) for page in pages if told(page)}
    assert outcomes == {
        ("completed", "true"),
        ("completed", "false"),
        ("busy", "false"),
        ("no-answer", "false"),
        ("failed", "false"),
        ("canceled", "false"),
    }
    assert {played(script).ended_by for script in SCRIPTS} == {"hangup", "caller"}


def told(page) -> bool:
    return "DialCallStatus" in page.parameters


def test_a_script_that_expects_something_else_fails(tmp_path):
    wrong = tmp_path / "wrong.call"
    wrong.write_text("at 2026-11-24 11:00\npress 02\nhear ja/eligible\n", encoding="utf-8")
    with pytest.raises(Unmet, match="expected to hear ja/eligible"):
        play(wrong)
