"""From a checked element to its verb. Attributes that aren't there have the verb's own defaults."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from ivr.simulator.markup import Element
from ivr.simulator.verbs import Dial, Gather, Hangup, Number, Pause, Play, Record, Redirect, Reject, Say, Verb

KINDS: Mapping[str, type[Any]] = {
    kind.__name__: kind for kind in (Say, Play, Pause, Gather, Number, Dial, Redirect, Hangup, Reject, Record)
}
# How an attribute is read, by the type of the verb's field.
FORMS: Mapping[object, Callable[[str], object]] = {
    str: str,
    int: int,
    int | None: int,
    bool: lambda text: text == "true",
    frozenset[str]: lambda text: frozenset(text.split()),
}


def read(element: Element) -> Verb:
    given, text = _given(element), element.text.strip()
    match element.name:
        case "Say":
            return Say(" ".join(element.spoken.split()), **given)
        case "Play":
            return Play(text, **given)
        case "Redirect":
            return Redirect(text, **given)
        case "Gather":
            prompts: tuple[Any, ...] = tuple(read(child) for child in element.children)
            return Gather(prompts, **given)
        case "Dial":
            numbers = tuple(Number(child.text.strip(), **_given(child)) for child in element.children)
            return Dial(numbers or (Number(text),), **given)
    verb: Verb = KINDS[element.name](**given)
    return verb


def _given(element: Element) -> dict[str, Any]:
    """The fields that have an attribute: in the document their names are in camel case."""
    given = {}
    for field in fields(KINDS[element.name]):
        first, *rest = field.name.split("_")
        name = first + "".join(word.capitalize() for word in rest)
        if name in element.attributes:
            given[field.name] = FORMS[field.type](element.attributes[name])
    return given
