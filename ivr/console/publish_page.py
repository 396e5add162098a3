"""Publishing what a page changed, and what is seen if it can't be done now."""

from flask import flash, redirect
from werkzeug.wrappers import Response

from ivr.console.changes.publishing import Edits, publish_now
from ivr.console.sign_in.auth import person
from ivr.errors import HelplineError
from ivr.web.page_context import PageContext


def publish_or_stay(context: PageContext, edits: Edits, page: str) -> Response:
    """To the page that shows how far the check is; back to this one if nothing could be saved."""
    try:
        return publish_now(context, edits, person().name)
    except HelplineError:
        flash("not_published")
        return redirect(page, 303)
