"""The shapes of what speaks: the languages of the list, those that only greet, and their voices."""

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field

from ivr.content.fields import Day, Names, Shape

# "1" to "8" if one key chooses (9 and 0 mean something else), or two digits.
CODE = r"^([1-8]|0[1-9]|[1-9][0-9])$"
# Its place in a language's engines is that of the carrier's own voice.
SAY = "say"


class Voice(Shape):
    """The carrier's own voice (TwiML <Say>), which needs no clip."""

    language: str
    """The language as Twilio names it, such as en-US."""
    voice: str
    """The voice as Twilio names it, such as Polly.Joanna."""
    heard_on: Day | None = None
    """Of a voice that another carrier has: the day on which you have heard it on a call, such as 2026-11-24."""


class Speech(Shape):
    """What speaks a language."""

    engines: Names = ()
    """The voices that may read this language, best first: engines that make clips, and `say`, the carrier's own."""
    rate: float = Field(default=1.0, gt=0.3, lt=2.0)
    """Speech rate; 0.9 is slower than 1.0."""
    say: Voice | None = None
    """The carrier's voice, which speaks where `engines` names it, else if a clip is missing."""


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
