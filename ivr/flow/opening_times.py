"""When a closed desk opens again, as callers hear it.

`next_opening` finds the moment, by the desk's hours, holidays and overrides; `opening` chooses how it is said from the
caller's day (today, tomorrow, a weekday, a date); its clip is played if the language has one, else the general
sentence.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter

from ivr.content.hours import next_opening
from ivr.content.model import Helpline
from ivr.content.opening import opening
from ivr.flow.matching import SITUATIONS_KEPT, DeskView
from ivr.flow.situation import Situation

# Said if no clip says when a desk opens.
ANY_OPENING = "opens.generic"


def opening_of(helpline: Helpline, view: DeskView, situation: Situation) -> str:
    """The clip that says when a desk opens again; it may not exist in every language."""
    moment = opens_at(helpline, view.name, view.language, situation)
    return opening(_now(helpline, situation), moment).prompt if moment else ANY_OPENING


def first_to_open(helpline: Helpline, views: Sequence[DeskView], situation: Situation) -> DeskView | None:
    """Of these desks the one that opens first, in the caller's order where several do; None if none ever opens."""
    moments = [(opens_at(helpline, view.name, view.language, situation), view) for view in views]
    return min(((moment, view) for moment, view in moments if moment), key=itemgetter(0), default=(None, None))[1]


def opens_at(helpline: Helpline, desk: str, language: str, situation: Situation) -> datetime | None:
    """The moment from now on at which a desk next answers callers of a language, in the helpline's time zone."""
    return _opens_at(helpline, desk, language if language in helpline.desks[desk].hours_by_language else "", situation)


@lru_cache(maxsize=SITUATIONS_KEPT)
def _opens_at(helpline: Helpline, desk: str, language: str, situation: Situation) -> datetime | None:
    own = helpline.desks[desk].for_callers(language)
    return next_opening(own, _now(helpline, situation), situation.overrides.get(desk, ()))


def _now(helpline: Helpline, situation: Situation) -> datetime:
    return situation.now.astimezone(helpline.about.time_zone)
