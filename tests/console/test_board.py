"""The board: how every prompt is spoken in every language, or why it is not."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import SimpleNamespace

import pytest

from ivr.app import create_app
from ivr.audio.catalog import State
from ivr.audio.clip_status import ClipStatus
from ivr.audio.engines.kinds import Kind
from ivr.audio.line import load_line
from ivr.audio.recordings import Recording
from ivr.cli.new import STARTER
from ivr.config import read_settings
from ivr.console.prompt_texts import PromptText, PromptTexts
from ivr.console.words_and_voices.board import CHOICES, Cell, amounts, board, chosen
from ivr.content.changes import Change, fingerprint
from tests.cast import NUMBERS, ROOT, TOKEN, changed, helpline, line_with
from tests.staff import text_of

CLINIC = helpline(STARTER / "prompts")


def lines(line=None, recordings=None) -> PromptTexts:
    line = line or helpline()
    return PromptTexts(line_with(line, demo=True), recordings or {}, lambda _play: "")


def cells(line=None, recordings=None):
    return {row.prompt: row.cells for row in board(lines(line, recordings))}


def stood(**statuses: ClipStatus):
    """The English of the clinic: each of its lines by the carrier's voice, but these."""

    def said(language: str, clip: str) -> PromptText:
        line = CLINIC.clip_texts[language][clip]
        usual = ClipStatus(line, State.MISSING, Kind.CARRIER)
        return PromptText(language, clip, line, statuses.get(clip, usual) if language == "en" else usual)

    return {
        row.prompt: row.cells["en"]
        for row in board(SimpleNamespace(helpline=CLINIC, clip_texts=CLINIC.clip_texts, said=said))
    }


@cache
def shown():
    return cells()


def test_every_prompt_and_every_language_is_on_the_board():
    assert list(shown()) == [*helpline().prompts, "digit", "opens"]
    assert all(list(row) == list(helpline().languages) for row in shown().values())
    assert [row.prompt for row in board(lines()) if not row.is_prompt] == ["digit", "opens"]


@pytest.mark.parametrize(
    ("prompt", "language", "state"),
    [
        ("eligible", "ne", "formant"),
        ("eligible", "tl", "accent"),
        ("eligible", "km", "missing"),
        ("welcome", "vi", "other-languages"),
        ("notice", "en", "unfilled"),
    ],
)
def test_a_cell_tells_how_a_prompt_is_spoken_or_why_not(prompt, language, state):
    assert shown()[prompt][language].state == state


def test_what_was_withdrawn_is_told_as_such():
    assert cells(changed(withdrawn=("F4",)))["free"]["en"].state == "withdrawn"


def test_a_language_without_a_text_has_no_prompts():
    texts = {name: text for name, text in helpline().texts.items() if name != "vi"}
    spoken = {name: found for name, found in helpline().clip_texts.items() if name != "vi"}
    without = cells(replace(helpline(), texts=texts, clip_texts=spoken))
    assert {row["vi"].state for row in without.values()} == {"no-text"}


def test_opening_times_that_nothing_speaks_are_on_the_board_and_in_the_log(caplog):
    """Hours that staff published: callers hear the general sentence instead, and pages that follow a call show that."""
    said = {"monday-friday": "10:00-16:00"}
    fridays = Change("desks.yaml", ("desks", "cinga", "hours"), fingerprint(said), {"friday": "10:00-16:00"})
    line = load_line(ROOT / "prompts", [fridays])
    settings = read_settings({"TWILIO_AUTH_TOKEN": TOKEN, **NUMBERS}, line.helpline.desks, demo=True)
    browser = create_app(line, settings).test_client()
    unvoiced = [" ".join(each.shown.split()) for each in line.unvoiced["ne"].values()]
    missing = text_of(browser.get("/console/prompts?language=ne&state=missing"))
    assert unvoiced
    assert all(words in missing for words in unvoiced)
    assert PromptTexts(line, {}, lambda _play: "").helpline.clip_texts == line.helpline.clip_texts
    assert f"ne: {len(unvoiced)} opening times without a clip" in caplog.text
    assert '"ivr changes export", if staff published the hours' in caplog.text


@pytest.mark.parametrize(
    ("clip_status", "state"),
    [
        *(({"state": State.READY, "kind": kind}, kind.name.lower()) for kind in Kind),
        ({"state": State.MISSING, "kind": Kind.CARRIER}, "carrier"),
        ({"state": State.STALE}, "stale"),
        ({"state": State.DAMAGED, "kind": Kind.CARRIER}, "stale"),
        ({"state": State.MISSING}, "missing"),
    ],
)
def test_each_way_to_speak_has_a_state(clip_status, state):
    assert stood(free=ClipStatus(CLINIC.clip_texts["en"]["free"], **clip_status))["free"].state == state


def test_a_prompt_stands_as_the_worst_of_its_lines():
    """Of the digits one is damaged."""
    clip = next(clip for clip in CLINIC.clip_texts["en"] if clip.startswith("digit."))
    spoilt = ClipStatus(CLINIC.clip_texts["en"][clip], State.STALE, engine="gtts", outdated=True)
    worst = stood(**{clip: spoilt})["digit"]
    assert (worst.state, worst.engine, worst.outdated) == ("stale", "gtts", True)
    assert worst.lines == len([name for name in CLINIC.clip_texts["en"] if name.startswith("digit.")])


def test_a_recording_of_another_text_is_found_beside_the_voice_that_speaks_now():
    old = Recording("en", "free", "f.wav", "f.wav", "A", "2026-01-01", "2026-01-01", "of another text", "0")
    cell = cells(recordings={("en", "free"): old})["free"]["en"]
    assert (cell.state, cell.outdated) == (shown()["free"]["en"].state, True)
    assert cell.fits("outdated")
    assert not shown()["free"]["en"].fits("outdated")


def test_rows_are_chosen_by_state_in_one_language_or_in_any():
    rows = board(lines())
    assert {row.prompt for row in chosen(rows, "en", "unfilled")} >= {"notice"}
    assert not list(chosen(rows, "en", "missing"))
    assert {row.prompt for row in chosen(rows, "", "missing")} > {"eligible"}
    assert "welcome" not in {row.prompt for row in chosen(rows, "vi", "")}
    assert [row.prompt for row in chosen(rows, "", "")] == list(shown())


def test_what_may_be_chosen_tells_how_many_there_are():
    rows = board(lines())
    for choice in CHOICES:
        assert amounts(rows, "ja")[choice] == len(list(chosen(rows, "ja", choice)))
    assert amounts(rows, "")["missing"] == sum(amounts(rows, name)["missing"] for name in helpline().languages)


def test_any_cell_fits_where_nothing_is_asked_for():
    assert Cell("withdrawn").fits("")
