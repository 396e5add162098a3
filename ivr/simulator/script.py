"""Calls as text that staff can read and write; `replay` plays them.

A line is a setting, something that somebody does, or something expected since the last thing done.
`#` begins a comment line.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

KEYS = "(?P<keys>[0-9*#]+)"
AFTER = "(?: after (?P<after>[0-9]+([.][0-9]+)?))?"
SOUND = r'("(?P<text>[^"]+)"|(?P<prompt>[^\s"]\S*))'
MOMENT = r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d([.]\d{1,6})?)?([+-]\d\d:\d\d)?"


@dataclass(frozen=True)
class Kind:
    """What may follow a line's first word, and an example for the error message."""

    role: Literal["setting", "action", "expectation"]
    rest: str
    example: str


KINDS: Mapping[str, Kind] = {
    "at": Kind("setting", MOMENT, "at 2026-11-24 09:30"),
    "from": Kind("setting", ".+", "from anonymous"),
    "to": Kind("setting", ".+", "to +999501234567"),
    "type-ahead": Kind("setting", "dropped|kept", "type-ahead dropped, or kept"),
    "press": Kind("action", KEYS + AFTER, "press 02, or press 2 after 3.5"),
    "wait": Kind("action", "", "wait"),
    "hang-up": Kind("action", AFTER.replace("(?: ", "(?:", 1), "hang-up, or hang-up after 3.5"),
    "desk": Kind(
        "action",
        "(?:(?P<outcome>answer|busy|no-answer|failed|leave)(?: (?P<number>[+][0-9]+))?"
        f"|(?P<left>hang-up)|press {KEYS}){AFTER}",
        "desk answer, busy, no-answer, failed, leave, hang-up, or press 1",
    ),
    "clock": Kind("action", MOMENT, "clock 2026-11-24 16:00:00"),
    "hear": Kind("expectation", SOUND, 'hear en/essentials, or hear "some words"'),
    "not": Kind("expectation", SOUND, 'not en/essentials, or not "some words"'),
    "desk-hears": Kind("expectation", SOUND, 'desk-hears ja/whisper.en, or desk-hears "some words"'),
    "dialled": Kind(
        "expectation",
        r"(?P<number>[+][0-9]+)(?: then (?P<digits>[0-9*#wW]+))?(?: from (?P<caller_id>\S+))?",
        "dialled +999312345678, dialled +999312345678 then ww12, or dialled +999312345678 from +999501234567",
    ),
    "ended": Kind(
        "expectation",
        "hangup|ran out of verbs|reject|caller|stock message",
        "ended hangup, ran out of verbs, reject, caller, or stock message",
    ),
}


@dataclass(frozen=True)
class Line:
    """One line that isn't empty or a comment: its first word, what follows, and its place."""

    word: str
    rest: str
    found: Mapping[str, str | None]
    place: str
    source: str
    number: int

    @property
    def role(self) -> str:
        return KINDS[self.word].role

    @property
    def moment(self) -> datetime:
        """What `at` and `clock` name."""
        return datetime.fromisoformat(self.rest)

    @property
    def after(self) -> float | None:
        after = self.found.get("after")
        return None if after is None else float(after)


@dataclass(frozen=True)
class Script:
    path: str
    lines: tuple[Line, ...]

    def setting(self, word: str) -> Line | None:
        return next((line for line in self.lines if line.word == word), None)


class ScriptError(Exception):
    """A script that can't be understood: file, line, column, and what would be right."""


def read(path: str | Path) -> Script:
    try:
        return parse(Path(path).read_text(encoding="utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        raise ScriptError(f"{path}: byte {error.start + 1} is not UTF-8: save the script as UTF-8 text") from None


def parse(text: str, path: str = "script") -> Script:
    """The script in `text`; raises ScriptError with everything that is wrong in it."""
    lines: list[Line] = []
    errors: list[tuple[int, str]] = []
    for number, source in enumerate(text.splitlines(), 1):
        if not source.strip() or source.lstrip().startswith("#"):
            continue
        try:
            lines.append(_line(source, path, number))
        except ScriptError as error:
            errors.append((number, str(error)))
    errors += _misplaced_settings(lines)
    if errors:
        raise ScriptError("\n".join(text for _number, text in sorted(errors)))
    return Script(path, tuple(lines))


def _line(source: str, path: str, number: int) -> Line:
    column = len(source) - len(source.lstrip()) + 1
    word, _, rest = source.strip().partition(" ")
    place = f"{path}:{number}"
    if word not in KINDS:
        known = ", ".join(KINDS)
        raise _wrong(place, column, source, f"{word!r} is not a word of scripts: write one of {known}")
    rest = " ".join(rest.split())
    found = re.fullmatch(KINDS[word].rest, rest)
    if found is None:
        column += len(word) + 1 if rest else 0
        raise _wrong(place, column, source, f"{word!r} can't take {rest!r}: write {KINDS[word].example}")
    line = Line(word, rest, found.groupdict(), f"{place}:{column}", source.strip(), number)
    if KINDS[word].rest == MOMENT and not _is_in_the_calendar(line):
        raise _wrong(place, column + len(word) + 1, source, f"there is no moment {rest!r}: write {KINDS[word].example}")
    return line


def _is_in_the_calendar(line: Line) -> bool:
    try:
        return bool(line.moment)
    except ValueError:
        return False


def _wrong(place: str, column: int, source: str, message: str) -> ScriptError:
    return ScriptError(f"{place}:{column}: {message}\n  {source}\n  {' ' * (column - 1)}^")


def _misplaced_settings(lines: list[Line]) -> list[tuple[int, str]]:
    """Settings describe the call before it begins: each appears once, before everything else."""
    errors, seen, begun = [], set[str](), False
    for line in lines:
        if line.role != "setting":
            begun = True
        elif begun:
            errors.append((line.number, f"{line.place}: {line.word!r} comes too late: write it first"))
        elif line.word in seen:
            errors.append((line.number, f"{line.place}: {line.word!r} appears twice: delete one"))
        seen.add(line.word)
    return errors
