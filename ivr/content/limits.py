"""The time budget as staff write it: how long callers may have to wait. Limits that are left out are not enforced."""

from typing import Annotated, TypeAlias

from pydantic import Field

from ivr.content.fields import Mapped, Shape

# Limits that no language has for itself.
OF_ALL = ("notice", "person")

Seconds: TypeAlias = Annotated[float, Field(gt=0)]


class ListLimits(Shape):
    """The most seconds until the list has said a caller's language."""

    mean: Seconds | None = None
    """On average by demand, in seconds."""
    worst: Seconds | None = None
    """The last language, in seconds."""


class SpeechLimits(Shape):
    """The most seconds from the choice of a language, and how fast it may be spoken."""

    essentials: Seconds | None = None
    """Until the first menu has said its `say`."""
    at_once: Seconds | None = None
    """Until the first word of every fact, by the right keys at once."""
    as_heard: Seconds | None = None
    """Until the first word of every fact, by pressing each option when it was heard."""
    to_the_end: Seconds | None = None
    """Until the first word of every fact, by hearing each menu to its end."""
    prompt: Seconds | None = None
    """The longest prompt."""
    turn: Seconds | None = None
    """What plays without a pause for a key."""
    pace: Annotated[float, Field(gt=0)] | None = None
    """How fast clips may speak; 1 is ordinary reading."""


class Limits(Shape):
    """The time budget, which `ivr check` enforces. A language without limits of its own has those of `others`."""

    list: ListLimits = ListLimits()
    """For the language list."""
    languages: Mapped[SpeechLimits] = Field(default_factory=dict)
    """For each language, and for all `others`."""
    person: Seconds | None = None
    """From the answer of the call to a desk's ringing, by the right keys at once, in every language."""
    notice: Seconds | None = 8
    """A notice, in seconds: yours, or one about a desk. All other limits are held as if there were none."""

    def allowed(self, language: str, name: str) -> float | None:
        """What a language may take of what a limit is for; None if it isn't held."""
        limit: float | None = getattr(self if name in OF_ALL else self.of(language), name)
        return limit

    def of(self, language: str) -> SpeechLimits:
        return self.languages.get(language) or self.languages.get("others") or SpeechLimits()
