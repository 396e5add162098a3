"""Which desks a caller is told of, in which order, with which key, and to which a call can go at this moment."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ivr.content.composing import clip_name
from ivr.content.desk_languages import Relation
from ivr.content.desk_order import KEPT, desk_keys, desk_order, overflows
from ivr.content.hours import is_open
from ivr.content.model import Desk, Helpline
from ivr.flow.situation import Situation

# A situation is that of one request; `ivr check` asks about a few of them again and again.
SITUATIONS_KEPT = 1024


class DeskView(NamedTuple):
    """A desk as one caller meets it at one moment, with the hours of the caller's `language`.

    `numbers` is empty where nobody is ever connected.
    """

    name: str
    desk: Desk
    key: str
    relation: Relation
    numbers: tuple[str, ...] = ()
    open: bool = False
    language: str = ""

    @property
    def how(self) -> tuple[str, ...]:
        return self.desk.say.how.get(self.relation, ())

    @property
    def offer(self) -> str:
        """The clip that offers this desk with its key."""
        return clip_name(self.desk.say.offer, self.key)

    @property
    def transferable(self) -> bool:
        return self.open and bool(self.numbers)


@lru_cache(maxsize=KEPT)
def told_desks(helpline: Helpline, language: str) -> tuple[str, ...]:
    """The desks that a caller of this language hears of, in order; hidden, silent and withdrawn ones are left out."""
    return tuple(name for name in desk_order(helpline, language) if is_told(helpline, name, language))


@lru_cache(maxsize=SITUATIONS_KEPT)
def can_connect(helpline: Helpline, language: str, situation: Situation) -> bool:
    """Whether a caller of this language can be connected to anybody at some hour."""
    return any(_numbers(helpline, name, language, situation) for name in told_desks(helpline, language))


@lru_cache(maxsize=SITUATIONS_KEPT)
def desks_for(helpline: Helpline, language: str, situation: Situation) -> tuple[DeskView, ...]:
    """The told desks as they are at this moment, in order."""
    now = situation.now.astimezone(helpline.about.time_zone)
    return tuple(
        view._replace(
            numbers=_numbers(helpline, name, language, situation),
            open=is_open(view.desk, now, situation.overrides.get(name, ())),
        )
        for name, view in described(helpline, language).items()
    )


def backup_of(helpline: Helpline, name: str, views: Sequence[DeskView], tried: Sequence[str]) -> DeskView | None:
    """The desk that rings in place of one that can't be reached: the first that it overflows to and that can be.

    Of desks that the caller isn't told of, or that were rung in vain, none rings.
    """
    reachable = {view.name: view for view in views if view.transferable and view.name not in tried}
    return next((reachable[backup] for backup in overflows(helpline, name) if backup in reachable), None)


@lru_cache(maxsize=KEPT)
def described(helpline: Helpline, language: str) -> Mapping[str, DeskView]:
    """The told desks as they are whatever the moment, in order: what depends on it is left empty."""
    keys = desk_keys(helpline, language)
    told = ((name, helpline.desks[name].for_callers(language)) for name in told_desks(helpline, language))
    return {
        name: DeskView(name, desk, keys[name], relation, language=language)
        for name, desk in told
        if (relation := desk.languages.relation(language))
    }


def is_told(helpline: Helpline, name: str, language: str) -> bool:
    """A desk whose operator has been withdrawn is silent: nobody is told of a desk without being told who runs it."""
    desk = helpline.desks[name]
    return desk.status != "silent" and all(
        desk.say.operator in helpline.clip_texts[voice] for voice in voices(helpline, language)
    )


def voices(helpline: Helpline, language: str) -> tuple[str, ...]:
    """The languages in which a caller is spoken to: their own, or the first languages where theirs is not ready."""
    return (language,) if language in helpline.ready else helpline.about.first_languages


def _numbers(helpline: Helpline, name: str, language: str, situation: Situation) -> tuple[str, ...]:
    """Nobody is connected without a number of our own to show."""
    if not situation.caller_id or not _may_connect(helpline, name, language):
        return ()
    return situation.numbers.get(name, ())


@lru_cache(maxsize=KEPT)
def _may_connect(helpline: Helpline, name: str, language: str) -> bool:
    """Nobody is connected without having been told what will happen."""
    view = described(helpline, language)[name]
    if view.desk.status != "transfer" or not (language in helpline.ready or view.relation in ("direct", "interpreter")):
        return False
    return all(any(prompt in helpline.clip_texts[voice] for prompt in view.how) for voice in voices(helpline, language))
