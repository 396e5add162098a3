"""Changes that staff made in the browser: values laid over the files of a helpline when these are read.

A change knows what its file said when it was made. If a new release of the files says something else there, the change
is set aside, never applied by guess.
"""

import json
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeAlias

# What YAML holds: mappings, lists, words, or nothing.
Value: TypeAlias = object
# A file of the helpline, such as text/en.yaml, and the keys that lead to a value in it.
Spot: TypeAlias = tuple[str, tuple[str, ...]]

LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
FINGERPRINT_LETTERS = 16


@dataclass(frozen=True)
class Change:
    """A value of a file replaced by another one; None removes it.

    `base` is the fingerprint of what the file itself said there when the change was made.
    """

    file: str
    where: tuple[str, ...]
    base: str
    value: Value

    @property
    def spot(self) -> Spot:
        return self.file, self.where


@dataclass
class Laid:
    """What was laid over the files: `written` is what they themselves say in these places.

    `set_aside` are the changes that no longer fit them.
    """

    written: dict[Spot, Value] = field(default_factory=dict)
    set_aside: list[Change] = field(default_factory=list)


def fingerprint(value: Value) -> str:
    """16 letters that change with any part of a value; letters, so that no telephone number could stand there."""
    said = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return sha256(said.encode()).hexdigest()[:FINGERPRINT_LETTERS].translate(LETTERS)


def lay_over(content: object, changes: Iterable[Change], laid: Laid) -> None:
    """Puts changes of one file into its content, and tells `laid`; of two changes of one place the last holds.

    A change that the file says already is as good as laid over.
    """
    for change in {change.spot: change for change in changes}.values():
        said = value_at(content, change.where)
        if said == change.value:
            continue
        if fingerprint(said) == change.base and _put(content, change.where, change.value):
            laid.written[change.spot] = said
        else:
            laid.set_aside.append(change)


def value_at(content: object, where: Iterable[str]) -> Value:
    """The value that these keys lead to, or None if there is none."""
    for key in where:
        content = content.get(key) if isinstance(content, Mapping) else None
    return content


def _put(content: object, where: tuple[str, ...], value: Value) -> bool:
    """Whether there is a place for it: mappings on the way that are missing are made, nothing else is replaced."""
    *way, last = where
    for key in way:
        if not isinstance(content, MutableMapping):
            return False
        if content.get(key) is None:
            content[key] = {}
        content = content[key]
    if not isinstance(content, MutableMapping):
        return False
    if value is None:
        content.pop(last, None)
    else:
        content[last] = value
    return True
