"""The states of the desks for which the page Call flow shows what callers hear."""

from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from ivr.content.model import Helpline
from ivr.flow.all_situations import nobody, situations
from ivr.flow.matching import desks_for
from ivr.flow.situation import Situation

# open: some desks are open. tried: they are open but didn't answer. nobody: no desk has a number.
Title: TypeAlias = Literal["open", "closed", "tried", "nobody"]
# With more desks, only these are shown: all open, each one alone, and none.
MAX_DESKS_COMBINED = 3


class Case(NamedTuple):
    """`open` names the open desks, `tried` those that didn't answer."""

    title: Title
    situation: Situation
    open: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()


def cases(helpline: Helpline, language: str) -> Iterator[Case]:
    everything = situations(helpline)
    for situation in everything:
        is_open = tuple(view.name for view in desks_for(helpline, language, situation) if view.open)
        if len(helpline.desks) <= MAX_DESKS_COMBINED or len(is_open) in (0, 1, len(helpline.desks)):
            yield Case("open" if is_open else "closed", situation, is_open)
    yield Case("tried", everything[0], tried=tuple(helpline.desks))
    yield Case("nobody", nobody(helpline)[0])
