"""The shapes of what speaks: the languages of the list, those that only greet, and their voices."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field

from ivr.content.fields import Day, Names, Shape

# "1" to "8" if one key chooses (9 and 0 mean something else), or two digits.
CODE = r"^([1-8]|0[1-9]|[1-9][0-9])$"


class Voice(Shape):
    """Twilio <Say>: the language and voice that speak if a clip is missing."""

    language: str
    """The language as Twilio names it, such as en-US."""
    voice: str
    """The voice as Twilio names it, such as Polly.Joanna."""
    heard_on: Day | None = None
    """Of a voice that another carrier has: the day on which you have heard it on a call, such as 2026-11-24."""


class Speech(Shape):
    """What speaks a language."""

    engines: Names = ()
    """The speech engines that may read this language, best first."""
    rate: float = Field(default=1.0, gt=0.3, lt=2.0)
    """Speech rate; 0.9 is slower than 1.0."""
    say: Voice | None = None
    """The Twilio voice that speaks if a clip is missing."""


class Language(Speech):
    """A language that callers can choose by its code, which is fixed for ever once it was printed."""

    code: str = Field(default="", pattern=CODE)
    """One digit or two, in quotes, as in all languages. Once published it never means another language."""
    demand: float = Field(default=0, ge=0)
    """How many callers speak it, in any unit: only the proportions count. 0 if unknown."""


def _as_mapping_of_names(value: object) -> object:
    names = [value] if isinstance(value, str) else value
    return {name: {} for name in names} if isinstance(names, list) else names or {}


Greets: TypeAlias = Annotated[
    dict[str, Speech],
    BeforeValidator(_as_mapping_of_names, json_schema_input_type=str | list[str] | dict[str, Speech] | None),
]
