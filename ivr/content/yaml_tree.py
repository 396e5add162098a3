"""YAML's events become a tree of plain strings, with the place of every key and value.

`yaml.safe_load` turns 17:30 into 1050 and `no` into False, drops the plus of +8150..., and keeps the last of two
equal keys silently. So the events are read instead, and the model gives strings their types. Anchors, aliases and
tags are refused: a `*` or `&` that somebody forgot to quote is reported as such, and no alias can fill the memory.
"""

from collections.abc import Iterator

import yaml
from yaml.events import AliasEvent, DocumentStartEvent, Event, MappingStartEvent, ScalarEvent, SequenceStartEvent

from ivr.content.source import Place, Source, Where
from ivr.content.yaml_traps import lost_in_comments
from ivr.errors import ContentError

# No file of a helpline comes close; a deeper one could exhaust the stack.
MAX_LEVELS = 20

EMPTY = ("", "~", "null", "Null", "NULL")


def read_tree(text: str, source: Source, loader: type) -> Source:
    """Reads `text` into `source`. Raises YAMLError, or ContentError for YAML that nests too deep to go on."""
    events = yaml.parse(text, Loader=loader)
    documents = 0
    for event in events:
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                source.report(_start(event), "yaml-syntax", "a second document begins here (---); a file has only one")
                raise ContentError(source.problems)
            source.content = _value(events, next(events), (), source)
    source.problems += lost_in_comments(source)
    return source


def _start(event: Event) -> Place:
    return _place(event.start_mark)


def _place(mark: object) -> Place:
    """Lines and columns count from 1. The marks of the two loaders are of two types."""
    return getattr(mark, "line", 0) + 1, getattr(mark, "column", 0) + 1


def _value(events: Iterator[Event], event: Event, where: Where, source: Source) -> object:
    place = _start(event)
    source.values[where] = place
    if len(where) > MAX_LEVELS:
        source.report(place, "too-deep", f"more than {MAX_LEVELS} levels of nesting; no key goes that deep")
        raise ContentError(source.problems)
    if isinstance(event, AliasEvent):
        star = f"*{event.anchor}"
        source.report(place, "bare-star", f'{star} is a reference in YAML, not text; put it in quotes: "{star}"')
        return None
    _refuse_signs(event, source)
    if isinstance(event, MappingStartEvent):
        return _mapping(events, where, source)
    if isinstance(event, SequenceStartEvent):
        return _sequence(events, where, source)
    if place == _place(event.end_mark):  # an empty value is reported at its key
        del source.values[where]
    return _scalar(event, source)


def _refuse_signs(event: Event, source: Source) -> None:
    for name, sign in (("anchor", "&"), ("tag", "!")):
        if getattr(event, name, None) is not None:
            message = f"YAML takes a word that begins with {sign} for a sign, and it is lost; put it in quotes"
            source.report(_start(event), "yaml-sign", message)


def _scalar(event: Event, source: Source) -> str | None:
    assert isinstance(event, ScalarEvent)
    if event.style:
        source.quoted.append((_start(event), _place(event.end_mark)))
    elif event.value in EMPTY:
        return None
    return str(event.value)


def _sequence(events: Iterator[Event], where: Where, source: Source) -> list[object]:
    items: list[object] = []
    while not isinstance(event := next(events), yaml.SequenceEndEvent):
        items.append(_value(events, event, (*where, len(items)), source))
    return items


def _mapping(events: Iterator[Event], where: Where, source: Source) -> dict[str, object]:
    content: dict[str, object] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _key(events, event, where, source)
        if key is None or key in content:
            if key is not None:
                first = source.keys[(*where, key)][0]
                source.report(_start(event), "duplicate-key", f'"{key}" appears twice here, first in line {first}')
            _value(events, next(events), (*where, ""), source)
            continue
        source.keys[(*where, key)] = _start(event)
        content[key] = _value(events, next(events), (*where, key), source)
    return content


def _key(events: Iterator[Event], event: Event, where: Where, source: Source) -> str | None:
    """The key as a word; None for anything else, which is reported."""
    known = len(source.problems)
    _value(events, event, (*where, ""), source)
    if isinstance(event, ScalarEvent):
        return str(event.value)
    if len(source.problems) == known:
        source.report(_start(event), "yaml-syntax", "a key has to be one word, followed by a colon")
    return None
