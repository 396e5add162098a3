"""What the pages about facts have in common: the round so far, and the language in which facts are read."""

from functools import partial

from flask import abort, render_template

from ivr.console.call_flow.view import directions, usual_language
from ivr.console.still_true.answers import empty_round, read_round
from ivr.console.still_true.fact_words import passages_of, sentences_of
from ivr.errors import HelplineError
from ivr.flow.withdrawal import facts_in_question
from ivr.web.page_context import PageContext
from ivr.web.place_titles import place_titles
from ivr.web.words import page_language


def page(context: PageContext, template: str, status: int = 200, **more: object) -> tuple[str, int]:
    helpline, language = context.helpline, language_of(context)
    try:
        answers, trouble = read_round(context), ""
    except HelplineError:
        trouble = "answers_down" if context.settings.database_url else "answers_nowhere"
        answers = empty_round(context)
    html = render_template(
        f"still_true/{template}.html",
        round=answers,
        trouble=trouble,
        helpline=helpline,
        language=language,
        direction=directions(helpline)[language],
        zone=helpline.about.time_zone,
        said=partial(sentences_of, helpline, language=language),
        passages=partial(passages_of, helpline, language=language),
        titles=place_titles(helpline, page_language()),
        **more,
    )
    return html, status


def language_of(context: PageContext) -> str:
    """That of the page, if callers can be spoken to in it."""
    return usual_language(context.helpline, page_language())


def known(context: PageContext, fact: str) -> str:
    """The fact, if staff are asked about it."""
    return fact if fact in facts_in_question(context.helpline) else abort(404)
