"""What staff say about a desk in a form: read, or told field by field what is wrong with it.

First when (`read_change`), then, after that was read back to them, why and whether callers are told (`read_consent`).
"""

from collections.abc import Mapping
from datetime import datetime

from ivr.content.hours import Override
from ivr.content.model import Desk
from ivr.content.schedule import Interval
from ivr.database.desk_overrides import DeskOverride
from ivr.database.override_span import HoursError, PastError, Span, read_hours, rings_at_night, said_override
from ivr.database.tables import REASONS_TO_CLOSE, REASONS_TO_OPEN
from ivr.web.dates import read_day, read_moment

STATES = ("close", "open")
SPANS = ("day", "until", "notice")
FIELDS = ("state", "span", "day", "last_day", "since", "until", "opens", "closes")
CONSENT = ("reason", "told", "sure")


def read_change(form: Mapping[str, str], desk: Desk, now: datetime) -> tuple[Override | None, dict[str, str]]:
    """What was said of a desk, or the word for what is wrong with each field, from top to bottom.

    `now` is in the helpline's time zone.
    """
    wrong: dict[str, str] = {}
    if form.get("state") not in STATES:
        wrong["state"] = "choose_state"
    span = _span(form, wrong)
    if wrong:
        return None, wrong
    is_opened = form["state"] == "open"
    try:
        return said_override(desk, span, now, open=is_opened), {}
    except PastError:
        is_today = is_opened and span.begins == span.ends == now.date() and not span.hours
        return None, {"hours": "hours_over"} if is_today else {form["span"]: "is_over"}
    except HoursError:
        return None, {"hours": "needs_hours"}


def read_consent(
    form: Mapping[str, str], name: str, desk: Desk, override: Override
) -> tuple[DeskOverride, dict[str, str]]:
    """What is to be saved, and the words for what is wrong with the fields below what was read back."""
    reason, wrong = form.get("reason", ""), {}
    if reason not in reasons_for(override):
        wrong["reason"] = "choose_reason"
    if rings_at_night(desk, override) and not form.get("sure"):
        wrong["sure"] = "choose_sure"
    return DeskOverride(name, override, reason, told=bool(form.get("told"))), wrong


def reasons_for(override: Override) -> tuple[str, ...]:
    """Those that don't contradict it."""
    return REASONS_TO_OPEN if override.open else REASONS_TO_CLOSE


def _span(form: Mapping[str, str], wrong: dict[str, str]) -> Span:
    span, hours = form.get("span"), _hours(form, wrong)
    if span == "day" and form.get("until") and not form.get("day"):
        span = "until"  # its button is easily overlooked, and all of it is read back
    if span == "day":
        day, last = read_day(form.get("day", "")), read_day(form.get("last_day") or form.get("day", ""))
        if day is None or last is None:
            wrong["day"] = "choose_day"
        return Span(day, last, hours)
    if span == "until":
        since, until = read_moment(form.get("since", "")), read_moment(form.get("until", ""))
        if until is None or (form.get("since") and since is None):
            wrong["until"] = "choose_until"
        return Span(since, until, hours)
    if span not in SPANS:
        wrong["span"] = "choose_span"
    return Span(hours=hours)


def _hours(form: Mapping[str, str], wrong: dict[str, str]) -> Interval | None:
    opens, closes = form.get("opens", ""), form.get("closes", "")
    try:
        return read_hours(f"{opens}-{closes}") if opens or closes else None
    except HoursError:
        wrong["hours"] = "choose_hours"
        return None
