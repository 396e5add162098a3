"""`/console/notices`: what callers hear right after the choice of their language; the notice in staff's words."""

from collections.abc import Mapping
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ivr.console.desks.override_words import note
from ivr.console.notices.own_words import edits_for, form_of, rows_of, spot_of, wrong_in
from ivr.console.publish_page import publish_or_suggest
from ivr.console.sign_in.auth import person
from ivr.console.what_callers_hear import at_the_start
from ivr.content.changes import Value
from ivr.content.composing import NOTICE
from ivr.flow.notices import TOLD_AHEAD
from ivr.web.page_context import PageContext
from ivr.web.words import page_language, words_in


def add_notices(pages: Blueprint, context: PageContext) -> None:
    @pages.route("/notices", methods=["GET", "POST"])
    def notices() -> AnyResponse | tuple[str, int]:
        said = _said(context)
        if request.method == "GET":
            return _page(context, form_of(said) | request.args.to_dict())
        form = request.form.to_dict()
        rows = rows_of(context.helpline, context.catalog, form, said)
        if wrong := wrong_in(form, rows, context.helpline.about.limits.notice):
            return _page(context, form, wrong, 422)
        if not (edits := edits_for(form, said)):
            flash(words_in(page_language())["notices_unchanged"])
            return redirect(url_for("staff.notices"), 303)
        return publish_or_suggest(context, edits, lambda word, status: _page(context, form, {"all": word}, status))


def _said(context: PageContext) -> dict[str, Value]:
    """The notice as it is written, in each language that callers are offered and that has one to be said."""
    helpline = context.helpline
    if NOTICE not in helpline.prompts:
        return {}
    return {name: context.value_at(spot_of(name)) for name in helpline.languages if name in helpline.ready}


def _page(
    context: PageContext, form: Mapping[str, str], wrong: Mapping[str, str] | None = None, status: int = 200
) -> tuple[str, int]:
    now, helpline, language = context.moment(), context.helpline, _chosen_language(context)
    rows = rows_of(helpline, context.catalog, form, _said(context))
    told = [(desk, each) for desk, said in context.overrides().items() for each in said if each.told]
    html = render_template(
        "notices/notices.html",
        now=now,
        language=language,
        languages=[name for name in helpline.languages if name in helpline.ready],
        heard_now=at_the_start(context, language, context.situation(now)),
        told=[
            (desk, each, max(now, each.since - TOLD_AHEAD)) for desk, each in told if not each.until or each.until > now
        ],
        note=partial(note, page_language(), now=now),
        can_be_told=helpline.tells_of_desks,
        form=form,
        rows=rows,
        missing=[row.language for row in rows if not row.text],
        most=helpline.about.limits.notice,
        wrong=wrong or {},
        may_publish=person().is_coordinator,
        has_database=bool(context.settings.database_url),
        directions={name: helpline.texts[name].direction for name in helpline.ready},
    )
    return html, status


def _chosen_language(context: PageContext) -> str:
    """Of the callers shown: the one chosen, else the reader's own, else the first that is offered."""
    ready = [name for name in context.helpline.languages if name in context.helpline.ready]
    wished = (request.args.get("language", ""), page_language(), *ready)
    return next(name for name in wished if name in ready)
