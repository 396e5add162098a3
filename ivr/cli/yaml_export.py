"""Writes changes into the YAML of a helpline, so that comments, order and quotes of everything else stay."""

from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML

from ivr.content.changes import Change

NEVER_WRAPPED = 1_000_000


def write_into(file: Path, change: Change) -> None:
    """In one move, so that a full disk or a power cut leaves the old file."""
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, NEVER_WRAPPED
    yaml.indent(mapping=2, sequence=4, offset=2)
    content = yaml.load(file.read_text(encoding="utf-8"))
    *way, last = change.where
    inner = content
    for key in way:
        if inner.get(key) is None:
            inner[key] = {}
        inner = inner[key]
    if change.value is None:
        inner.pop(last, None)
    else:
        inner[last] = change.value
    written = StringIO()
    yaml.dump(content, written)
    new = file.with_name(f"{file.name}.new")
    new.write_text(written.getvalue(), encoding="utf-8")
    new.replace(file)
