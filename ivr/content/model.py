"""The shapes of a helpline: one class for each thing that staff write in YAML, and the whole, read-only.

The text below a key explains it in editors (schemas.py); docs/content.md has more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ivr.content.clip_text import ClipText
from ivr.content.desk_languages import DeskLanguages, Relation
from ivr.content.fields import Day, Listed, Mapped, Names, Shape, Switch, Zone, mistake
from ivr.content.limits import Limits
from ivr.content.menus import Menu, MenusFile
from ivr.content.rules import Rules
from ivr.content.speech import CODE, Greets, Language, Speech
from ivr.content.words import Term, TextFile, ToFill
from ivr.content.written_hours import ClosedDays, DatedHours, WeeklyHours


class OpeningTimes(Shape):
    """The days, both included, for which sentences of opening times are made."""

    first: Day = Field(alias="from")
    """The first day, such as 2026-11-01."""
    last: Day = Field(alias="to")
    """The last day, such as 2031-11-30."""


# Any day: without desks nothing depends on it.
NO_DESK = date(2026, 1, 1)


class HelplineFile(Shape):
    """The helpline itself: who it speaks to, in which languages, and how far its source may be trusted."""

    name: str
    """What the helpline is called among its staff."""
    time_zone: Zone
    """The time zone of the desks' hours, such as Europe/Paris."""
    country_code: str = Field(default="", pattern=r"^[1-9]?[0-9]*$")
    """What international numbers of this country begin with, without the plus, in quotes."""
    trunk_prefix: str = Field(default="", pattern=r"^[0-9]*$")
    """What is dialled within the country in place of the country code, in quotes."""
    first_languages: Names = ()
    """The languages spoken before callers choose one, and to callers whose language is not ready."""
    greets: Greets = Field(default_factory=dict)
    """Languages that only greet: they have a text of `welcome`, and callers can't choose them."""
    desk_language: str = ""
    """The language of the people at the desks."""
    languages: dict[str, Language] = Field(min_length=1)
    """The languages in the order in which the list speaks them. If there is only one, there is no list."""
    reads: Mapped[Names] = Field(default_factory=dict)
    """By language, engines that read it by your own word, since you have listened, such as {de: espeak-ng}."""
    source: str = ""
    """Where the facts come from."""
    confirmed_on: Day | None = None
    """The day on which the operator last confirmed the facts. While empty, callers hear that the line isn't open."""
    withdrawn: Names = ()
    """Facts that are no longer true: silenced in every language at once."""
    holidays_verified_until: Day | None = None
    """The day up to which somebody has compared the computed holidays with the official list."""
    holidays_source: str = Field(default="", pattern=r"^(https?://[^\s]+)?$")
    """The address of the official list of public holidays, to which the console links."""
    opening_times: OpeningTimes = OpeningTimes.model_construct(first=NO_DESK, last=NO_DESK)
    """The days for which opening times are said; a helpline without desks needs none."""
    rules: Rules = Rules()
    """Rules of the engine that this line changes."""
    limits: Limits = Limits()
    """The time budget that `ivr check` enforces."""
    accepted_voices: Names = ()
    """Languages that may go live although espeak-ng speaks them."""
    fill: Mapped[Mapped[ToFill]] = Field(default_factory=dict)
    """Words that only the operator knows, per language: a text, or a notice with its days. Empty: not spoken."""

    @model_validator(mode="before")
    @classmethod
    def _of_one_language(cls, content: object) -> object:
        """A line of one language speaks it everywhere."""
        if not isinstance(content, dict) or not isinstance(content.get("languages"), dict):
            return content
        alone = list(content["languages"])
        spoken = {"first_languages": alone, "desk_language": alone[0]} if len(alone) == 1 else {}
        return {**spoken, **content}

    @model_validator(mode="after")
    def _greets_in_others(self) -> Self:
        for language in self.greets:
            if language in self.languages:
                message = f'"{language}" is one of `languages`, and greets callers if it is among `first_languages`'
                raise mistake("greets-and-speaks", message, "greets")
        return self

    def unconfirmed(self, today: date) -> str:
        """What is wrong with `confirmed_on`, as the end of a sentence; nothing once the public may be let in."""
        if self.confirmed_on is None:
            return "confirmed_on is empty"
        return f"confirmed_on is {self.confirmed_on}, a day that has not come yet" if self.confirmed_on > today else ""


class CodesFile(Shape):
    """The codes that were published, by language: only add to this list."""

    codes: Mapped[Annotated[str, Field(pattern=CODE)]] = Field(default_factory=dict)
    """Each language with the code that was printed for it."""


class Fact(Shape):
    """What the source says; `spoken` says whether callers must be able to hear it."""

    spoken: Literal["always", "filled", "withheld"]
    """always; filled, once the operator has filled in what is missing; or withheld."""
    says: str
    """The fact, in English."""
    reason: str = ""
    """Why it is withheld."""
    told_with: Names = Field(default=(), alias="with")
    """Facts that must be spoken wherever this one is."""
    can_lapse: Switch = False
    """true: it has prompts of its own, so that it can be withdrawn alone."""


class FactsFile(Shape):
    """What the source says, fact by fact. Callers hear these and nothing else."""

    facts: dict[str, Fact]
    """The facts by name."""


class DeskPrompts(Shape):
    """The prompts about a desk."""

    operator: str
    """Who runs it: always heard in full before a key connects."""
    purpose: Names = ()
    """What it is for."""
    how: dict[Relation, Names]
    """What will happen, for each kind of language."""
    hours: Names = ()
    """When it answers."""
    option: str
    """Its option in a menu."""
    option_short: str
    """Its option when the menu is repeated."""
    offer: str
    """The key that connects."""
    closed: str
    """That it is closed now."""
    closed_on: str = ""
    """After a day, such as "On Friday,": that it is closed. With `other_hours`, staff can let callers hear a change."""
    other_hours: str = ""
    """After a day: that its hours are other than usual."""


class Desk(Shape):
    """People who answer. `ring` and `time_limit` are seconds (Twilio <Dial> timeout and timeLimit)."""

    status: Literal["transfer", "tell", "silent"]
    """transfer; tell (its facts are spoken, nobody is connected); or silent."""
    languages: DeskLanguages
    """What it speaks. This decides which desk a caller is offered first."""
    language: str = ""
    """What the people there speak among themselves; left out: desk_language of helpline.yaml."""
    hours: WeeklyHours
    """always, or weekdays with times, such as {monday-friday: "09:00-17:00", wednesday 2 4: "22:00-06:00"}."""
    hours_by_language: Mapped[WeeklyHours] = Field(default_factory=dict)
    """Hours at which the desk speaks a language; for callers of that language they replace `hours`."""
    holidays: str = ""
    """The country or region whose public holidays close the desk, such as JP or US-CA."""
    closed: Listed[ClosedDays] = ()
    """Days on which it is closed: of every year, such as "12-29 to 01-03", or of one: "2027-08-13 to 2027-08-15"."""
    open: DatedHours = ()
    """Days with times of their own, whatever stands above, such as {"2027-05-03": "10:00-15:00"}."""
    ring: int = Field(default=25, ge=5, le=600)
    """Seconds that a number rings."""
    time_limit: int = Field(default=3600, ge=60, le=14400)
    """Seconds after which a conversation is cut."""
    teach: Listed[Relation] = ("interpreter", "possible", "unlisted")
    """Who is taught the sentence to say to the desk, by the kinds of `languages`; left out: all but direct."""
    accept: Literal["key"] | None = None
    """key: whoever picks up presses a key before the caller is connected. Left out: connected at once."""
    overflow: str = ""
    """The desk that rings next, without another key, when this one is closed, busy or silent."""
    say_number: Switch = False
    """true: callers hear the desk's number when it can't be reached."""
    say: DeskPrompts
    """The prompts about it."""

    def for_callers(self, language: str) -> Desk:
        """The desk as callers of a language meet it, at the hours at which it speaks with them."""
        hours = self.hours_by_language.get(language)
        return self.model_copy(update={"hours": hours}) if hours else self

    @property
    def can_be_told(self) -> bool:
        """Whether callers can be told at the start of their call what staff set for it."""
        return bool(self.say.closed_on and self.say.other_hours)

    def in_turn(self) -> Mapping[str, Desk]:
        """For "", at its usual hours, and for each language that has hours of its own."""
        return {"": self, **{language: self.for_callers(language) for language in self.hours_by_language}}


class DesksFile(Shape):
    """The desks to which a call can be transferred. Their numbers are never written here."""

    desks: Mapped[Desk] = Field(default_factory=dict)
    """The desks by name."""


class Prompt(Shape):
    """What a prompt is for, and its sentences with the facts that each carries."""

    purpose: str = Field(alias="for")
    """What it is for; what translators should know."""
    only_in: Names = Field(default=(), alias="in")
    """Who needs it: everybody (left out), first, desk, or a list of languages."""
    for_each: Literal["language"] | None = None
    """language: one clip for each language of the helpline."""
    needs: Names = ()
    """Entries of `fill`; while one is empty, the prompt is not spoken."""
    sentences: dict[str, Names]
    """Its sentences by name, each with the facts that it carries."""


class PromptsFile(Shape):
    """Every prompt: what it is for, and its sentences."""

    prompts: dict[str, Prompt]
    """The prompts by name."""


@dataclass(frozen=True, eq=False)
class Helpline:
    """A helpline, loaded and read-only; equal only to itself, so that results can be cached by it.

    `clip_texts` holds, per language and clip name, everything that can be spoken: what is withdrawn or not filled in
    is not there. `ready` names the languages that callers are offered: none until the sounds are loaded
    (ivr.audio.line).
    """

    about: HelplineFile
    facts: Mapping[str, Fact]
    flow: MenusFile
    desks: Mapping[str, Desk]
    prompts: Mapping[str, Prompt]
    glossary: Mapping[str, Term]
    texts: Mapping[str, TextFile]
    audio_dir: Path
    clip_texts: Mapping[str, Mapping[str, ClipText]]
    ready: frozenset[str]

    @property
    def languages(self) -> Mapping[str, Language]:
        return self.about.languages

    @property
    def database_file(self) -> Path:
        """Where its counts are kept if no other database is set: beside its sounds, and no other helpline's."""
        stem = self.audio_dir.name.removesuffix("audio").removesuffix("-") or "ivr"
        return self.audio_dir.with_name(f"{stem}.db")

    @property
    def only_language(self) -> str:
        """The language of a line that has no other, and so no list of languages; else empty."""
        return next(iter(self.languages)) if len(self.languages) == 1 else ""

    @property
    def spoken(self) -> tuple[str, ...]:
        """Every language that callers hear: those of the list, and those that only greet."""
        return (*self.languages, *self.about.greets)

    @property
    def tells_of_desks(self) -> bool:
        """Whether callers can be told of some desk at the start of their call."""
        return any(desk.can_be_told for desk in self.desks.values())

    def code(self, language: str) -> str:
        """What callers press to choose a language; empty where there is nothing to choose."""
        entry = self.languages.get(language)
        return entry.code if entry else ""

    def speech(self, language: str) -> Speech:
        """What speaks a language, of the list or one that only greets: the engines of `reads` if it names none."""
        entry = self.languages.get(language) or self.about.greets[language]
        if entry.engines or language not in self.about.reads:
            return entry
        return entry.model_copy(update={"engines": self.about.reads[language]})

    @property
    def menus(self) -> Mapping[str, Menu]:
        return self.flow.menus
