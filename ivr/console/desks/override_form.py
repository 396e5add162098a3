"""What staff say about a desk in a form: read, or told field by field what is wrong with it."""

from collections.abc import Mapping
from datetime import datetime

from ivr.content.model import Desk
from ivr.content.schedule import Interval
from ivr.database.desk_overrides import DeskOverride
from ivr.database.override_span import HoursError, PastError, Span, read_hours, said_override
from ivr.database.tables import REASONS
from ivr.web.dates import read_day, read_moment

STATES = ("close", "open")
SPANS = ("day", "until", "notice")


def read_override_form(
    form: Mapping[str, str], desks: Mapping[str, Desk], now: datetime
) -> tuple[DeskOverride | None, dict[str, str]]:
    """What was said, or the word for what is wrong with each field, from top to bottom.

    `now` is in the helpline's time zone.
    """
    wrong: dict[str, str] = {}
    if form.get("desk", "") not in desks:
        wrong["desk"] = "choose_desk"
    if form.get("state") not in STATES:
        wrong["state"] = "choose_state"
    span = _span(form, wrong)
    if form.get("reason") not in REASONS:
        wrong["reason"] = "choose_reason"
    if wrong:
        return None, wrong
    try:
        override = said_override(desks[form["desk"]], span, now, open=form["state"] == "open")
    except PastError:
        return None, {form["span"]: "is_over"}
    except HoursError:
        return None, {"hours": "needs_hours"}
    return DeskOverride(form["desk"], override, form["reason"]), {}


def _span(form: Mapping[str, str], wrong: dict[str, str]) -> Span:
    span, hours = form.get("span"), _hours(form, wrong)
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
