"""`/console/desks/<desk>/hours`: changing the usual hours of a desk. They are read back, then checked and published;
staff who are no coordinators suggest them.

The address of the page that reads back carries what was typed, as that of other changes does (change_view.py).
"""

from collections.abc import Mapping

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from ivr.console.changes.publishing import waiting_changes
from ivr.console.desks.hours_form import UsualHours, edits_for, form_of, read_usual_hours, room, rows
from ivr.console.desks.openings_heard import languages_without
from ivr.console.hours_words import closures_in_words, week_in_words
from ivr.console.publish_page import publish_or_suggest
from ivr.console.sign_in.auth import person
from ivr.content.model import Desk
from ivr.web.dates import weekdays_in
from ivr.web.page_context import PageContext
from ivr.web.words import page_language

Words = Mapping[str, str]


def add_hours(pages: Blueprint, context: PageContext) -> None:
    @pages.get("/desks/<desk>/hours")
    def desk_hours(desk: str) -> str:
        typed = _typed(context, desk)
        return _form(context, desk, typed or form_of(context.helpline.desks[desk]), {})

    @pages.route("/desks/<desk>/hours/check", methods=["GET", "POST"])
    def hours_check(desk: str) -> AnyResponse | tuple[str, int]:
        typed = _typed(context, desk)
        hours, wrong = read_usual_hours(typed, desk, context.helpline.desks[desk])
        if hours is None:
            return _form(context, desk, typed, wrong), 422
        return _save(context, hours, typed) if request.method == "POST" else (_read_back(context, hours, typed), 200)


def _typed(context: PageContext, name: str) -> Words:
    """What is in the fields of the form, and in the box below what is read back."""
    if name not in context.helpline.desks:
        abort(404)
    desk, sent = context.helpline.desks[name], {**request.args.to_dict(), **request.form.to_dict()}
    sides = [f"{row}-{side}-{each}" for row in rows(desk) for each in range(room(desk)) for side in ("opens", "closes")]
    return {field: sent[field] for field in (*sides, "sure") if sent.get(field)}


def _form(context: PageContext, name: str, typed: Words, wrong: Words) -> str:
    desk = context.helpline.desks[name]
    return render_template(
        "desks/hours.html",
        desk=name,
        form=typed,
        wrong=wrong,
        rows=rows(desk),
        room=room(desk),
        full_weekdays=weekdays_in(page_language(), "wide"),
        closures=closures_in_words(page_language(), desk.closed),
        **_others(desk),
    )


def _others(desk: Desk) -> dict[str, object]:
    """What this form leaves as it is: some weekdays of a month, and hours at which the desk speaks a language."""
    language, in_words = page_language(), {}
    for spoken, week in desk.hours_by_language.items():
        in_words[spoken] = week_in_words(language, week, has_holidays=False)
    return {
        "by_language": in_words,
        "before": week_in_words(language, desk.hours, has_holidays=bool(desk.holidays)) if desk.hours.placed else [],
    }


def _read_back(context: PageContext, hours: UsualHours, typed: Words, wrong: Words | None = None) -> str:
    desk, language = context.helpline.desks[hours.desk], page_language()
    texts = context.helpline.clip_texts.get(language, {})
    return render_template(
        "desks/hours_check.html",
        desk=hours.desk,
        form=typed,
        fields={field: value for field, value in typed.items() if field != "sure"},
        wrong=wrong or {},
        lines=week_in_words(language, hours.week, has_holidays=bool(desk.holidays)),
        lines_before=week_in_words(language, desk.hours, has_holidays=bool(desk.holidays)),
        is_at_night=hours.rings_at_night(desk.hours),
        unheard=languages_without(context, hours.desk, hours.week),
        ready=context.helpline.ready,
        told={prompt: texts[prompt].text if prompt in texts else "" for prompt in desk.say.hours},
        rivals=_rivals(context, hours),
        may_publish=person().is_coordinator,
        has_database=bool(context.settings.database_url),
    )


def _rivals(context: PageContext, hours: UsualHours) -> list[str]:
    """Who else has changed these hours, and waits for them to be published."""
    edits, me = edits_for(hours), person().name
    return [each.by for each in waiting_changes(context) if each.change.spot in edits and each.by != me]


def _save(context: PageContext, hours: UsualHours, typed: Words) -> AnyResponse | tuple[str, int]:
    """On to the page that shows how far the check is, or to what waits."""
    if not context.settings.database_url:
        return _read_back(context, hours, typed), 503
    if hours.rings_at_night(context.helpline.desks[hours.desk].hours) and not typed.get("sure"):
        return _read_back(context, hours, typed, {"sure": "choose_sure"}), 422
    return publish_or_suggest(
        context,
        edits_for(hours),
        lambda word, status: (_read_back(context, hours, typed, {"database": word}), status),
    )
