"""A YAML file as typed: every scalar a string, every place known by line and column."""

from dataclasses import dataclass, field
from typing import TypeAlias

from ivr.errors import Problem

Step: TypeAlias = str | int
Where: TypeAlias = tuple[Step, ...]
Place: TypeAlias = tuple[int, int]


@dataclass
class Source:
    """One file: `content` consists of dicts, lists, strings and None; `keys` and `values` give (line, column) by path.

    `quoted` are the (first, last) places of scalars in quotes or blocks, the only ones that may contain a `#`.
    """

    path: str
    lines: list[str]
    content: object = None
    keys: dict[Where, Place] = field(default_factory=dict)
    values: dict[Where, Place] = field(default_factory=dict)
    quoted: list[tuple[Place, Place]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, where: Where, rule: str, message: str, *, at_key: bool = False) -> Problem:
        """A problem at `where`, or at the nearest place above it that is in the file."""
        first, then = (self.keys, self.values) if at_key else (self.values, self.keys)
        for length in range(len(where), -1, -1):
            place = first.get(where[:length]) or then.get(where[:length])
            if place:
                return self.at(place, rule, message)
        return self.at((1, 1), rule, message)

    def at(self, place: Place, rule: str, message: str) -> Problem:
        """A problem at a place in the text; the end of the file counts as the end of its last line."""
        line, column = place
        line = max(1, min(line, len(self.lines)))
        source = self.lines[line - 1] if self.lines else ""
        if place[0] > line:
            column = len(source) + 1
        return Problem(self.path, line, min(column, len(source) + 1), rule, message, source)

    def report(self, place: Place, rule: str, message: str) -> None:
        self.problems.append(self.at(place, rule, message))
