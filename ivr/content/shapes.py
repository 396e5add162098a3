"""A file's content becomes its shape, or problems in our own words: what is wrong, and what would be right."""

import re
from collections.abc import Iterator
from typing import Annotated, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ivr.content.did_you_mean import did_you_mean
from ivr.content.fields import Shape
from ivr.content.source import Source, Where
from ivr.errors import ContentError, Problem

S = TypeVar("S", bound=Shape)

# With this, pydantic marks an error in a mapping's key, not in its value.
AT_KEY = "[key]"

# What a key with a fixed form should look like.
FORMS = {
    "code": '"1" to "8", or two digits such as "07", in quotes',
    "codes": '"1" to "8", or two digits such as "07", in quotes',
    "country_code": 'digits in quotes, such as "81"',
    "trunk_prefix": 'digits in quotes, such as "0"',
    "holidays_source": "an address such as https://www.example.org/holidays",
}

# What a value should be, by the beginning of pydantic's error type.
WANTED = {
    "string": "words",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "dict": "keys with values",
    "model": "keys with values",
    "tuple": "a list",
    "list": "a list",
}
# Slips of writing that make YAML misread something.
SLIPS = ("bare-hash", "bare-star", "duplicate-key", "missing-quotes", "missing-space", "yaml-sign", "yaml-syntax")
BOUNDS = {
    "greater_than_equal": ("ge", "at least"),
    "less_than_equal": ("le", "at most"),
    "greater_than": ("gt", "more than"),
    "less_than": ("lt", "less than"),
}


def parse(source: Source, shape: type[S]) -> S:
    """The file as its shape; raises ContentError with everything that is wrong in it."""
    if source.content is None and any(field.is_required() for field in shape.model_fields.values()):
        needed = ", ".join(field.alias or name for name, field in shape.model_fields.items() if field.is_required())
        raise ContentError([source.at((1, 1), "empty-file", f"this file is empty; it needs: {needed}")])
    content = {} if source.content is None else source.content
    try:
        parsed = shape.model_validate(content)
    except ValidationError as error:
        found = [_problem(source, shape, detail) for detail in error.errors(include_url=False)]
        raise ContentError(_without_consequences([*source.problems, *found])) from None
    if source.problems:
        raise ContentError(source.problems)
    return parsed


def _without_consequences(problems: list[Problem]) -> list[Problem]:
    """Without other problems in a line that has a slip of writing: they only follow from it."""
    slips = {problem.line for problem in problems if problem.rule in SLIPS}
    return [problem for problem in problems if problem.rule in SLIPS or problem.line not in slips]


def _problem(source: Source, shape: type[Shape], detail: ErrorDetails) -> Problem:
    where = tuple(step for step in detail["loc"] if step != AT_KEY)
    rule, message, further = _told(shape, where, detail)
    at_key = AT_KEY in detail["loc"] or rule in ("unknown-key", "missing-key") or bool(further)
    return source.problem((*where, *further), rule, message, at_key=at_key)


def _told(shape: type[Shape], where: Where, detail: ErrorDetails) -> tuple[str, str, Where]:
    """The rule, the message, and further steps to the key that has to be fixed."""
    kind, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
    name = next((str(step) for step in reversed(where) if isinstance(step, str)), "this file")
    if "message" in context:
        return kind, context["message"], context["where"]
    if slip := _slip(where, detail):
        return *slip, ()
    if kind == "extra_forbidden":
        return "unknown-key", _unknown_key(shape, where), ()
    if kind == "missing":
        return "missing-key", f'the key "{name}" is missing here', ()
    if value is None:
        return "empty-value", f'"{name}" has no value', ()
    if kind == "literal_error":
        return "wrong-value", _not_one_of(str(value), context["expected"]), ()
    if kind in BOUNDS:
        bound, words = BOUNDS[kind]
        return "out-of-range", f'"{name}" is {value}; right would be {words} {context[bound]:g}', ()
    if kind == "string_pattern_mismatch":
        form = FORMS.get(name) or FORMS.get(str(where[0]), "another form")
        return "wrong-form", f"{_quote(value)} is not {form}", ()
    if kind == "too_short":
        return "empty-value", f'"{name}" is empty', ()
    wanted = WANTED.get(kind.split("_")[0], "something else")
    return "wrong-type", f'"{name}" takes {wanted}, not {_quote(value)}', ()


def _unknown_key(shape: type[Shape], where: Where) -> str:
    name, known = str(where[-1]), _keys_at(shape, where[:-1])
    guess = did_you_mean(name, known)
    return f'the key "{name}" is not known here' + (guess or f"; known are: {', '.join(known)}")


def _not_one_of(value: str, expected: str) -> str:
    known = re.findall(r"'([^']*)'", expected)
    return f'"{value}" is none of: {", ".join(known)}{did_you_mean(value, known)}'


def _quote(value: object) -> str:
    if isinstance(value, dict):
        return "keys with values"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    return f'"{text}"' if len(text) <= 60 else f'"{text[:60]}..."'


def _slip(where: Where, detail: ErrorDetails) -> tuple[str, str] | None:
    """The rule and message for a slip that silently turns one kind of value into another."""
    value, extra = detail["input"], detail["type"] == "extra_forbidden"
    text = detail["type"] in ("string_type", "tuple_type") or (detail["type"] == "missing" and where[-1] == "text")
    if text and isinstance(value, dict) and list(value.values()) == [None]:
        return "missing-quotes", f'text that begins with a brace needs quotes: "{{{next(iter(value))}}}"'
    written = str(where[-1]) if extra else value
    keys_wanted = extra or detail["type"] in ("dict_type", "model_type")
    if keys_wanted and isinstance(written, str) and (found := re.match(r"([\w.-]+):[^\s/]", written)):
        return "missing-space", f'a space is missing after the colon: "{found[1]}: "'
    return None


def _keys_at(shape: type[BaseModel], where: Where) -> list[str]:
    """The keys that are allowed at `where`."""
    found: object = shape
    for step in where:
        found = _inside(found, step)
    return [field.alias or name for inner in _shapes(found) for name, field in inner.model_fields.items()]


def _inside(annotation: object, step: str | int) -> object:
    """The type of the value behind a key of a shape, or behind any key of a mapping or list."""
    for shape in _shapes(annotation):
        for name, field in shape.model_fields.items():
            if (field.alias or name) == step:
                return field.annotation
    inner = get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
    parts = [part for part in get_args(inner) if part is not ...]
    return parts[-1] if parts else None


def _shapes(annotation: object) -> Iterator[type[BaseModel]]:
    """The shapes that an annotation allows."""
    for part in (annotation, *get_args(annotation)):
        if isinstance(part, type) and issubclass(part, BaseModel):
            yield part
