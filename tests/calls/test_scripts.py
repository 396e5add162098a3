"""Whole calls that staff can read: every script in `scripts/` is played against the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.phone import Unmet, WsgiTransport, replay, save
from tests.cast import LINE, NUMBERS, TOKEN, URL, _app

SCRIPTS = sorted(Path(__file__).with_name("scripts").glob("*.call"))


def play(script):
    transport = WsgiTransport(_app(tuple(NUMBERS.items())))
    return replay(script, transport, URL, token=TOKEN, to=LINE, portable=True)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_call_goes_as_its_script_says(script):
    assert play(script).problems == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_call_that_is_saved_can_be_played_again(script, tmp_path):
    saved = tmp_path / "saved.call"
    first = play(script)
    save(first, saved)
    again = play(saved)
    assert [sound.prompt for sound in again.heard] == [sound.prompt for sound in first.heard]


def test_a_script_that_expects_something_else_fails(tmp_path):
    wrong = tmp_path / "wrong.call"
    wrong.write_text("at 2026-11-24 11:00\npress 02\nhear ja/eligible\n", encoding="utf-8")
    with pytest.raises(Unmet, match="expected to hear ja/eligible"):
        play(wrong)
