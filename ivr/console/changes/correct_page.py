"""`/console/changes/text/<language>/<prompt>`: correcting the sentences of a prompt in one language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ivr.console.changes.correction import Sentence, forgotten, sentence_of, typed_sentence
from ivr.console.changes.described import voice_of
from ivr.console.changes.findings import Finding, in_plain_words
from ivr.console.changes.publishing import Edits, changes_of, waiting_changes
from ivr.console.publish_page import publish_or_suggest
from ivr.console.sign_in.auth import person
from ivr.content.changes import Change, Spot, fingerprint
from ivr.content.checks.sentences import MAX_CHARACTERS
from ivr.content.findings import findings
from ivr.content.loader import read_helpline
from ivr.database.changes import StaffChange
from ivr.errors import ContentError
from ivr.web.meanings import as_staff_write
from ivr.web.page_context import PageContext
from ivr.web.words import page_language, words_in

Answer: TypeAlias = tuple[str, int]

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Field:
    """A sentence in the form: as it is in force `now`, and as `typed`; `waiting` are changes of others.

    `wrong` is what is wrong with its parts, by their names, as words, and `found` what the check says.
    """

    name: str
    spot: Spot
    now: Sentence
    typed: Sentence
    waiting: tuple[StaffChange, ...] = ()
    is_conflict: bool = False
    wrong: Mapping[str, str] = field(default_factory=dict)
    found: tuple[Finding, ...] = ()

    @property
    def newest(self) -> int:
        """The number of the last change of somebody else that waits."""
        return max((each.number for each in self.waiting), default=0)

    @property
    def others(self) -> list[tuple[StaffChange, Sentence]]:
        return [(each, sentence_of(each.change.value)) for each in self.waiting]


def add_correcting(pages: Blueprint, context: PageContext) -> None:
    helpline = context.helpline

    @pages.route("/changes/text/<language>/<prompt>", methods=["GET", "POST"])
    def correct(language: str, prompt: str) -> Response | Answer:
        if language not in helpline.texts or prompt not in helpline.texts[language].prompts:
            abort(404)
        if request.method == "POST":
            return _corrected(context, language, prompt)
        return _page(context, language, prompt, _fields(context, language, prompt, {}))


def _corrected(context: PageContext, language: str, prompt: str) -> Response | Answer:
    """Saved, and on to what waits or to the progress; or the form once more with what was typed."""
    fields = _fields(context, language, prompt, request.form)
    edits: Edits = {each.spot: each.typed.value for each in fields if _is_edit(each)}
    if any(each.wrong or each.is_conflict for each in fields):
        return _page(context, language, prompt, fields, status=422)
    if not edits and THEIRS in request.form.values():
        return redirect(url_for("staff.changes"), 303)
    if not edits:
        return _page(context, language, prompt, fields, "correct_no_change", 422)
    fields, others = _checked(context, fields, edits)
    if others or any(each.found for each in fields):
        return _page(context, language, prompt, fields, status=422, found=others)
    return publish_or_suggest(
        context,
        edits,
        lambda word, status: _page(context, language, prompt, fields, word, status),
        publish=request.form.get("do") == "publish",
    )


def _is_edit(each: Field) -> bool:
    """Whether it was changed here: somebody may have changed it elsewhere since the form was shown."""
    if request.form.get(f"choose.{each.name}") == THEIRS:
        return False
    return each.typed.mark not in (each.now.mark, request.form.get(f"shown.{each.name}"))


def _fields(context: PageContext, language: str, prompt: str, form: Mapping[str, str]) -> list[Field]:
    waiting = waiting_changes(context)
    names = context.helpline.prompts[prompt].sentences
    file = f"text/{language}.yaml"
    return [_field(context, name, (file, ("prompts", prompt, name)), waiting, form) for name in names]


def _field(
    context: PageContext, name: str, spot: Spot, waiting: Iterable[StaffChange], form: Mapping[str, str]
) -> Field:
    now = sentence_of(context.value_at(spot))
    rivals = tuple(each for each in waiting if each.change.spot == spot and each.by != person().name)
    made = Field(name, spot, now, typed_sentence(form, name, now) if form else now, rivals)
    if not form:
        own = [each.change.value for each in waiting if each.change.spot == spot and each.by == person().name]
        return replace(made, typed=sentence_of(own[-1])) if own else made
    if not _is_edit(made):
        return replace(made, typed=now)
    has_seen = form.get(f"seen.{name}") == str(made.newest) and form.get(f"shown.{name}") == now.mark
    has_chosen = f"conflict.{name}" not in form or form.get(f"choose.{name}") == MINE
    wrong = forgotten(made.typed, now, same_meaning=f"same.{name}" in form)
    return replace(made, is_conflict=not (has_seen and has_chosen), wrong=wrong)


def _checked(context: PageContext, fields: list[Field], edits: Edits) -> tuple[list[Field], list[Finding]]:
    """The fields with what the rules of content say against these edits, and what they say elsewhere."""
    laid = context.line.laid.written
    so_far = (Change(*spot, fingerprint(said), context.value_at(spot)) for spot, said in laid.items())
    try:
        read_helpline(context.line.folder, [*so_far, *changes_of(context, edits)])
    except ContentError as error:
        found = in_plain_words(context, findings(context.line.folder, error.problems), words_in(page_language()))
    else:
        return fields, []
    told = [replace(each, found=tuple(one for one in found if one.spot == each.spot)) for each in fields]
    return told, [one for one in found if all(one.spot != each.spot for each in fields)]


def _page(
    context: PageContext,
    language: str,
    prompt: str,
    fields: list[Field],
    wrong: str = "",
    status: int = 200,
    found: Iterable[Finding] = (),
) -> Answer:
    helpline, ui = context.helpline, page_language()
    meanings = helpline.texts[ui].prompts.get(prompt, {}) if ui in helpline.texts and ui != language else {}
    html = render_template(
        "changes/correct.html",
        language=language,
        prompt=prompt,
        about=helpline.prompts[prompt],
        text=helpline.texts[language],
        fields=fields,
        wrong=wrong,
        found=list(found),
        meanings={name: as_staff_write(ui, " ".join(sentence.text)) for name, sentence in meanings.items()},
        has_gloss=language != "en",
        voice=voice_of(helpline, language),
        max_sentence=MAX_CHARACTERS,
        may_publish=person().is_coordinator,
        has_database=bool(context.settings.database_url),
        form=request.form,
        helpline=helpline,
    )
    return html, status
