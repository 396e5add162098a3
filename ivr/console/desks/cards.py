"""A card for each desk: open or closed now and tomorrow, what staff set for it, and what a tap does."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from flask import url_for

from ivr.console.opening_times import DeskNow, Overrides, Span, desks_at, open_spans
from ivr.content.hours import usual_hours
from ivr.content.model import Desk
from ivr.database.desk_overrides import DeskOverride
from ivr.web.page_context import PageContext

DAY = timedelta(days=1)


@dataclass(frozen=True)
class DeskCard:
    """`now` for all callers, and for those of each language with hours of its own; `tomorrow` is when it is open then.

    `today_offer` and `tomorrow_offer` are what can be done with a tap: the address, and whether it closes or opens.
    """

    name: str
    now: tuple[DeskNow, ...]
    tomorrow: tuple[Span, ...]
    is_tomorrow_by_staff: bool
    today_offer: tuple[str, str]
    tomorrow_offer: tuple[str, str]
    said: tuple[DeskOverride, ...]


def desk_cards(
    context: PageContext, now: datetime, said: tuple[DeskOverride, ...], overrides: Overrides
) -> list[DeskCard]:
    states = desks_at(context.helpline, context.situation(now, overrides))
    midnight = datetime.combine(now.date() + DAY, time(0), now.tzinfo)
    cards: list[DeskCard] = []
    for name, desk in context.helpline.desks.items():
        held = overrides.get(name, ())
        tomorrow = open_spans(desk, midnight, held)
        cards.append(
            DeskCard(
                name,
                now=tuple(state for state in states if state.name == name),
                tomorrow=tomorrow,
                is_tomorrow_by_staff=tomorrow != open_spans(desk, midnight),
                today_offer=_offer(name, desk, midnight - DAY, now, overrides),
                tomorrow_offer=_offer(name, desk, midnight, now, overrides),
                said=tuple(each for each in said if each.desk == name),
            )
        )
    return cards


def _offer(name: str, desk: Desk, midnight: datetime, now: datetime, overrides: Overrides) -> tuple[str, str]:
    """To close it while it is open on a day, else to open it; by the whole form where its usual hours are over."""
    fields: dict[str, Any] = {"desk": name, "span": "day", "day": midnight.date().isoformat()}
    if any(finish > now for _begin, finish in open_spans(desk, midnight, overrides.get(name, ()))):
        return url_for("staff.desk_check", state="close", **fields), "close"
    ends = (midnight + timedelta(minutes=usual.end) for usual in usual_hours(desk, midnight.date()))
    where = "staff.desk_check" if any(end > now for end in ends) else "staff.desk_change"
    return url_for(where, state="open", **fields), "open"
