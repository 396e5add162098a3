"""What can be wrong with a helpline, in messages that say where and how to fix it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


class HelplineError(Exception):
    """Base of every error that a person is meant to read: its text says where, what, and what would be right."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in one place of a file; `line` and `column` count from 1.

    `detail` is more than fits in a line, such as the keys that lead to it.
    """

    path: str
    line: int
    column: int
    rule: str
    message: str
    source: str = ""
    detail: str = ""

    def __str__(self) -> str:
        lines = [f"{self.path}:{self.line}:{self.column}: {self.message} [{self.rule}]"]
        if self.source:
            lines += [f"  {self.source}", f"  {' ' * (self.column - 1)}^"]
        lines += [f"    {line}" for line in self.detail.splitlines()]
        return "\n".join(lines)


class Finding(str):
    """What `ivr check --live` says of a line: its words, with the name of its `rule` and the languages, desks or days
    that it is `about`. A page has its own words for a rule.
    """

    __slots__ = ("about", "rule")
    rule: str
    about: tuple[str, ...]

    def __new__(cls, words: object, rule: str, *about: str) -> Self:
        found = super().__new__(cls, str(words))
        found.rule, found.about = rule, about
        return found


class ContentError(HelplineError):
    """A helpline folder that cannot be served; `problems` holds everything that was found, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))
