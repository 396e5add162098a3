"""Writes changes into the YAML of a helpline: only the lines of a value differ afterwards.

Libraries that read YAML with its comments and write all of it again move or lose comments where a value becomes longer
or shorter. So the places of values are taken from the parser, and the file's own text is cut there.
"""

import re
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from ivr.content.changes import Change, Laid, Value, fingerprint, lay_over, value_at
from ivr.content.reading import read_source
from ivr.errors import ContentError, HelplineError

NEVER_WRAPPED = 1_000_000
INDENT = 2
# What may stand without quotes although other readers of YAML take it for something else than words.
PLAIN = re.compile(r"true|false|\d{4}-\d{2}-\d{2}")

Entry: TypeAlias = tuple[Node, Node]


def write_into(file: Path, change: Change) -> None:
    """In one move, so that a full disk or a power cut leaves the old file. HelplineError, and nothing is written, if
    the file would not say what the change says.
    """
    text = file.read_bytes().decode("utf-8-sig")
    written = _with(text, change.where, change.value)
    new = file.with_name(f"{file.name}.new")
    new.write_bytes(written.encode())
    try:
        _must_agree(file, new, change)
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


def _must_agree(file: Path, new: Path, change: Change) -> None:
    wanted = read_source(file, file.name).content
    here = replace(change, base=fingerprint(value_at(wanted, change.where)))
    lay_over(wanted, [here], Laid())
    try:
        if _without_nothing(read_source(new, file.name).content) == _without_nothing(wanted):
            return
    except ContentError:
        pass
    raise HelplineError(f"{file}: {'/'.join(change.where)} can't be written there; change it by hand: {change.value}")


def _without_nothing(content: Value) -> Value:
    """A key without a value is as good as none."""
    if isinstance(content, dict):
        return {key: _without_nothing(value) for key, value in content.items() if value not in (None, {})}
    return content


def _with(text: str, where: tuple[str, ...], value: Value) -> str:
    """The text of a file with this value in this place; None removes it, but for a key of the file itself."""
    node = yaml.compose(text, yaml.SafeLoader)
    if node is None:
        raise HelplineError("an empty file can't be changed")
    parent, entry = node, (node, node)
    for depth, key in enumerate(where):
        found = _entry(node, key)
        if found is None:
            if value is None:
                return text
            for inner in reversed(where[depth + 1 :]):
                value = {inner: value}
            return _add(text, node, key, value)
        entry, parent, node = found, node, found[1]
    if value is None and len(where) > 1:
        return _remove(text, parent, entry)
    if isinstance(value, dict) and isinstance(node, MappingNode) and value:
        return _with_each(text, where, node, value)
    start, end = node.start_mark.index, _end(node)
    new = "" if value is None else _rendered(value, entry, parent)
    before = text[:start].rstrip()
    if not before.endswith(":"):
        before = text[:start]
    return before + (" " if before.endswith(":") and new and new[0] != "\n" else "") + new + text[end:]


def _with_each(text: str, where: tuple[str, ...], node: MappingNode, value: dict[str, Value]) -> str:
    """Key by key, so that those that stay keep their comments."""
    old = [key.value for key, _value in node.value]
    for key in (*value, *(key for key in old if key not in value)):
        text = _with(text, (*where, key), value.get(key))
    return text


def _entry(node: Node, key: str) -> Entry | None:
    entries = node.value if isinstance(node, MappingNode) else ()
    return next((entry for entry in entries if entry[0].value == key), None)


def _end(node: Node) -> int:
    """Where the last character of a value is; the parser counts the comments behind it in."""
    if isinstance(node, ScalarNode) or _is_flow(node) or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(node, MappingNode) else last)


def _is_flow(node: Node) -> bool:
    """Whether it stands in brackets."""
    return bool(getattr(node, "flow_style", False))


def _remove(text: str, parent: Node, entry: Entry) -> str:
    """The whole lines of a block; in braces what stands between two commas. The last one of all leaves `{}`."""
    start, end = entry[0].start_mark.index, _end(entry[1])
    if len(parent.value) == 1:
        if _is_flow(parent):
            return text[:start] + text[end:].lstrip()
        return text[: text.rindex(":", 0, start) + 1] + " {}" + text[end:]
    if _is_flow(parent):
        is_last = parent.value[-1] is entry
        return text[:start].rstrip().removesuffix(",") + text[end:] if is_last else text[:start] + _next(text[end:])
    stop = text.find("\n", end)
    return text[: text.rfind("\n", 0, start) + 1] + (text[stop + 1 :] if stop >= 0 else "")


def _next(text: str) -> str:
    return text.partition(",")[2].lstrip()


def _add(text: str, node: Node, key: str, value: Value) -> str:
    """A further entry of a mapping, behind its last one; or the first one of an empty mapping or of none."""
    if not isinstance(node, MappingNode) or not node.value:
        start, end = node.start_mark.index, _end(node)
        space = " " if text[:start].endswith(":") else ""
        return text[:start] + space + _flow({key: value}) + text[end:]
    if _is_flow(node):
        end = _end(node.value[-1][1])
        return f"{text[:end]}, {_flow({key: value})[1:-1]}{text[end:]}"
    last = node.value[-1]
    stop = text.find("\n", _end(last[1]))
    stop = len(text) if stop < 0 else stop
    indent = " " * last[0].start_mark.column
    return f"{text[:stop]}\n{indent}{_entry_of(key, value, len(indent))}{text[stop:]}"


def _rendered(value: Value, entry: Entry, parent: Node) -> str:
    """In the style of what stood there."""
    key, old = entry
    if isinstance(value, str) and isinstance(old, ScalarNode) and old.style == '"':
        return yaml.safe_dump(value, default_style='"', allow_unicode=True, width=NEVER_WRAPPED).strip()
    if _is_flow(parent) or (isinstance(old, SequenceNode) and _is_flow(old)) or value in ([], {}):
        return _flow(value)
    return _block(value, key.start_mark.column)


def _block(value: Value, indent: int) -> str:
    """Behind `key:`, whose first letter is in the column `indent`."""
    inner = "\n" + " " * (indent + INDENT)
    if isinstance(value, dict) and value:
        return "".join(f"{inner}{_entry_of(key, each, indent + INDENT)}" for key, each in value.items())
    if isinstance(value, list | tuple) and value:
        return "".join(f"{inner}- {_flow(each)}" for each in value)
    return _flow(value)


def _entry_of(key: str, value: Value, indent: int) -> str:
    written = _block(value, indent)
    return f"{_flow(key)}:{'' if written.startswith(chr(10)) else ' '}{written}"


def _flow(value: Value) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if value is None or (isinstance(value, str) and PLAIN.fullmatch(value)):
        return str(value or "")
    # As in a list in brackets, where more has to be quoted than in a line of its own.
    return yaml.safe_dump([value], default_flow_style=True, allow_unicode=True, width=NEVER_WRAPPED).strip()[1:-1]
