"""`/console/holidays`: the computed public holidays, to be compared with the official list."""

from datetime import date, timedelta
from typing import NamedTuple

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from ivr.console.holidays.year_list import places, year_list
from ivr.console.publish_page import publish_or_stay
from ivr.console.sign_in.auth import coordinators_only
from ivr.content.deadlines import HOLIDAYS_NEEDED, HOLIDAYS_WISHED
from ivr.web.dates import read_day
from ivr.web.page_context import PageContext
from ivr.web.words import page_language

VERIFIED_UNTIL = ("helpline.yaml", ("holidays_verified_until",))


class HolidayState(NamedTuple):
    """`until` is how far somebody has compared them, `needed` how far that must be, `wished` how far it had better."""

    until: date | None
    needed: date
    wished: date


def holiday_state(context: PageContext) -> HolidayState | None:
    """None if no desk keeps public holidays: then there is nothing to compare, and no page for it."""
    today = context.moment().date()
    until = context.helpline.about.holidays_verified_until
    return HolidayState(until, today + HOLIDAYS_NEEDED, today + HOLIDAYS_WISHED) if places(context.helpline) else None


def add_holidays(pages: Blueprint, context: PageContext) -> None:
    if not places(context.helpline):
        return

    @pages.get("/holidays")
    def holidays() -> tuple[str, int]:
        return _page(context)

    @pages.post("/holidays")
    @coordinators_only
    def verify_holidays() -> Response | tuple[str, int]:
        until = read_day(request.form.get("until", ""))
        if until not in _ends(context):
            return _page(context, wrong="stale_form", status=422)
        if request.form.get("compared") != "yes":
            return _page(context, wrong="tick_compared", at=until, status=422)
        return publish_or_stay(context, {VERIFIED_UNTIL: until.isoformat()}, url_for("staff.holidays"))


def _page(context: PageContext, wrong: str = "", at: date | None = None, status: int = 200) -> tuple[str, int]:
    helpline, today = context.helpline, context.moment().date()
    until, language = helpline.about.holidays_verified_until, page_language()
    html = render_template(
        "holidays/holidays.html",
        years=[year_list(helpline, last.year, today, language) for last in _ends(context)],
        state=holiday_state(context),
        begins=max(today, until + timedelta(days=1)) if until else today,
        source=helpline.about.holidays_source,
        has_database=bool(context.settings.database_url),
        wrong=wrong,
        at=at,
    )
    return html, status


def _ends(context: PageContext) -> tuple[date, ...]:
    """The last days of this year and the next, which reach as far as they have to."""
    this = context.moment().year
    return date(this, 12, 31), date(this + 1, 12, 31)
