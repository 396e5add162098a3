"""`/console/another-time`: what a caller of any language would hear at any moment."""

from flask import Blueprint, render_template, request

from ivr.console.opening_times import desks_at
from ivr.console.what_callers_hear import after_choice, behind_zero, first_words, offered
from ivr.flow.matching import desks_for
from ivr.web.dates import read_moment
from ivr.web.page_context import PageContext
from ivr.web.words import page_language


def add_another_time(pages: Blueprint, context: PageContext) -> None:
    helpline = context.helpline

    @pages.get("/another-time")
    def another_time() -> str:
        """At the moment that was asked for, else now."""
        typed, language = request.args.get("at", ""), _chosen_language(context)
        asked = read_moment(typed) if typed else None
        moment = asked.replace(tzinfo=helpline.about.time_zone) if asked else context.moment()
        situation = context.situation(moment)
        return render_template(
            "another_time/another_time.html",
            at=typed or f"{moment:%Y-%m-%dT%H:%M}",
            at_is_wrong=bool(typed) and asked is None,
            moment=moment,
            zone=helpline.about.time_zone,
            language=language,
            languages=helpline.languages,
            desks=desks_at(helpline, situation),
            order=desks_for(helpline, language, situation),
            offered=offered(helpline, language, situation),
            hearings={
                "first_words": first_words(context, situation),
                "after_choice": after_choice(context, language, situation),
                "would_hear": behind_zero(context, language, situation),
            },
        )


def _chosen_language(context: PageContext) -> str:
    """The language of the callers shown: the one chosen, else the reader's own, else a first language."""
    wished = (request.args.get("language", ""), page_language(), *context.helpline.about.first_languages)
    return next(name for name in wished if name in context.helpline.languages)
