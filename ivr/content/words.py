"""The shapes of what translators write: a language's texts, its card, and the words that are the same everywhere."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from ivr.content.fields import Day, Mapped, Names, Shape, Words

# Scripts whose lines run from right to left.
RTL_SCRIPTS = {"arabic", "hebrew", "nko", "syriac", "thaana"}


class Sentence(Shape):
    """What translators read, its meaning in English, and what an engine reads if that differs."""

    text: Names
    """What is said: a sentence, or a list of sentences of at most 100 characters each."""
    gloss: str = ""
    """What the text says, in English, translated back from the text alone."""
    spoken: Names = ()
    """What a speech engine reads instead, if it would misread the text."""


def _as_sentence(value: object) -> object:
    return {"text": value} if isinstance(value, str | list) else value


Written = Annotated[Sentence, BeforeValidator(_as_sentence, json_schema_input_type=str | list[str] | Sentence)]


class Filled(Shape):
    """Words that only the operator knows, and the days, both included, on which a notice is said."""

    text: str
    """The words, as they shall be spoken."""
    first: Day | None = Field(default=None, alias="from")
    """The first day on which the notice is said, such as 2026-12-01."""
    last: Day | None = Field(default=None, alias="to")
    """The last day, such as 2026-12-05."""

    def said_on(self, day: date | None) -> bool:
        """Whether it is said on this day; None asks for every day."""
        if day is None:
            return not (self.first or self.last)
        return (self.first or day) <= day <= (self.last or day)


def _as_filled(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


ToFill = Annotated[Filled, BeforeValidator(_as_filled, json_schema_input_type=str | Filled)]


class Term(Shape):
    """A word that has to be said the same way everywhere, and the sentences (``prompt/sentence``) that contain it."""

    means: str
    """The word in English, and what it is."""
    said_in: Names = ()
    """The sentences that contain it, as prompt/sentence."""


class GlossaryFile(Shape):
    """Words that have to be said the same way everywhere."""

    terms: Mapped[Term] = Field(default_factory=dict)
    """The terms by name."""


class OpeningWords(Shape):
    """When a desk opens: sentences with {time}, {weekday} and {date}, and the words to insert."""

    today: str
    """The sentence for today, with {time}."""
    tomorrow: str
    """The sentence for tomorrow, with {time}."""
    weekday: str
    """The sentence for a day of this week, with {weekday} and {time}."""
    date: str
    """The sentence for a later day, with {date}, {weekday} and {time}."""
    times: Words
    """The words for each time at which a desk opens, such as "09:00"."""
    weekdays: Words
    """The words for each weekday, monday to sunday."""
    dates: Words = Field(default_factory=dict)
    """The words for days after closures, such as "01-04"."""
    days: Words = Field(default_factory=dict)
    """The words before a desk's `closed_on` and `other_hours`: today, tomorrow, monday to sunday ("On Monday,")."""


class Printed(Shape):
    """Words that are read from paper, and their meaning in English."""

    text: str
    """What is printed."""
    gloss: str = ""
    """In English what the text says, made from the text alone."""


def _as_printed(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


OnPaper = Annotated[Printed, BeforeValidator(_as_printed, json_schema_input_type=str | Printed)]


class CardWords(Shape):
    """The few words of a printed card. The desk's language appears on the cards of all languages."""

    title: OnPaper
    """What the line is."""
    call: OnPaper
    """Words above the line's number: to call it."""
    press: OnPaper | None = None
    """Words above the language's code: to press it then. A line of one language has no codes."""
    name: str = ""
    """The language's own name as printed, if `name` is written for a voice."""


class Review(Shape):
    """Who, as a native speaker, has read the whole text, and when."""

    by: str
    """Who has read it."""
    on: Day
    """The day, such as 2026-11-24."""


class TextFile(Shape):
    """What callers hear in one language."""

    language: str
    """The language's code, which is also this file's name."""
    name: str
    """The language's own name for itself."""
    script: Names = Field(min_length=1)
    """The scripts that it is written in, such as [latin] or [hiragana, katakana, cjk]."""
    status: Literal["draft", "reviewed"]
    """draft, or reviewed once a native speaker has read all of it."""
    reviewed: Review | None = None
    """Who has read all of it, and when."""
    keys: dict[str, str] = Field(default_factory=dict)
    """The word for each key of the telephone: "0" to "9", "*" and "#"."""
    opening: OpeningWords | None = None
    """When a desk opens; a helpline without desks needs none."""
    language_names: Words = Field(default_factory=dict)
    """In the desk's language only: what each language is called in it."""
    card: CardWords | None = None
    """The words of a printed card. Without them it has the number, the code and the language's name."""
    glossary: Mapped[Names] = Field(default_factory=dict)
    """This language's word for each term of glossary.yaml, or a list of its forms."""
    prompts: dict[str, dict[str, Written]]
    """For each prompt its sentences."""

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The direction of its lines, as in HTML's `dir`."""
        return "rtl" if RTL_SCRIPTS & set(self.script) else "ltr"
