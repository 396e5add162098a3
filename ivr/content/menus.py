"""The shapes of menus.yaml: where keys lead."""

from typing import Literal, Self, TypeAlias

from pydantic import Field, model_validator

from ivr.content.fields import Listed, Mapped, Names, Shape, Switch, mistake
from ivr.content.pages import DESK, HANG_UP

StandardKey: TypeAlias = Literal["again", "back", "language", "person", "first"]


class Option(Shape):
    """A key of a menu: where it leads, the prompt that offers it, and the one that offers it again in short."""

    to: str = ""
    """The menu that the key leads to."""
    connect: str = ""
    """In place of `to`: the desk that rings."""
    hang_up: str = ""
    """In place of `to`: the prompt that is said before the call ends."""
    say: str
    """The prompt that offers it."""
    short: str
    """The prompt that offers it when the menu is repeated."""

    @model_validator(mode="after")
    def _leads_one_way(self) -> Self:
        ways = sum(map(bool, (self.to, self.connect, self.hang_up)))
        if not ways:
            message = "this key leads nowhere: give it `to` (a menu), `connect` (a desk) or `hang_up` (a prompt)"
            raise mistake("missing-key", message)
        if ways > 1:
            raise mistake("two-ways", "a key leads one way: `to` a menu, or `connect` a desk, or `hang_up`")
        return self

    @property
    def page(self) -> str:
        """Where the key leads: a menu, a desk's page, or the end of the call."""
        if self.connect:
            return DESK + self.connect
        return HANG_UP + self.hang_up if self.hang_up else self.to


class Menu(Shape):
    """What is said, where keys lead, and which standard keys are announced. A menu without options is an answer."""

    say: Names = ()
    """The prompts that are said first."""
    desks: Switch = False
    """true: one option for each desk, keys 1, 2, ... in the caller's order."""
    options: Mapped[Option] = Field(default_factory=dict)
    """Keys 1 to 8, in quotes, and where they lead."""
    offer: Listed[StandardKey] = ()
    """The standard keys that are announced; they all work in every menu, announced or not."""


class MenusFile(Shape):
    """Where keys lead."""

    start: str
    """The first menu after the language; key 9 leads there."""
    help: str = ""
    """The menu about people who can help; key 0 leads there when nobody can be connected. Left out: the first menu."""
    farewell: Names
    """What callers hear who never press a key."""
    wait: int = Field(default=6, ge=1, le=60)
    """Seconds that the line waits for a key after the last word."""
    menus: dict[str, Menu]
    """The menus by name."""

    @model_validator(mode="before")
    @classmethod
    def _without_help(cls, content: object) -> object:
        return {"help": content["start"], **content} if isinstance(content, dict) and "start" in content else content
