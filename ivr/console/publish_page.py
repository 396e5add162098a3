"""Publishing what a page changed, and what is seen if it can't be done now."""

from collections.abc import Callable
from functools import partial

from flask import flash, redirect
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from ivr.console.changes.publishing import Edits, publish_now
from ivr.console.sign_in.auth import person
from ivr.content.changes import Spot
from ivr.database.publications import edition_in_force
from ivr.errors import HelplineError
from ivr.web.page_context import PageContext


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


def stay(page: str) -> Response:
    """Back to a page, which says that nothing was changed."""
    flash("not_published", "alert")
    return redirect(page, 303)


def _in_force(context: PageContext, spot: Spot, connection: Connection) -> list[str]:
    value = context.written_at(spot)
    for change in edition_in_force(connection).changes:
        if change.spot == spot and change not in context.line.laid.set_aside:
            value = change.value
    return [value] if isinstance(value, str) else list(value) if isinstance(value, list) else []
