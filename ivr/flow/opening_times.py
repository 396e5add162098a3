"""When a closed desk opens again, as callers hear it.

`next_opening` finds the moment, by the desk's hours, holidays and overrides; `opening` chooses how it is said from the
caller's day (today, tomorrow, a weekday, a date); its clip is played if the language has one, else the general
sentence.
"""

from __future__ import annotations

from functools import lru_cache

from ivr.content.hours import next_opening
from ivr.content.model import Helpline
from ivr.content.opening import opening
from ivr.flow.matching import SITUATIONS_KEPT, DeskView
from ivr.flow.situation import Situation

# Said if no clip says when a desk opens.
ANY_OPENING = "opens.generic"


def opening_of(helpline: Helpline, view: DeskView, situation: Situation) -> str:
    """The clip that says when a desk opens again; it may not exist in every language."""
    return _opening_of(helpline, view.name, situation)


@lru_cache(maxsize=SITUATIONS_KEPT)
def _opening_of(helpline: Helpline, desk: str, situation: Situation) -> str:
    now = situation.now.astimezone(helpline.about.time_zone)
    opens_at = next_opening(helpline.desks[desk], now, situation.overrides.get(desk, ()))
    return opening(now, opens_at).prompt if opens_at else ANY_OPENING
