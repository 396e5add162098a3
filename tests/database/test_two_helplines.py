"""Two helplines never share a database: their counts would be added up, and one would close the other's desks."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from click.testing import CliRunner

from ivr.cli.main import group
from ivr.cli.new import STARTER
from ivr.content.loader import load_helpline
from ivr.database.tables import MAX_LETTERS
from ivr.errors import HelplineError
from tests.cast import ROOT, helpline
from tests.database.line import counting, sqlite_url, stored
from tests.served import until


def named(name: str):
    return replace(helpline(), about=helpline().about.model_copy(update={"name": name}))


@pytest.fixture
def first(url):
    """A helpline that used this database first."""
    with_counts = counting(url)
    with_counts.start()
    until(lambda: with_counts.is_reachable)
    with_counts.stop()
    return url


def test_another_helpline_leaves_the_database_alone_and_says_whose_it_is(first, caplog):
    other = counting(first, named("A town's line"))
    other.start()
    until(lambda: 'it belongs to the helpline "COVID- vaccine helpline"' in caplog.text)
    assert not other.is_reachable
    other.stop()
    assert stored(first) == {}


def test_a_line_of_the_same_name_goes_on_with_it(first):
    again = counting(first)
    again.start()
    until(lambda: again.is_reachable)
    again.stop()


@pytest.mark.parametrize("typed", ["desks", "counts", "desks clear nurse"])
def test_a_command_of_another_helpline_is_refused(first, typed, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", first)
    result = CliRunner().invoke(group, ["--helpline", str(STARTER / "prompts"), *typed.split()])
    assert isinstance(result.exception, HelplineError)
    assert "each helpline needs a DATABASE_URL of its own" in str(result.exception)


def test_a_helpline_that_was_renamed_takes_its_database_over_once(first, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", first)
    monkeypatch.setattr("ivr.cli.counts.load_helpline", lambda _folder: named("Vaccine line"))
    run = CliRunner()
    assert run.invoke(group, ["--helpline", str(ROOT / "prompts"), "counts", "--adopt"]).exit_code == 0
    assert run.invoke(group, ["--helpline", str(ROOT / "prompts"), "counts"]).exit_code == 0
    former = counting(first)
    former.start()
    former.stop()
    assert not former.is_reachable


@pytest.mark.parametrize("name", ["1" * 100, "Helpline 0120-123-456", "線" * 200, "A" * 200])
def test_whatever_a_helpline_is_called_its_database_takes_the_name(tmp_path, name):
    line = counting(sqlite_url(tmp_path), named(name))
    line.start()
    until(lambda: line.is_reachable)
    line.stop()
    assert MAX_LETTERS < 100


def test_helplines_in_one_folder_have_sounds_and_a_database_of_their_own(tmp_path):
    folders = [tmp_path / name for name in ("prompts", "town", "crisis")]
    for folder in folders:
        shutil.copytree(STARTER / "prompts", folder)
    found = [load_helpline(folder) for folder in folders]
    assert [each.audio_dir.name for each in found] == ["audio", "town-audio", "crisis-audio"]
    assert [each.database_file.name for each in found] == ["ivr.db", "town.db", "crisis.db"]
    assert {each.database_file.parent for each in found} == {tmp_path}
