"""What staff say about a desk in a form: read, or told field by field what is wrong with it."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date, datetime

from ivr.database.desk_overrides import DeskOverride, PastError, said_override
from ivr.database.tables import REASONS
from ivr.web.dates import read_day, read_moment

STATES = ("close", "open")
SPANS = ("day", "until", "notice")


def read_override_form(
    form: Mapping[str, str], desks: Container[str], now: datetime
) -> tuple[DeskOverride | None, dict[str, str]]:
    """What was said, or the word for what is wrong with each field, from top to bottom.

    `now` is in the helpline's time zone.
    """
    wrong: dict[str, str] = {}
    if form.get("desk", "") not in desks:
        wrong["desk"] = "choose_desk"
    if form.get("state") not in STATES:
        wrong["state"] = "choose_state"
    day, until = _span(form, wrong)
    if form.get("reason") not in REASONS:
        wrong["reason"] = "choose_reason"
    if wrong:
        return None, wrong
    try:
        override = said_override(day, until, now, open=form["state"] == "open")
    except PastError:
        return None, {form["span"]: "is_over"}
    return DeskOverride(form["desk"], override, form["reason"]), {}


def _span(form: Mapping[str, str], wrong: dict[str, str]) -> tuple[date | None, datetime | None]:
    span, day, until = form.get("span"), None, None
    if span not in SPANS:
        wrong["span"] = "choose_span"
    if span == "day" and (day := read_day(form.get("day", ""))) is None:
        wrong["day"] = "choose_day"
    if span == "until" and (until := read_moment(form.get("until", ""))) is None:
        wrong["until"] = "choose_until"
    return day, until
