"""Explains broken YAML to people who write YAML once a month."""

import re
from collections.abc import Callable

import yaml

from ivr.content.source import Place, Source

KEY_WITHOUT_SPACE = re.compile(r"^\s*(?:- )?([\w.-]+):[^\s/]")
QUOTED_AND_MORE = re.compile(r"""[:,-] +("[^"]*"|'[^']*') *[^\s,\]}#:]""")
BRACE_AND_MORE = re.compile(r": +\{[a-z_]+\}.*[^\s}]\s*$|: +\{[a-z_]+\}.*\{")


def report_syntax_error(source: Source, error: yaml.YAMLError) -> None:
    """Reports the mistake at the place where it can be fixed, in our own words if we know it."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    begun = getattr(error, "context_mark", None) or mark
    here: Place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    start: Place = (begun.line + 1, begun.column + 1) if begun else here
    told = f"{getattr(error, 'context', '') or ''}: {getattr(error, 'problem', '') or ''}"
    for pattern, explain in EXPLAINED:
        if found := re.search(pattern, told):
            place, rule, message = explain(source, start, here, found[0])
            source.report(place, rule, message)
            return
    source.report(here, "yaml-syntax", f"this is not YAML ({told.strip(': ')})")


Explained = tuple[Place, str, str]
Explain = Callable[[Source, Place, Place, str], Explained]


def _line(source: Source, number: int) -> str:
    return source.lines[number - 1] if 0 < number <= len(source.lines) else ""


def _known_slip(source: Source, here: Place) -> Explained | None:
    """Slips that YAML notices late, searched for in the line of the complaint and the one before."""
    for number in (here[0], here[0] - 1):
        line = _line(source, number)
        if found := QUOTED_AND_MORE.search(line):
            message = "the quotes end before the text does; put all of it in quotes, or none"
            return (number, found.end()), "yaml-syntax", message
        if found := BRACE_AND_MORE.search(line):
            message = 'a text that begins with { needs quotes: "{name}, {code}."'
            return (number, line.index("{", found.start()) + 1), "missing-quotes", message
        if found := KEY_WITHOUT_SPACE.search(line):
            place = (number, found.end(1) + 1)
            return place, "missing-space", f'a space is missing after the colon: "{found[1]}: "'
    return None


def _second_colon(source: Source, start: Place, here: Place, found: str) -> Explained:
    message = "there is a second colon in this line; put everything after the first one in quotes"
    slip = _known_slip(source, here)
    if slip and slip[1] == "missing-space":
        return slip
    if ":" not in _line(source, here[0])[: here[1] - 1]:
        return _indent(source, start, here, found)
    return here, "missing-quotes", message


def _unclosed_quote(_source: Source, start: Place, _here: Place, _found: str) -> Explained:
    return start, "yaml-syntax", "these quotes are never closed"


def _unclosed_bracket(source: Source, start: Place, here: Place, found: str) -> Explained:
    slip = _known_slip(source, here)
    if slip:
        return slip
    close = found[-1]
    if start[0] == here[0] and here[1] <= len(_line(source, here[0])):
        return here, "yaml-syntax", f"a comma or the closing {close} is missing before this"
    return start, "yaml-syntax", f"this bracket is never closed; {close} is missing"


def _sign(source: Source, start: Place, _here: Place, _found: str) -> Explained:
    sign = _line(source, start[0])[start[1] - 1 : start[1]]
    if sign == "*":
        return start, "bare-star", '* means something to YAML; put the key or text in quotes: "*"'
    return start, "yaml-sign", f"a word that begins with {sign} means something to YAML; put it in quotes"


def _cannot_start(source: Source, _start: Place, here: Place, _found: str) -> Explained:
    sign = _line(source, here[0])[here[1] - 1 : here[1]]
    return here, "yaml-sign", f"text can't begin with {sign} in YAML; put it in quotes"


def _no_colon(source: Source, start: Place, _here: Place, _found: str) -> Explained:
    return _known_slip(source, start) or (start, "yaml-syntax", "a colon is missing after this key")


def _indent(source: Source, _start: Place, here: Place, _found: str) -> Explained:
    slip = _known_slip(source, here)
    return slip or (here, "yaml-syntax", "this line is indented differently from its neighbours; check the spaces")


def _escape(_source: Source, _start: Place, here: Place, _found: str) -> Explained:
    return here, "yaml-syntax", "a backslash in double quotes means something to YAML; use single quotes, or none"


def _document(source: Source, _start: Place, here: Place, _found: str) -> Explained:
    return _known_slip(source, here) or (here, "yaml-syntax", "nothing can come here; is the line above right?")


# By what PyYAML's own loader says; the first match counts.
EXPLAINED: tuple[tuple[str, Explain], ...] = (
    ("mapping values are not allowed", _second_colon),
    ("quoted scalar: found unexpected (end|doc)", _unclosed_quote),
    (r"flow sequence: expected ',' or '\]", _unclosed_bracket),
    (r"flow mapping: expected ',' or '\}", _unclosed_bracket),
    ("scanning an (alias|anchor)|scanning a tag", _sign),
    ("cannot start any token", _cannot_start),
    ("could not find expected ':'", _no_colon),
    ("expected <block end>|entries are not allowed|keys are not allowed", _indent),
    ("escape", _escape),
    ("expected '<document start>'|expected the node content", _document),
)
