"""Reads a YAML file into a Source."""

import codecs
import re
from pathlib import Path

import yaml

from ivr.content.files import read_file
from ivr.content.source import Source
from ivr.content.yaml_syntax import report_syntax_error
from ivr.content.yaml_traps import lost_in_comments, strange_characters
from ivr.content.yaml_tree import read_tree
from ivr.errors import ContentError, Problem

MAX_BYTES = 500_000  # more than ten times the largest text
# PyYAML's C library takes a tenth of the time, where it is there.
LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_source(path: Path, shown: str) -> Source:
    """The file at `path`, called `shown` in messages; raises ContentError if it cannot be read as YAML at all."""
    text = _text(path, shown)
    lines = _lines(text.removesuffix("\n"))
    if strange := list(strange_characters(Source(shown, lines))):
        raise ContentError(strange)
    try:
        return read_tree(text, Source(shown, lines), LOADER)
    except yaml.YAMLError:
        # The loaders phrase and place mistakes differently, and yaml_syntax explains those of the other one.
        return _parse_in_words(text, Source(shown, lines))


def _lines(text: str) -> list[str]:
    return re.split("\r\n|\r|\n", text)


def _text(path: Path, shown: str) -> str:
    try:
        data = read_file(path, MAX_BYTES)
    except FileNotFoundError:
        raise ContentError([Problem(shown, 1, 1, "missing-file", "this file is missing")]) from None
    except OSError as error:
        message = f"this file cannot be read: {error.strerror}"
        raise ContentError([Problem(shown, 1, 1, "unreadable-file", message)]) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        kind = "it looks like UTF-16" if utf16 else f"byte {error.object[error.start]:#04x} is none"
        before = _lines(error.object[: error.start].decode("utf-8"))
        line, column = len(before), len(before[-1]) + 1
        message = f"this file is not UTF-8 text ({kind}); save it as UTF-8"
        raise ContentError([Problem(shown, line, column, "wrong-encoding", message)]) from None


def _parse_in_words(text: str, source: Source) -> Source:
    try:
        return read_tree(text, source, yaml.SafeLoader)
    except yaml.YAMLError as error:
        lost = list(lost_in_comments(source))
        if not lost:
            report_syntax_error(source, error)
        raise ContentError([*lost, *source.problems]) from None
