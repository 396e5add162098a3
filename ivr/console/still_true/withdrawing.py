"""`/console/still-true/<fact>/withdrawn`: what falls silent with a fact, or comes back, and the button that does it."""

from functools import partial

from flask import Blueprint, flash, redirect, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from ivr.console.changes.described import written
from ivr.console.publish_page import publish_or_stay
from ivr.console.sign_in.auth import coordinators_only
from ivr.console.still_true.fact_words import return_of, withdrawal
from ivr.console.still_true.page import known, language_of, page
from ivr.content.changes import Spot
from ivr.database.publications import edition_in_force
from ivr.errors import HelplineError
from ivr.flow.withdrawal import restored_with, withdrawn_with
from ivr.web.page_context import PageContext

WITHDRAWN: Spot = ("helpline.yaml", ("withdrawn",))


def add_withdrawing(pages: Blueprint, context: PageContext) -> None:
    helpline = context.helpline

    @pages.get("/still-true/<fact>/withdrawn")
    def fact_preview(fact: str) -> tuple[str, int]:
        is_withdrawn = known(context, fact) in helpline.about.withdrawn
        shown = (return_of if is_withdrawn else withdrawal)(helpline, fact, language_of(context))
        return page(context, "preview", fact=fact, is_withdrawn=is_withdrawn, preview=shown)

    @pages.post("/still-true/<fact>/withdrawn")
    @coordinators_only
    def withdraw_fact(fact: str) -> Response:
        """Or brings it back: `withdraw` says which of the two the page showed."""
        here = url_for("staff.fact_preview", fact=known(context, fact))
        try:
            now = context.ask(partial(_withdrawn_now, context))
        except HelplineError:
            flash("not_published")
            return redirect(here, 303)
        if request.form.get("withdraw") == "yes":
            facts = [*now, *(each for each in (fact, *withdrawn_with(helpline, fact)) if each not in now)]
        else:
            facts = [each for each in now if each not in (fact, *restored_with(helpline, fact))]
        return publish_or_stay(context, {WITHDRAWN: facts}, here)


def _withdrawn_now(context: PageContext, connection: Connection) -> list[str]:
    """The facts that are withdrawn in the edition in force, which this worker may not have loaded yet."""
    value = written(context, WITHDRAWN)
    for change in edition_in_force(connection).changes:
        if change.spot == WITHDRAWN and change not in context.line.laid.set_aside:
            value = change.value
    return [value] if isinstance(value, str) else list(value) if isinstance(value, list) else []
