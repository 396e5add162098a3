"""`/console/still-true`: fact by fact, whether it is still true; `/console/confirm-facts`: that all was checked."""

from collections.abc import Callable
from functools import cache, partial

from flask import Blueprint, flash, redirect, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from ivr.console.call_flow.places import heard_in
from ivr.console.prompt_texts import texts_of
from ivr.console.publish_page import publish_or_stay
from ivr.console.sign_in.auth import coordinators_only, person
from ivr.console.still_true.answers import answers_since, read_round
from ivr.console.still_true.fact_words import prompts_of
from ivr.console.still_true.page import known, language_of, page
from ivr.console.still_true.withdrawing import add_withdrawing
from ivr.content.deadlines import CONFIRMED_FOR
from ivr.database.fact_answers import add_answer, begin_again, is_answer
from ivr.errors import HelplineError
from ivr.web.page_context import PageContext

CONFIRMED_ON = ("helpline.yaml", ("confirmed_on",))


def add_still_true(pages: Blueprint, context: PageContext) -> None:
    places = cache(lambda language: heard_in(texts_of(context), language))

    @pages.get("/still-true")
    def still_true() -> tuple[str, int]:
        return page(context, "still_true", since=answers_since(context))

    @pages.post("/still-true")
    @coordinators_only
    def ask_again() -> Response:
        _write(context, partial(begin_again, by=person().name))
        return redirect(url_for("staff.still_true"), 303)

    @pages.route("/still-true/<fact>", methods=["GET", "POST"])
    def fact(fact: str) -> Response | tuple[str, int]:
        prompts = prompts_of(context.helpline, known(context, fact))
        heard = [place for place, said in places(language_of(context)).items() if said & {*prompts}]
        if request.method == "GET":
            return page(context, "fact", fact=fact, places=heard, prompts=prompts)
        answer = request.form.get("answer", "")
        if not is_answer(answer):
            return page(context, "fact", 422, fact=fact, places=heard, prompts=prompts, wrong="choose_answer")
        add = partial(add_answer, fact=fact, answer=answer, by=person().name)
        return redirect(_next(context, fact, answer) if _write(context, add) else url_for("staff.fact", fact=fact), 303)

    @pages.get("/confirm-facts")
    def confirm() -> tuple[str, int]:
        return page(context, "confirm", today=context.moment().date(), days=CONFIRMED_FOR.days)

    @pages.post("/confirm-facts")
    @coordinators_only
    def confirm_facts() -> Response:
        """The page says why it can't be confirmed."""
        here = url_for("staff.confirm")
        try:
            can_be_confirmed = read_round(context).can_be_confirmed
        except HelplineError:
            can_be_confirmed = False
        if not can_be_confirmed:
            return redirect(here, 303)
        return publish_or_stay(context, {CONFIRMED_ON: context.moment().date().isoformat()}, here)

    add_withdrawing(pages, context)


def _write(context: PageContext, write: Callable[[Connection], None]) -> bool:
    """Whether it was written; if not, the next page says so."""
    try:
        context.ask(write)
    except HelplineError:
        flash("not_written", "alert")
        return False
    return True


def _next(context: PageContext, fact: str, answer: str) -> str:
    """Where an answer leads: to what follows from it, to the next question, or to the last page."""
    is_withdrawn = fact in context.helpline.about.withdrawn
    if answer == ("true" if is_withdrawn else "not-true"):
        return url_for("staff.fact_preview", fact=fact)
    try:
        following = read_round(context).after(fact)
    except HelplineError:
        return url_for("staff.still_true")
    return url_for("staff.fact", fact=following) if following else url_for("staff.confirm")
