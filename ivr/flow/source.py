"""YAML as its author typed it: every scalar a string, every place known by line and column.

`yaml.safe_load` turns 17:30 into 1050 and `no` into False, drops the plus of +8150..., and keeps the last of two
equal keys without a word. So the nodes are read instead, and the model gives strings their types.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml

from ivr.errors import ContentError, Problem

Step: TypeAlias = str | int
Where: TypeAlias = tuple[Step, ...]
Place: TypeAlias = tuple[int, int]


# The same, by the C library where PyYAML has it: a tenth of the time.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Source:
    """One YAML file: `content` is made of dicts, lists, strings and None; a path of keys has a (line, column)."""

    path: str
    lines: list[str]
    content: object = None
    keys: dict[Where, Place] = field(default_factory=dict)
    values: dict[Where, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, where: Where, rule: str, message: str, *, at_key: bool = False) -> Problem:
        """A problem at `where`, or at the nearest place above it that the file really has."""
        first, then = (self.keys, self.values) if at_key else (self.values, self.keys)
        for length in range(len(where), -1, -1):
            place = first.get(where[:length]) or then.get(where[:length])
            if place:
                return self.at(place, rule, message)
        return self.at((1, 1), rule, message)

    def at(self, place: Place, rule: str, message: str) -> Problem:
        line, column = place
        source = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Problem(self.path, line, column, rule, message, source)


def read_source(path: Path, shown: str) -> Source:
    """The file at `path`, called `shown` in messages; raises ContentError if it cannot be read as YAML at all."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError([Problem(shown, 1, 1, "file", "this file is missing")]) from None
    except UnicodeDecodeError:
        raise ContentError([Problem(shown, 1, 1, "file", "this file is not UTF-8 text; save it as UTF-8")]) from None
    except OSError as error:
        raise ContentError([Problem(shown, 1, 1, "file", f"this file cannot be read: {error.strerror}")]) from None
    source = Source(shown, text.splitlines())
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise ContentError([source.at(place, "yaml", f"this is not YAML: {error.problem}")]) from None
    except yaml.YAMLError as error:
        raise ContentError([source.at((1, 1), "yaml", f"this is not YAML: {error}")]) from None
    if root is not None:
        source.content = _plain(root, (), source, ())
    return source


def _plain(node: yaml.Node, where: Where, source: Source, above: tuple[int, ...]) -> object:
    source.values[where] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if id(node) in above:
        source.problems.append(source.problem(where, "yaml", "this anchor contains itself"))
        return None
    above = (*above, id(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, where, source, above)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*where, index), source, above) for index, item in enumerate(node.value)]
    plain = isinstance(node, yaml.ScalarNode) and not node.style
    empty = plain and node.tag == "tag:yaml.org,2002:null"
    return None if empty else str(node.value)


def _mapping(node: yaml.MappingNode, where: Where, source: Source, above: tuple[int, ...]) -> dict[str, object]:
    content: dict[str, object] = {}
    for key_node, value_node in node.value:
        place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if not isinstance(key_node, yaml.ScalarNode):
            source.problems.append(source.at(place, "yaml", "a key has to be a word"))
            continue
        key = str(key_node.value)
        if key in content:
            first = source.keys[(*where, key)][0]
            source.problems.append(
                source.at(place, "duplicate-key", f'"{key}" stands here twice, first in line {first}')
            )
            continue
        source.keys[(*where, key)] = place
        content[key] = _plain(value_node, (*where, key), source, above)
    return content
