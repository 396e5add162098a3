"""The changes that wait, in groups that one person made: a notice in all its languages, a text's sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ivr.console.changes.described import TEXTS, Described, describe, fits
from ivr.console.sign_in.auth import person
from ivr.content.changes import Spot
from ivr.database.changes import StaffChange
from ivr.web.page_context import PageContext

Family: TypeAlias = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Waiting:
    """A change that waits. `rivals` are the numbers of others for the same place."""

    described: Described
    rivals: tuple[int, ...]
    fits: bool
    is_older: bool
    is_checked: bool
    is_mine: bool

    @property
    def number(self) -> int:
        return self.described.said.number

    @property
    def state(self) -> str:
        return self.described.said.state

    @property
    def is_declined(self) -> bool:
        """Whether who withdraws it declines it: what somebody else suggested."""
        return self.state == "suggested" and not self.is_mine

    @property
    def is_clear(self) -> bool:
        """Whether nothing has to be compared before it is approved."""
        return self.fits and not self.rivals and not self.is_older

    @property
    def is_ticked(self) -> bool:
        """What a coordinator has approved, as far as nothing speaks against it."""
        return self.is_clear and self.state == "approved" and self.described.voice != "waits"


@dataclass(frozen=True)
class Group:
    """Changes of one person that belong together. What has to be compared isn't approved with the others."""

    changes: tuple[Waiting, ...]

    @property
    def language(self) -> str:
        """The one in which all of them are, if there is one."""
        languages = {each.described.language for each in self.changes}
        return languages.pop() if len(languages) == 1 else ""

    @property
    def to_approve(self) -> list[int]:
        return [
            each.number for each in self.changes if each.state == "suggested" and each.is_clear and not each.is_checked
        ]

    @property
    def is_declined(self) -> bool:
        return all(each.is_declined for each in self.changes if not each.is_checked)

    @property
    def to_withdraw(self) -> list[int]:
        return [each.number for each in self.changes if not each.is_checked]


def groups_of(
    context: PageContext,
    said: Iterable[StaffChange],
    checking: frozenset[int],
    in_force: Iterable[StaffChange],
) -> list[Group]:
    """In the order of their oldest changes."""
    found: dict[tuple[str, Family], list[Waiting]] = {}
    for each in _waiting(context, tuple(said), checking, {each.change.spot: each.number for each in in_force}):
        change = each.described.said
        found.setdefault((change.by, _family(change.change.spot)), []).append(each)
    return [Group(tuple(changes)) for changes in found.values()]


def _waiting(
    context: PageContext, said: tuple[StaffChange, ...], checking: frozenset[int], newest: Mapping[Spot, int]
) -> list[Waiting]:
    before = {each.change.spot: context.value_at(each.change.spot) for each in said}
    return [
        Waiting(
            described,
            tuple(each.number for each in said if each.change.spot == change.change.spot and each != change),
            fits(context, change.change),
            newest.get(change.change.spot, 0) > change.number,
            change.number in checking,
            change.by == person().name,
        )
        for described in describe(context, said, before)
        for change in (described.said,)
    ]


def _family(spot: Spot) -> Family:
    """What is made together: the sentences of a language, or a thing, such as the notice, in all languages."""
    file, where = spot
    return file, () if file.startswith(TEXTS) else where[:2]
