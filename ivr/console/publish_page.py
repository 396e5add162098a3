"""Publishing what a page changed: who does it, and what they see if it can't be done now."""

from flask import flash, redirect
from werkzeug.wrappers import Response

from ivr.console.changes.publishing import Edits, publish_now
from ivr.errors import HelplineError
from ivr.web.page_context import PageContext


def who() -> str:
    """Whoever sent this request, as it is kept beside what they said."""
    return "staff"


def publish_or_stay(context: PageContext, edits: Edits, page: str) -> Response:
    """To the page that shows how far the check is; back to this one if nothing could be saved."""
    try:
        return publish_now(context, edits, who())
    except HelplineError:
        flash("not_published")
        return redirect(page, 303)
