"""`/console/still-true/<fact>/withdrawn`: what falls silent with a fact, or comes back, and the button that does it."""

from functools import partial

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from ivr.console.publish_page import publish_list
from ivr.console.sign_in.auth import coordinators_only
from ivr.console.still_true.fact_words import return_of, withdrawal
from ivr.console.still_true.page import known, language_of, page
from ivr.content.changes import Spot
from ivr.content.model import Helpline
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
        change = _with if request.form.get("withdraw") == "yes" else _without
        return publish_list(context, WITHDRAWN, partial(change, helpline, fact), here)


def _with(helpline: Helpline, fact: str, now: list[str]) -> list[str]:
    return [*now, *(each for each in (fact, *withdrawn_with(helpline, fact)) if each not in now)]


def _without(helpline: Helpline, fact: str, now: list[str]) -> list[str]:
    return [each for each in now if each not in (fact, *restored_with(helpline, fact))]
