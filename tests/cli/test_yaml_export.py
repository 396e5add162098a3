"""Changes in the files: only their lines differ, and afterwards file and row agree."""

from __future__ import annotations

import difflib
import shutil
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.cli.new import STARTERS
from ivr.cli.yaml_export import write_into
from ivr.content.changes import Change, Laid, Value, fingerprint, lay_over, value_at
from ivr.content.reading import read_source
from ivr.errors import HelplineError
from tests.cast import ROOT

FILES = [*sorted((ROOT / "prompts").rglob("*.yaml")), *sorted(STARTERS.rglob("*.yaml"))]
TEXT = """\
# The head
a:
  s:
    text: One.   # why
    gloss: one

  # The next section
  t: "Two."
  u:
    - x
    - y

# Last section
fill:
  notice: {}
  other:
    en: Hello.   # why
flow: {b: 1, c: [d, e], f: g}   # flow
on: 2026-01-02  # a day
none:
# The end
"""


def change(content: Value, where: tuple[str, ...], value: Value, file: str = "a.yaml") -> Change:
    return Change(file, where, fingerprint(value_at(content, where)), value)


def written(folder: Path, text: str, where: tuple[str, ...], value: Value) -> str:
    file = folder / "a.yaml"
    file.write_text(text)
    asked = change(read_source(file, "a.yaml").content, where, value)
    write_into(file, asked)
    content, laid = read_source(file, "a.yaml").content, Laid()
    lay_over(content, [asked], laid)
    assert (laid.written, laid.set_aside) == ({}, [])  # the file says it already
    return file.read_text()


def differing(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[0] in "+-"][2:]


@pytest.mark.parametrize(
    ("where", "value", "lines"),
    [
        (("a", "s"), "Plain.", ["-  s:", "-    text: One.   # why", "-    gloss: one", "+  s: Plain."]),
        (("a", "s"), {"text": "B."}, ["-    text: One.   # why", "-    gloss: one", "+    text: B. # why"]),
        (("a", "s", "gloss"), None, ["-    gloss: one"]),
        (("a", "s", "spoken"), ["x", "y"], ["+    spoken:", "+      - x", "+      - y"]),
        (("a", "t"), "3: #x", ['-  t: "Two."', '+  t: "3: #x"']),
        (("a", "t"), {"text": "B"}, ['-  t: "Two."', "+  t:", "+    text: B"]),
        (("a", "u"), ["q"], ["-    - x", "-    - y", "+    - q"]),
        (("a", "v"), "true", ["+  v: 'true'"]),
        (("fill", "other", "en"), None, ["-  other:", "-    en: Hello.   # why", "+  other: {}"]),
        (("fill", "notice", "en"), {"text": "A"}, ["-  notice: {}", "+  notice:", "+    en:", "+      text: A"]),
        (("flow", "c"), ["z"], ["-flow: {b: 1, c: [d, e], f: g}   # flow", "+flow: {b: 1, c: [z], f: g}      # flow"]),
        (("flow", "b"), None, ["-flow: {b: 1, c: [d, e], f: g}   # flow", "+flow: {c: [d, e], f: g}         # flow"]),
        (("on",), "2026-12-01", ["-on: 2026-01-02  # a day", "+on: 2026-12-01 # a day"]),
        (("on",), None, ["-on: 2026-01-02  # a day", "+on: # a day"]),
        (("none",), "2026-12-01", ["-none:", "+none: 2026-12-01"]),
        (("none", "b"), "c", ["+  b: c"]),
        (("new", "b"), ["c"], ["+new:", "+  b:", "+    - c"]),
        (("nothing", "b"), None, []),
    ],
)
def test_only_the_lines_of_a_value_differ(tmp_path, where, value, lines):
    assert differing(TEXT, written(tmp_path, TEXT, where, value)) == lines


def test_what_cannot_be_written_is_told_and_the_file_stays(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text("a:\n  - b\n")
    with pytest.raises(HelplineError, match="change it by hand"):
        write_into(file, Change("a.yaml", ("a", "b"), "", "2"))
    assert file.read_text() == "a:\n  - b\n"
    assert [*tmp_path.iterdir()] == [file]


@cache
def places(file: Path) -> list[tuple[str, ...]]:
    def below(content: Value, where: tuple[str, ...]) -> list[tuple[str, ...]]:
        inner = content.items() if isinstance(content, dict) else ()
        return [*([where] if where else []), *(each for key, value in inner for each in below(value, (*where, key)))]

    return below(read_source(file, file.name).content, ())


texts = st.sampled_from(
    ("Words.", "新しい。", "a: b", "# c", "- d", "{e}", "yes", "010", "'", '"', "2026-12-01", "x" * 200)
)
values = (
    texts
    | st.lists(texts, min_size=1, max_size=3)
    | st.dictionaries(st.sampled_from(("text", "gloss")), texts, min_size=1)
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, derandomize=True)
@given(file=st.sampled_from(FILES), data=st.data())
def test_in_every_file_of_ours_no_other_line_changes(tmp_path_factory, file, data):
    where, value = data.draw(st.sampled_from(places(file))), data.draw(values | st.none())
    copy = tmp_path_factory.mktemp("export") / file.name
    shutil.copy(file, copy)
    asked = change(read_source(copy, file.name).content, where, value, file.name)
    write_into(copy, asked)
    content, laid = read_source(copy, file.name).content, Laid()
    lay_over(content, [asked], laid)
    assert laid.set_aside == []
    assert laid.written == {} or value is None
    gone = [line for line in differing(file.read_text(), copy.read_text()) if line[0] == "-" and "#" in line]
    own = [line for line in gone if line.split("#")[0].strip("- ")]
    assert len(gone) - len(own) <= inside(file, where), gone


def inside(file: Path, where: tuple[str, ...]) -> int:
    """How many lines of comments stand between the keys of a value, which go with it."""
    source = read_source(file, file.name)
    lines = [at[0] for keys, at in (*source.keys.items(), *source.values.items()) if keys[: len(where)] == where]
    return sum(line.lstrip().startswith("#") for line in source.lines[min(lines) - 1 : max(lines)])
