"""Writes changes into the YAML of a helpline: comments, order, quotes and everything else stay."""

import re
from contextlib import suppress
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedBase, CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark, YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString
from ruamel.yaml.tokens import CommentToken

from ivr.content.changes import Change, Laid, Value, fingerprint, lay_over, value_at
from ivr.content.reading import read_source
from ivr.errors import ContentError, HelplineError

NEVER_WRAPPED = 1_000_000
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
BEHIND_KEY, BEHIND_ITEM = 2, 0  # where ruamel keeps the comment behind an entry of a mapping, and of a list


def write_into(file: Path, change: Change) -> None:
    """In one move, so that a full disk or a power cut leaves the old file. HelplineError, and nothing is written, if
    the file would not say what the change says.
    """
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, NEVER_WRAPPED
    yaml.indent(mapping=2, sequence=4, offset=2)
    new = file.with_name(f"{file.name}.new")
    try:
        content = yaml.load(file.read_text(encoding="utf-8-sig"))
        _put(content, change.where, change.value)
        written = StringIO()
        yaml.dump(content, written)
        new.write_text(written.getvalue(), encoding="utf-8")
        if _says(new, file.name) != _without_nothing(_wanted(file, change)):
            raise _refused(file, change)
        new.replace(file)
    except (YAMLError, ContentError, AttributeError, TypeError):
        raise _refused(file, change) from None
    finally:
        new.unlink(missing_ok=True)


def _refused(file: Path, change: Change) -> HelplineError:
    return HelplineError(f"{file}: {'/'.join(change.where)} can't be written there; change it by hand: {change.value}")


def _wanted(file: Path, change: Change) -> Value:
    wanted = read_source(file, file.name).content
    lay_over(wanted, [replace(change, base=fingerprint(value_at(wanted, change.where)))], Laid())
    return wanted


def _says(file: Path, name: str) -> Value:
    return _without_nothing(read_source(file, name).content)


def _without_nothing(content: Value) -> Value:
    """A key without a value is as good as none."""
    if isinstance(content, dict):
        return {key: _without_nothing(value) for key, value in content.items() if value not in (None, {})}
    return content


def _put(content: CommentedMap, where: tuple[str, ...], value: Value) -> None:
    """None removes a key, but one of the file itself, which keeps its place."""
    *way, last = where
    inner = content
    for key in way:
        if inner.get(key) is None:
            if value is None:
                return
            inner[key] = CommentedMap()
        inner = inner[key]
    if value is None and way:
        _remove(inner, last)
    elif isinstance(value, dict) and value and isinstance(inner.get(last), CommentedMap):
        for each in (*value, *(each for each in inner[last] if each not in value)):  # what stays keeps its comments
            _put(inner[last], (each,), value[each]) if each in value else _remove(inner[last], each)
    else:
        comment = _take_comment(inner, last)
        inner[last] = _styled(value, inner.get(last))
        _add_comment(inner, last, comment)


def _remove(inner: CommentedMap, last: str) -> None:
    """The comments behind the lines of a key come after it in the file: the key before it keeps them."""
    if last not in inner:
        return
    keys = [*inner]
    before = keys[keys.index(last) - 1]
    comment = _take_comment(inner, last)
    del inner[last]
    if before != last:
        _add_comment(inner, before, "\n" + comment.partition("\n")[2])


def _styled(value: Value, old: object) -> Any:  # noqa: ANN401 - what the library writes
    """In the style of what stood there."""
    if isinstance(value, str) and isinstance(old, DoubleQuotedScalarString):
        return DoubleQuotedScalarString(value)
    if isinstance(value, dict | list):
        made = CommentedMap(value) if isinstance(value, dict) else CommentedSeq(value)
        if isinstance(old, CommentedBase) and old.fa.flow_style():
            made.fa.set_flow_style()
        return made
    if isinstance(value, str) and DAY.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)  # without quotes, as people write a day
    return value


def _leaf(inner: CommentedBase, key: Any) -> tuple[CommentedBase, Any]:  # noqa: ANN401
    """Where the comment behind a value is kept: at its last entry, in blocks."""
    value = inner[key]  # type: ignore[index]
    if isinstance(value, CommentedMap | CommentedSeq) and value and not value.fa.flow_style():
        return _leaf(value, [*value][-1] if isinstance(value, CommentedMap) else len(value) - 1)
    return inner, key


def _take_comment(inner: CommentedMap, key: str) -> str:
    """The comment behind a value, with the lines of comments that follow it in the file; it is there no longer."""
    if key not in inner:
        return ""
    holder, last = _leaf(inner, key)
    kept = holder.ca.items.pop(last, None)
    found = kept[BEHIND_KEY if isinstance(holder, CommentedMap) else BEHIND_ITEM] if kept else None
    return found.value if found else ""


def _add_comment(inner: CommentedMap, key: str, comment: str) -> None:
    if not comment.strip("\n"):
        return
    holder, last = _leaf(inner, key)
    place = BEHIND_KEY if isinstance(holder, CommentedMap) else BEHIND_ITEM
    kept = holder.ca.items.setdefault(last, [None] * 4)
    own = kept[place].value.rstrip("\n") if kept[place] else ""
    mark = kept[place].start_mark if kept[place] else CommentMark(0)
    kept[place] = CommentToken(own + comment, start_mark=mark, end_mark=None)
