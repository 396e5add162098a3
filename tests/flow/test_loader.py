"""Mistakes in the YAML: each is told with file, line, column and the text; none is a traceback."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ivr.errors import ContentError
from ivr.flow.loader import load_helpline
from tests.cast import ROOT


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(ROOT / "tests" / "clinic" / "prompts", tmp_path / "prompts")
    return tmp_path / "prompts"


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


MISTAKES = [
    ("menus.yaml", "start: hello", "start: hallo", '1:8: there is no menu "hallo"; did you mean "hello"? [menus]'),
    ("menus.yaml", "to: where", "to: were", 'there is no menu "were"; did you mean "where"? [menus]'),
    (
        "menus.yaml",
        "say: hello.where,",
        "say: hello.were,",
        'there is no prompt "hello.were"; did you mean "hello.where"?',
    ),
    ("menus.yaml", '"5":', '"9":', '9:7: "9" is not free here; options take 1 to 8 [keys]'),
    (
        "menus.yaml",
        "say: hello.nurses",
        "say: hello.where",
        'the prompt "hello.where" says key 1 elsewhere; it can say only',
    ),
    ("menus.yaml", "wait: 5", "wait: soon", '4:7: "wait": Input should be a valid integer'),
    ("menus.yaml", "wait: 5", "wait: 5\nwiat: 5", '5:1: the key "wiat" is not known here [shape]'),
    ("menus.yaml", "wait: 5", "wait: 5\nwait: 6", '5:1: "wait" stands here twice, first in line 4 [duplicate-key]'),
    ("menus.yaml", "help: nurses\n", "", '1:1: the key "help" is missing here [shape]'),
    ("menus.yaml", "start: hello", "start: [hello", "this is not YAML: "),
    ("desks.yaml", '"09:00-12:00", "13:30', '"09:00-14:00", "13:30', 'the times of "monday-thursday" overlap'),
    ("desks.yaml", "09:00-12:00", "12:00-09:00", '"12:00-09:00" closes before it opens'),
    ("desks.yaml", "friday:", "fryday:", '"fryday" is neither a weekday nor a range'),
    ("desks.yaml", "holidays: US", "holidays: USSR", 'the holidays of "USSR" are not known'),
    ("desks.yaml", "direct: [en]", "direct: [eng]", 'there is no language "eng"; did you mean "en"?'),
    ("desks.yaml", ", possible: [nurse.how]", "", 'how the desk answers where a language is "possible"'),
    ("helpline.yaml", "America/New_York", "America/New_Work", '3:12: "time_zone": '),
    (
        "helpline.yaml",
        'code: "07"',
        'code: "01"',
        '9:14: code "01" belongs to "en"; a code means one language for ever',
    ),
    ("helpline.yaml", 'code: "07"', "code: 7", "String should match pattern"),
    ("helpline.yaml", "desk_language: en", "desk_language: de", 'there is no language "de"'),
    (
        "helpline.yaml",
        "first_languages: [en]",
        "first_languages: []",
        "at least one language has to speak before a choice",
    ),
    ("helpline.yaml", "opening_times:", "withdrawn: [B]\nopening_times:", 'there is no fact "B"'),
    ("prompts.yaml", "[A]", "[AA]", 'there is no fact "AA"; did you mean "A"?'),
    ("prompts.yaml", "  goodbye:", "  good-bye:", 'the prompt "goodbye", which every helpline needs, is missing'),
    ("text/fr.yaml", "goodbye:", "googbye:", 'there is no prompt "googbye"; did you mean "goodbye"? in prompts.yaml'),
    ("text/fr.yaml", "goodbye:", "googbye:", 'the prompt "goodbye" has no text'),
    ("text/fr.yaml", "goodbye: {it:", "goodbye: {its:", 'the sentence "it" is missing'),
    ("text/fr.yaml", "tapez {key}", "tapez {kye}", 'there is no word "{kye}"; did you mean "{key}"?'),
    ("text/fr.yaml", "tapez {key}", "tapez {key", "stand braces that hold no known word"),
    ("text/fr.yaml", "tapez {key}", "tapez {key!x}", "stand braces that hold no known word"),
    ("text/fr.yaml", "demain à {time}", "demain à {tiem}", 'there is no word "{tiem}"; did you mean "{time}"?'),
    ("text/fr.yaml", "language: fr", "language: de", 'this file is named for "fr"'),
    ("text/fr.yaml", ', "#": "dièse"', "", "words are missing for: #"),
    ("text/fr.yaml", "L'infirmière de la clinique.", "La dame.", 'has none of the words for "nurse": infirmière'),
    ("text/fr.yaml", "glossary: {nurse: infirmière}", "", 'the language\'s word for "nurse" is missing'),
    (
        "text/fr.yaml",
        "{nurse:",
        "{nurce: x, nurse:",
        'there is no term "nurce"; did you mean "nurse"? in glossary.yaml',
    ),
    ("glossary.yaml", "nurse.operator/it", "nurse.operator/is", 'there is no sentence "nurse.operator/is"'),
    ("text/en.yaml", ", fr: French", "", '"fr" has no name here'),
]


@pytest.mark.parametrize(("name", "old", "new", "message"), MISTAKES)
def test_a_mistake_is_told_where_it_stands_with_what_would_be_right(folder, name, old, new, message):
    change(folder, name, old, new)
    found = problems(folder)
    assert any(problem.startswith(f"{name}:") and message in problem for problem in found), found


def test_the_line_is_shown_with_a_caret_under_the_place(folder):
    change(folder, "menus.yaml", "start: hello", "start: hallo")
    with pytest.raises(ContentError) as raised:
        load_helpline(folder)
    assert str(raised.value).splitlines()[1:] == ["  start: hallo", "         ^"]


def test_all_mistakes_are_told_at_once_in_the_order_of_their_places(folder):
    change(folder, "menus.yaml", "start: hello", "start: hallo")
    change(folder, "menus.yaml", "to: where", "to: were")
    change(folder, "desks.yaml", "holidays: US", "holidays: USSR")
    found = problems(folder)
    assert [problem.split(":")[0] for problem in found] == ["desks.yaml", "menus.yaml", "menus.yaml"]
    assert found == sorted(found)


@pytest.mark.parametrize("name", ["helpline.yaml", "menus.yaml", "text/en.yaml"])
def test_a_file_that_is_missing_empty_or_not_text_is_told_by_its_name(folder, name):
    (folder / name).write_bytes(b"")
    assert all(problem.startswith(f"{name}:1:1: ") for problem in problems(folder))
    (folder / name).write_bytes(b"\xff\xfe\x00name: x")
    assert any(problem.startswith(f"{name}:1:1: this file is not UTF-8 text") for problem in problems(folder))
    (folder / name).unlink()
    assert problems(folder)


def test_a_text_for_a_language_that_is_not_in_the_list_is_told(folder):
    shutil.copy(folder / "text" / "fr.yaml", folder / "text" / "de.yaml")
    assert 'text/de.yaml:1:1: "de" is not among the languages of helpline.yaml [languages]' in problems(folder)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ContentError, match="this folder is missing"):
        load_helpline(tmp_path / "nowhere")


FILES = sorted(
    path.relative_to(ROOT / "tests/clinic/prompts") for path in (ROOT / "tests/clinic/prompts").rglob("*.yaml")
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(FILES),
    where=st.floats(0, 1),
    length=st.integers(0, 30),
    put=st.text("{}[]:#*&!|>\"'\n\t -a1é", max_size=6),
)
def test_no_edit_of_the_yaml_is_a_traceback(folder, name, where, length, put):
    original = (ROOT / "tests/clinic/prompts" / name).read_text(encoding="utf-8")
    start = int(where * len(original))
    (folder / name).write_text(original[:start] + put + original[start + length :], encoding="utf-8")
    try:
        load_helpline(folder)
    except ContentError as error:
        told = str(error)
        assert told
    finally:
        (folder / name).write_text(original, encoding="utf-8")
