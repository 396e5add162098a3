"""Mistakes in the YAML, all at once and in order; what may be written in more ways than one is read as it was meant."""

from __future__ import annotations

import shutil

import pytest

from ivr.content.loader import SHAPES, load_helpline
from ivr.errors import ContentError

from .cases import GOLDEN


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(GOLDEN / "helpline", tmp_path / "helpline")


def problems(folder) -> list[str]:
    """The first line of each problem, the folder left out."""
    with pytest.raises(ContentError) as raised:
        load_helpline(folder)
    return [str(problem).splitlines()[0].removeprefix(f"{folder}/") for problem in raised.value.problems]


def change(folder, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_all_mistakes_are_told_at_once_in_the_order_of_their_places(folder):
    change(folder, "menus.yaml", "start: hello", "start: hallo")
    change(folder, "menus.yaml", "to: where", "to: were")
    change(folder, "desks.yaml", "holidays: US", "holidays: USSR")
    found = problems(folder)
    assert [problem.split(":")[0] for problem in found] == ["desks.yaml", "menus.yaml", "menus.yaml"]
    assert found == sorted(found)


def test_a_file_that_cannot_be_read_hides_no_mistake_of_the_others(folder):
    change(folder, "menus.yaml", "start: hello", "start: [hello")
    change(folder, "desks.yaml", "ring: 15", "ring: 2")
    change(folder, "text/fr.yaml", "Avant de venir", "Avant 2 venir")
    rules = [problem.rpartition(" ")[2] for problem in problems(folder)]
    assert rules == ["[out-of-range]", "[yaml-syntax]", "[digit-or-sign]"]


@pytest.mark.parametrize("name", [*SHAPES, "text/en.yaml", "text/fr.yaml"])
def test_no_rule_stumbles_over_a_file_that_is_not_sound(folder, name):
    (folder / name).write_bytes(b"\xff\xfe")
    assert [problem.partition(": ")[0] for problem in problems(folder)] == [f"{name}:1:1"]


# What a line of another kind may do without, and what the small helpline then lacks.
MISSED = {"desks.yaml": "unused-prompt", "glossary.yaml": "unknown-term"}


@pytest.mark.parametrize("name", [*SHAPES, "text/en.yaml"])
def test_a_file_that_is_missing_is_told_by_its_name(folder, name):
    (folder / name).unlink()
    if name == "codes.yaml":  # nothing has been published yet
        assert load_helpline(folder)
    elif name in MISSED:  # a line may have none, but not this one
        assert any(f"[{MISSED[name]}]" in problem for problem in problems(folder))
    else:
        assert any(f"{name}" in problem and "is missing" in problem for problem in problems(folder))


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"], ids=["no mark", "byte order mark"])
@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
def test_windows_and_other_endings_of_lines_are_read_alike(folder, before, ending):
    wanted = load_helpline(folder)
    for path in folder.rglob("*.yaml"):
        path.write_bytes(before + path.read_bytes().replace(b"\n", ending))
    assert vars(load_helpline(folder)) == vars(wanted)
    change(folder, "menus.yaml", "wait: 5", "wait: soon")
    assert [problem.partition(": ")[0] for problem in problems(folder)] == ["menus.yaml:4:7"]


def test_what_yaml_takes_for_numbers_and_dates_is_read_as_it_was_typed(folder):
    """Quotes make no difference where none are needed: 17:30 is no number, `no` is a word, 010 keeps its zero."""
    change(folder, "helpline.yaml", 'country_code: "1"', "trunk_prefix: 010")
    change(folder, "helpline.yaml", 'code: "07"', "code: 07")
    change(folder, "desks.yaml", 'friday: "09:00-12:00"', "friday: 09:00-12:00")
    change(folder, "text/fr.yaml", '"09:00":', "09:00:")
    change(folder, "text/fr.yaml", '"1": "un"', '1: "no"')
    helpline = load_helpline(folder)
    assert (helpline.about.trunk_prefix, helpline.languages["fr"].code) == ("010", "07")
    assert helpline.texts["fr"].keys["1"] == "no"
    assert helpline.texts["fr"].opening.times["09:00"] == "neuf heures"


def test_comments_and_quoted_signs_are_no_mistake(folder):
    change(folder, "menus.yaml", "wait: 5", "wait: 5   # seconds, as in #1\n#: what was here\n#wait: 6")
    change(folder, "text/fr.yaml", "name: Français", 'name: "Français" # no # more')
    found = problems(folder)
    assert found == ['menus.yaml:5:1: # begins a comment, so this key is lost; put it in quotes: "#": [bare-hash]']
    change(folder, "menus.yaml", "#: what", "# what")
    assert load_helpline(folder)


def test_a_code_that_was_published_stays_when_its_language_leaves(folder):
    change(folder, "codes.yaml", 'de: "05"', 'de: "05", ru: "06"')
    assert load_helpline(folder)
