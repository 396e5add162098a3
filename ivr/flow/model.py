"""The shapes of a helpline: one class for each thing that staff write in YAML, and the whole, read-only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ivr.flow.lines import Line
from ivr.flow.schedule import AnnualClosure, WeeklyHours


def _as_list(value: object) -> object:
    if value is None:
        return []
    return [value] if isinstance(value, str) else value


def _as_mapping(value: object) -> object:
    return {} if value is None else value


def _as_sentence(value: object) -> object:
    return {"text": value} if isinstance(value, str | list) else value


Names: TypeAlias = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
Words: TypeAlias = Annotated[dict[str, str], BeforeValidator(_as_mapping)]
Relation: TypeAlias = Literal["direct", "interpreter", "possible", "unlisted"]
StandardKey: TypeAlias = Literal["again", "back", "language", "person", "first"]


class Shape(BaseModel):
    """Read-only; a key that is not known is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Voice(Shape):
    """Twilio <Say>: the pair of language and voice that speaks where a clip is missing."""

    language: str
    voice: str


class Language(Shape):
    """A language of the list: its two-digit code is fixed for ever once it was printed."""

    code: str = Field(pattern=r"^(0[1-9]|[1-9][0-9])$")
    engines: Names = ()
    rate: float = Field(default=1.0, gt=0.3, lt=2.0)
    say: Voice | None = None
    demand: float = Field(default=0, ge=0)


class OpeningTimes(Shape):
    """The days, both included, for which sentences of opening times are made."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")


class ListLimits(Shape):
    """The most seconds until the list has said a caller's language: on average by demand, and for the last one."""

    mean: float | None = None
    worst: float | None = None


class SpeechLimits(Shape):
    """The most seconds, from the choice of a language, that its callers wait; and how fast it may be spoken.

    `at_once`, `as_heard` and `to_the_end` hold for the first word of every fact, by when a caller presses keys: at
    once, when an option was heard, when a menu was heard to its end. A `turn` is what plays without a pause for a
    key. `pace` is times ordinary reading.
    """

    essentials: float | None = None
    at_once: float | None = None
    as_heard: float | None = None
    to_the_end: float | None = None
    prompt: float | None = None
    turn: float | None = None
    pace: float | None = None


class Limits(Shape):
    """What the time budget is held against. A language without limits of its own has those of `others`."""

    list: ListLimits = ListLimits()
    languages: Annotated[dict[str, SpeechLimits], BeforeValidator(_as_mapping)] = {}

    def of(self, language: str) -> SpeechLimits:
        return self.languages.get(language) or self.languages.get("others") or SpeechLimits()


class HelplineFile(Shape):
    """helpline.yaml"""

    name: str
    time_zone: ZoneInfo
    country_code: str = Field(default="", pattern=r"^[1-9]?[0-9]*$")
    trunk_prefix: str = Field(default="", pattern=r"^[0-9]*$")
    first_languages: Names
    desk_language: str
    languages: dict[str, Language]
    source: str = ""
    confirmed_on: date | None = None
    withdrawn: Names = ()
    holidays_verified_until: date | None = None
    opening_times: OpeningTimes
    limits: Limits = Limits()
    accepted_voices: Names = ()
    fill: Annotated[dict[str, Words], BeforeValidator(_as_mapping)] = {}


class Fact(Shape):
    """What the source says; `spoken` tells whether callers must be able to hear it."""

    spoken: Literal["always", "filled", "withheld"]
    says: str
    reason: str = ""


class FactsFile(Shape):
    """facts.yaml"""

    facts: dict[str, Fact]


class Option(Shape):
    """A key of a menu: where it leads, the prompt that offers it, and the one that offers it again in short."""

    to: str
    say: str
    short: str


class Menu(Shape):
    """What is said, which keys lead where, and the standard keys that are offered aloud; without options an answer."""

    say: Names = ()
    desks: bool = False
    options: Annotated[dict[str, Option], BeforeValidator(_as_mapping)] = {}
    offer: Annotated[tuple[StandardKey, ...], BeforeValidator(_as_list)] = ()


class MenusFile(Shape):
    """menus.yaml"""

    start: str
    help: str
    farewell: Names
    wait: int = Field(default=6, ge=1, le=60)
    menus: dict[str, Menu]


class DeskLanguages(Shape):
    """What a desk speaks itself, what it lists through an interpreter, and what holds for all other languages."""

    direct: Names = ()
    interpreter: Names = ()
    others: Literal["possible", "unlisted"] = "unlisted"

    def relation(self, language: str) -> Relation:
        if language in self.direct:
            return "direct"
        return "interpreter" if language in self.interpreter else self.others


class DeskPrompts(Shape):
    """The prompts that tell of a desk."""

    operator: str
    purpose: Names = ()
    how: dict[Relation, Names]
    hours: Names = ()
    option: str
    option_short: str
    offer: str
    closed: str


class Desk(Shape):
    """People who answer. `ring` and `time_limit` are seconds (Twilio <Dial> timeout and timeLimit)."""

    status: Literal["transfer", "tell", "silent"]
    languages: DeskLanguages
    hours: WeeklyHours
    holidays: str = ""
    closed: Annotated[tuple[AnnualClosure, ...], BeforeValidator(_as_list)] = ()
    ring: int = Field(default=25, ge=5, le=600)
    time_limit: int = Field(default=3600, ge=60, le=14400)
    say_number: bool = False
    say: DeskPrompts


class DesksFile(Shape):
    """desks.yaml"""

    desks: dict[str, Desk]


class Prompt(Shape):
    """What a prompt is for, and its sentences with the facts that each carries."""

    purpose: str = Field(alias="for")
    only_in: Names = Field(default=(), alias="in")
    for_each: Literal["language"] | None = None
    needs: Names = ()
    sentences: dict[str, Names]


class PromptsFile(Shape):
    """prompts.yaml"""

    prompts: dict[str, Prompt]


class Sentence(Shape):
    """What translators read, its meaning in English, and what an engine reads where that differs."""

    text: Names
    gloss: str = ""
    spoken: Names = ()


class Term(Shape):
    """A word that has to be said the same way everywhere, and the sentences (``prompt/sentence``) that contain it."""

    means: str
    said_in: Names = ()


class GlossaryFile(Shape):
    """glossary.yaml"""

    terms: Annotated[dict[str, Term], BeforeValidator(_as_mapping)] = {}


class OpeningWords(Shape):
    """When a desk opens: sentences with {time}, {weekday} and {date}, and the words to put there."""

    today: str
    tomorrow: str
    weekday: str
    date: str
    times: Words
    weekdays: Words
    dates: Words = {}


class Review(Shape):
    """Who, as a native speaker, has read the whole text, and when."""

    by: str
    on: date


class TextFile(Shape):
    """text/<language>.yaml"""

    language: str
    name: str
    status: Literal["draft", "reviewed"]
    reviewed: Review | None = None
    keys: dict[str, str]
    opening: OpeningWords
    language_names: Words = {}
    glossary: Annotated[dict[str, Names], BeforeValidator(_as_mapping)] = {}
    prompts: dict[str, dict[str, Annotated[Sentence, BeforeValidator(_as_sentence)]]]


@dataclass(frozen=True, eq=False)
class Helpline:
    """A helpline, loaded and read-only; equal to itself only, so that what follows from it can be kept.

    `lines` holds, per language and clip name, everything that can be spoken: what is withdrawn or not filled in is
    not there. `ready` names the languages that callers are offered: those with a complete text, until the sounds
    narrow it down further.
    """

    about: HelplineFile
    facts: Mapping[str, Fact]
    flow: MenusFile
    desks: Mapping[str, Desk]
    prompts: Mapping[str, Prompt]
    glossary: Mapping[str, Term]
    texts: Mapping[str, TextFile]
    audio_dir: Path
    lines: Mapping[str, Mapping[str, Line]]
    ready: frozenset[str]

    @property
    def languages(self) -> Mapping[str, Language]:
        return self.about.languages

    @property
    def menus(self) -> Mapping[str, Menu]:
        return self.flow.menus
