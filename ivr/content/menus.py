"""The shapes of menus.yaml: where keys lead."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import Field

from ivr.content.fields import Listed, Mapped, Names, Shape, Switch

StandardKey: TypeAlias = Literal["again", "back", "language", "person", "first"]


class Option(Shape):
    """A key of a menu: where it leads, the prompt that offers it, and the one that offers it again in short."""

    to: str
    """The menu that the key leads to."""
    say: str
    """The prompt that offers it."""
    short: str
    """The prompt that offers it when the menu is repeated."""


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
    help: str
    """The menu about people who can help; key 0 leads there when nobody can be connected."""
    farewell: Names
    """What callers hear who never press a key."""
    wait: int = Field(default=6, ge=1, le=60)
    """Seconds that the line waits for a key after the last word."""
    menus: dict[str, Menu]
    """The menus by name."""
