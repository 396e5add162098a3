"""When a closed desk opens again, as callers hear it.

`next_opening` finds the moment, by the desk's hours, holidays and overrides; `opening` chooses how it is said from the
caller's day (today, tomorrow, a weekday, a date); its clip is played if the language has one. Else callers hear that
the desk stays closed for a while, where staff have closed it beyond its next usual opening, or the general sentence.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import lru_cache
from operator import itemgetter

from ivr.content.composing import CLOSED_LONGER
from ivr.content.hours import next_opening
from ivr.content.model import Desk, Helpline
from ivr.content.opening import ANY_OPENING, opening
from ivr.flow.matching import SITUATIONS_KEPT, DeskView, voices
from ivr.flow.situation import Situation


def opening_of(helpline: Helpline, view: DeskView, situation: Situation) -> str:
    """The clip that says when a closed desk opens again, which may not exist in every language; or CLOSED_LONGER."""
    now, moment = _now(helpline, situation), opens_at(helpline, view.name, view.language, situation)
    named = opening(now, moment).prompt if moment else ""
    spoken = [helpline.clip_texts[voice] for voice in voices(helpline, view.language)]
    unnamed = not any(named in clips for clips in spoken) and all(CLOSED_LONGER in clips for clips in spoken)
    return CLOSED_LONGER if unnamed and stays_closed(view.desk, now, moment) else named or ANY_OPENING


def stays_closed(desk: Desk, moment: datetime, reopens: datetime | None) -> bool:
    """Whether a desk that is closed on a moment's day, until `reopens` or for good (None), is so for longer: also on
    the next day on which it would open by its schedule.
    """
    usually = next_opening(desk, datetime.combine(moment.date() + timedelta(days=1), time(0), moment.tzinfo))
    return usually is not None and (reopens is None or reopens.date() > usually.date())


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
