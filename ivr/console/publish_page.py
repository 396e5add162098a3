"""Publishing what a page changed, and what is seen if it can't be done now."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from flask import flash, redirect, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from ivr.console.changes.described import fits
from ivr.console.changes.publishing import Edits, publish_now, save
from ivr.console.sign_in.auth import person
from ivr.content.changes import Spot
from ivr.database.publications import BeingCheckedError, edition_in_force
from ivr.errors import HelplineError
from ivr.web.page_context import PageContext

T = TypeVar("T")


def publish_or_stay(context: PageContext, edits: Edits, page: str, *, opens: bool = False) -> Response:
    """To the page that shows how far the check is; back to this one if nothing could be saved."""
    try:
        return publish_now(context, edits, person().name, opens=opens)
    except HelplineError:
        return stay(page)


def publish_list(context: PageContext, spot: Spot, change: Callable[[list[str]], list[str]], page: str) -> Response:
    """The same for a list, changed as it is in the edition in force, which this worker may not have loaded yet."""
    try:
        now = context.ask(partial(_in_force, context, spot))
    except HelplineError:
        return stay(page)
    return publish_or_stay(context, {spot: change(now)}, page)


def publish_or_suggest(
    context: PageContext, edits: Edits, again: Callable[[str, int], T], *, publish: bool = True
) -> Response | T:
    """To the check, or to what waits where staff may only suggest or a coordinator wishes to wait.

    `again` shows the form once more, with the word for why nothing was saved and the status.
    """
    who = person()
    try:
        if who.is_coordinator and publish:
            return publish_now(context, edits, who.name)
        save(context, edits, who.name, approved=who.is_coordinator)
    except BeingCheckedError:
        return again("edition_busy", 409)
    except HelplineError:
        return again("not_written", 503)
    flash("change_saved" if who.is_coordinator else "change_suggested")
    return redirect(url_for("staff.changes"), 303)


def stay(page: str) -> Response:
    """Back to a page, which says that nothing was changed."""
    flash("not_published", "alert")
    return redirect(page, 303)


def _in_force(context: PageContext, spot: Spot, connection: Connection) -> list[str]:
    value = context.written_at(spot)
    for change in edition_in_force(connection).changes:
        if change.spot == spot and fits(context, change):
            value = change.value
    return [value] if isinstance(value, str) else list(value) if isinstance(value, list) else []
