"""docs/own-helpline.md: each recipe, done on the line that it belongs to, loads, and callers hear what it promises."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from ivr.app import create_app
from ivr.audio.line import load_line
from ivr.cli.main import group
from ivr.cli.new import STARTERS
from ivr.config import read_settings
from ivr.simulator import WsgiTransport
from tests.cast import ROOT
from tests.test_staff_docs import Job, apply, job

pytestmark = pytest.mark.slow

PAGE = (ROOT / "docs" / "own-helpline.md").read_text(encoding="utf-8")
KINDS = {"clinic": "information", "crisis": "crisis", "town": "town"}
RECIPES = {title: job(text) for title, _, text in (part.partition("\n") for part in PAGE.split("\n### ")[1:])}
CHANGING = [title for title, found in RECIPES.items() if found.changes]


def folder_of(recipe: Job) -> str:
    (folder,) = {Path(file).parts[0] for file, _ in recipe.changes}
    return folder


def done(recipe: Job, root: Path) -> Path:
    """The starter's copy with everything that the recipe changes; a file that isn't there is written."""
    folder = folder_of(recipe)
    shutil.copytree(STARTERS / KINDS[folder], root / folder)
    for file, change in recipe.changes:
        if not (root / file).exists():
            (root / file).touch()
        apply(root, file, change)
    return root / folder / "prompts"


def heard(folder: Path, typed: str, monkeypatch) -> str:
    """What `ivr call` prints, with a demo of this line at the other end."""
    line = load_line(folder)
    app = create_app(line, read_settings({}, line.helpline.desks, demo=True))
    monkeypatch.setattr("ivr.cli.call.HttpTransport", lambda: WsgiTransport(app))
    result = CliRunner().invoke(group, shlex.split(typed)[1:], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("title", CHANGING)
def test_a_recipe_fits_its_line_and_callers_hear_what_it_promises_and_did_not_before(title, tmp_path, monkeypatch):
    recipe = RECIPES[title]
    made = done(recipe, tmp_path)
    assert load_line(made).helpline
    if recipe.call:
        before = heard(STARTERS / KINDS[folder_of(recipe)] / "prompts", recipe.call, monkeypatch)
        after = heard(made, recipe.call, monkeypatch)
        assert [words for words in recipe.heard if words not in after] == []
        assert [words for words in recipe.unheard if words in after or words not in before] == []
        assert [words for words in recipe.heard if words not in before] or recipe.unheard


def test_the_calls_at_a_moment_reach_the_office_in_its_last_minute_and_not_after_it(monkeypatch):
    last_minute, after = (
        line for line in PAGE.splitlines() if line.startswith(".venv/bin/ivr call --at") and "'" in line
    )
    assert "the desk hears: A caller who speaks English." in heard(
        STARTERS / "town" / "prompts", last_minute, monkeypatch
    )
    assert "Call again tomorrow at nine in the morning." in heard(STARTERS / "town" / "prompts", after, monkeypatch)


def test_only_a_limit_promises_no_words():
    assert [title for title in CHANGING if not RECIPES[title].call] == ["The seconds until somebody is rung"]
    assert [title for title in CHANGING if RECIPES[title].call and not RECIPES[title].heard] == []
