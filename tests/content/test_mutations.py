"""Whatever happens to the files, only ContentError comes out, and every problem is at a place that is there."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.content.loader import load_helpline
from ivr.errors import ContentError, Problem

from .cases import GOLDEN

HELPLINE = GOLDEN / "helpline"
FILES = sorted(str(path.relative_to(HELPLINE)) for path in HELPLINE.rglob("*.yaml"))
RULES = {path.stem for path in GOLDEN.glob("*.yaml-case")}

DEEP = b"[" * 100_000
DEEP_BLOCKS = b"\n".join(b" " * level + b"a:" for level in range(2_000))
ALIASES = b"a: &a [x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9)) for n in range(12)
)
RECURSION = b"a: &a [*a]\n"
TOKENS = [
    b"{", b"}", b"[", b"]", b":", b": ", b"#", b"# ", b" #", b"*", b"&a ", b"*a", b"!", b"!!int ", b"|", b">", b"\"",
    b"'", b"\n", b"\r\n", b"\t", b" ", b"  ", b"- ", b"? ", b"---\n", b"...\n", b"%YAML 9\n", b"<<: ", b"~", b"null",
    b"no", b"", b"0", b"-1", b"1e9", b".nan", b"999999999999999999999", b"2026-02-30", b"9999-12-31", b"0001-01-01",
    b"\\", b"\0", b"\x85", b"\xef\xbb\xbf", b"\xff", b"\xc3", b"\xe2\x80\xa8", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80",
    b"{key}", b"hello", b"person", b"en", b"F", b"../x", b"1", b"9", b"true", DEEP[:5_000],
]  # fmt: skip


def told(changed: dict[str, bytes | None]) -> tuple[Problem, ...]:
    """The problems of the small helpline with these files changed, or deleted (None)."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(HELPLINE, Path(place) / "helpline"))
        for name, data in changed.items():
            (folder / name).unlink()
            if data is not None:
                (folder / name).write_bytes(data)
        try:
            load_helpline(folder)
        except ContentError as error:
            for problem in error.problems:
                assert_that_it_leads_somewhere(folder, problem)
            assert str(error)
            return error.problems
    return ()


def assert_that_it_leads_somewhere(folder: Path, problem: Problem) -> None:
    assert problem.rule in RULES
    path = Path(problem.path)
    if problem.rule == "missing-file":
        assert path.parent in (folder, folder / "text")
        return
    lines = path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert 1 <= problem.line <= len(lines)
    assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
    if problem.source:
        assert problem.source == lines[problem.line - 1]


def swapped(lines: list[bytes], one: int, other: int) -> list[bytes]:
    lines = [*lines]
    one, other = one % len(lines), other % len(lines)
    lines[one], lines[other] = lines[other], lines[one]
    return lines


def values_swapped(lines: list[bytes], one: int, other: int) -> list[bytes]:
    """Two lines keep their keys and exchange what stands behind them."""
    lines = [*lines]
    one, other = one % len(lines), other % len(lines)
    (key, colon, value), (key_2, colon_2, value_2) = lines[one].partition(b":"), lines[other].partition(b":")
    lines[one], lines[other] = key + colon + value_2, key_2 + colon_2 + value
    return lines


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, bytes | None]:
    changed: dict[str, bytes | None] = {}
    for name in draw(st.lists(st.sampled_from(FILES), min_size=1, max_size=3, unique=True)):
        data = (HELPLINE / name).read_bytes()
        for _ in range(draw(st.integers(1, 3))):
            data = mutation(draw, data)
        changed[name] = data
    return changed


def mutation(draw: st.DrawFn, data: bytes) -> bytes:
    lines, one, other = data.split(b"\n"), draw(st.integers(0, 10_000)), draw(st.integers(0, 10_000))
    start = one % (len(data) + 1)
    end = start + other % 40
    match draw(st.sampled_from(["put", "cut", "bytes", "double", "drop", "swap", "values", "indent", "encode"])):
        case "put":
            return data[:start] + draw(st.sampled_from(TOKENS)) + data[start + other % 8 :]
        case "cut":
            return data[:start] + data[end:]
        case "bytes":
            return data[:start] + draw(st.binary(max_size=6)) + data[end:]
        case "double":
            return b"\n".join([*lines, lines[one % len(lines)]])
        case "drop":
            return b"\n".join(lines[: one % len(lines)] + lines[one % len(lines) + 1 + other % 3 :])
        case "swap":
            return b"\n".join(swapped(lines, one, other))
        case "values":
            return b"\n".join(values_swapped(lines, one, other))
        case "indent":
            lines[one % len(lines)] = b" " * (other % 6) + lines[one % len(lines)].lstrip()
            return b"\n".join(lines)
    encoding = draw(st.sampled_from(["utf-16", "utf-16-le", "latin-1", "utf-32", "utf-8-sig", "cp037"]))
    return data.decode("utf-8", "replace").encode(encoding, "replace")


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(changed=mutated())
def test_no_edit_of_the_files_is_a_traceback(changed):
    told(changed)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "data",
    [None, b"", b"\n", b"# nothing", b"x", b"[]", b"- x", b'""', b"null", b"---\n", b"{}", b"\xff\xfe", b"\0", DEEP,
     DEEP_BLOCKS, b"{a: " * 50_000, b"- " * 50_000, ALIASES, RECURSION, b"a: " * 3, b"'" + b"x" * 100_000],
    ids=lambda data: repr(data)[:16],
)  # fmt: skip
def test_no_file_that_is_emptied_deleted_or_hostile_is_a_traceback_or_takes_long(name, data):
    found = told({name: data})
    assert found or not data or len(data) < 10
