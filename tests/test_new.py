"""`ivr new`: what it makes is whole and works at once, and nothing that is there is overwritten."""

from __future__ import annotations

import shlex
import tomllib

import pytest
from click.testing import CliRunner

from ivr.cli.main import group
from ivr.cli.new import KINDS, STARTER, STARTERS
from ivr.content.loader import SHAPES, load_helpline
from ivr.content.model import TextFile
from ivr.errors import HelplineError
from tests.cast import ROOT, call
from tests.test_docs import keys_of, words_of

FILES = sorted(path.relative_to(STARTERS) for path in STARTERS.rglob("*") if path.is_file())
every_kind = pytest.mark.parametrize("kind", KINDS)


def new(folder, *options: str) -> str:
    result = CliRunner().invoke(group, ["new", str(folder), *options], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


@every_kind
def test_a_new_helpline_has_every_file_of_its_starter_and_the_schemas_and_is_told_what_it_is(kind, tmp_path):
    assert KINDS[kind] in new(tmp_path / "mine", "--kind", kind)
    made = {path.relative_to(tmp_path / "mine") for path in (tmp_path / "mine").rglob("*") if path.is_file()}
    expected = {path.relative_to(kind) for path in FILES if path.parts[0] == kind}
    assert made == expected | {"prompts" / path for path in FILES if path.parts[0] == "schemas"}
    assert {path.name for path in made} > {"helpline.yaml", "menus.yaml", "en.yaml", "text.json"}


def test_without_a_kind_it_is_the_information_line_and_another_kind_is_refused_with_those_there_are(tmp_path):
    assert KINDS["information"] in new(tmp_path / "mine")
    assert (tmp_path / "mine/prompts/text/fr.yaml").is_file()
    refused = CliRunner().invoke(group, ["new", str(tmp_path / "other"), "--kind", "shop"])
    assert refused.exit_code == 2
    assert "'information', 'crisis', 'town'" in refused.output
    assert not (tmp_path / "other").exists()


@every_kind
def test_each_kind_is_checked_green(kind, tmp_path):
    new(tmp_path / "mine", "--kind", kind)
    result = CliRunner().invoke(group, ["--helpline", str(tmp_path / "mine/prompts"), "check"])
    assert (result.exit_code, "no mistakes." in result.output) == (0, True), result.output


def test_a_new_helpline_is_checked_green_by_the_command_that_is_named_and_can_be_called_at_once(tmp_path):
    output = new(tmp_path / "my line")
    check, serve, call_it = (shlex.split(row.split("  ")[1]) for row in output.splitlines() if row.startswith("  "))
    assert check[1:] == ["--helpline", str(tmp_path / "my line/prompts"), "check"]
    assert (serve[1:], call_it[1:]) == ([*check[1:3], "serve", "--demo"], ["call"])
    assert CliRunner().invoke(group, check[1:]).output.startswith(f"{tmp_path / 'my line/prompts'}: no mistakes.")
    numbers = {"NURSE_PHONE": "+999111111111", "RECEPTION_PHONE": "+999222222222"}
    made = call(line=load_helpline(tmp_path / "my line/prompts"), environ=numbers, keys="03 1 1")
    assert made.just_heard[0].text.startswith("La clinique de nuit est dans la rue Elm")


def test_a_line_that_changes_rules_is_told_which_when_it_is_checked(tmp_path):
    new(tmp_path / "mine")
    about = tmp_path / "mine/prompts/helpline.yaml"
    about.write_text("rules: {operator_first: false, most_options: 4, most_levels: 5}\n" + about.read_text("utf-8"))
    output = CliRunner().invoke(group, ["--helpline", str(about.parent), "check"]).output
    changed = ["This line changes a rule: operator_first: false", "This line changes a rule: most_levels: 5"]
    assert output.splitlines()[-2:] == changed


def test_an_empty_folder_may_be_there_already(tmp_path):
    new(tmp_path)
    assert (tmp_path / "prompts/helpline.yaml").is_file()


def test_a_folder_that_holds_anything_is_refused_and_left_alone(tmp_path):
    (tmp_path / ".hidden").write_text("mine")
    with pytest.raises(HelplineError, match="is not empty"):
        new(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".hidden"]


@pytest.mark.parametrize(("target", "message"), [("file", "is a file"), ("file/below", "can't be made")])
def test_a_name_that_cannot_be_a_folder_is_refused(tmp_path, target, message):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(HelplineError, match=message):
        new(tmp_path / target)


def test_an_installed_package_has_every_file_of_the_starter():
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    packed = {path for pattern in data["ivr"] for path in (ROOT / "ivr").glob(pattern)}
    assert {STARTERS / path for path in FILES} <= packed


@pytest.mark.parametrize("name", [*SHAPES, "text/en.yaml"])
def test_the_starter_shows_every_key_that_can_be_written(name):
    """Its comments are all that somebody may ever read."""
    assert not keys_of(SHAPES.get(name, TextFile)) - words_of((STARTER / "prompts" / name).read_text(encoding="utf-8"))


def test_the_starter_is_nobody_s_line():
    """All of it is made up, and none of it is this project's own subject."""
    content = " ".join((STARTERS / path).read_text(encoding="utf-8").lower() for path in FILES)
    for word in ("vaccin", "japan", "covid", "cinga", "fresc", "immigration"):
        assert word not in content
