"""The languages that the files name are in the list, and those that need a text have one."""

from collections.abc import Iterator

from ivr.content.checks.check import DESKS, HELPLINE, PROMPTS, Draft, Mistake, check, text_file
from ivr.content.desk_order import desk_order, spoken_at
from ivr.content.did_you_mean import unknown
from ivr.content.hours import never_closes
from ivr.content.source import Where
from ivr.content.speech import SAY

# What `in` of a prompt may say beside languages.
AUDIENCES = ("first", "desk")


def _unknown(draft: Draft, file: str, where: Where, name: str, *, at_key: bool = False) -> Iterator[Mistake]:
    if name not in draft.languages:
        yield Mistake(file, where, unknown(name, draft.languages, "language"), at_key)


@check("unknown-language", HELPLINE)
def languages_of_the_line(draft: Draft) -> Iterator[Mistake]:
    for index, name in enumerate(draft.about.first_languages):
        yield from _unknown(draft, HELPLINE, ("first_languages", index), name)
    if draft.about.desk_language:
        yield from _unknown(draft, HELPLINE, ("desk_language",), draft.about.desk_language)
    for name in draft.about.reads:
        if name not in draft.spoken:
            yield Mistake(HELPLINE, ("reads", name), unknown(name, draft.spoken, "language"), at_key=True)


@check("unknown-language", HELPLINE)
def languages_of_fill(draft: Draft) -> Iterator[Mistake]:
    for slot, words in draft.about.fill.items():
        for language in words:
            yield from _unknown(draft, HELPLINE, ("fill", slot, language), language, at_key=True)


@check("unknown-language", HELPLINE, DESKS)
def languages_of_desks(draft: Draft) -> Iterator[Mistake]:
    for name, desk in draft.desks.items():
        if desk.language:
            yield from _unknown(draft, DESKS, ("desks", name, "language"), desk.language)
        for relation in ("direct", "interpreter"):
            for index, language in enumerate(getattr(desk.languages, relation)):
                yield from _unknown(draft, DESKS, ("desks", name, "languages", relation, index), language)
        for language in desk.hours_by_language:
            yield from _unknown(draft, DESKS, ("desks", name, "hours_by_language", language), language, at_key=True)


@check("unknown-language", HELPLINE, PROMPTS)
def languages_of_prompts(draft: Draft) -> Iterator[Mistake]:
    for name, prompt in draft.prompts.items():
        for index, audience in enumerate(prompt.only_in):
            if audience not in AUDIENCES:
                yield from _unknown(draft, PROMPTS, ("prompts", name, "in", index), audience)


@check("unknown-language", HELPLINE)
def languages_of_names(draft: Draft) -> Iterator[Mistake]:
    for language, text in draft.texts.items():
        for other in text.language_names:
            yield from _unknown(draft, text_file(language), ("language_names", other), other, at_key=True)


@check("say-without-voice", HELPLINE)
def voices_of_the_carrier(draft: Draft) -> Iterator[Mistake]:
    for name in draft.spoken:
        language = draft.speech(name)
        if SAY in language.engines and not language.say:
            part = "greets" if name in draft.about.greets else "languages"
            where: Where = (part, name, "engines", language.engines.index(SAY))
            message = (
                "the carrier's own voice has its place here, but nothing says which it is; "
                "right would be, for example, say: {language: en-US, voice: Polly.Joanna-Neural}"
            )
            yield Mistake(HELPLINE, where, message)


@check("no-first-language", HELPLINE)
def first_language(draft: Draft) -> Iterator[Mistake]:
    if not draft.about.first_languages:
        message = "at least one language has to be spoken before callers choose"
        yield Mistake(HELPLINE, ("first_languages",), message)


@check("missing-text-file", HELPLINE)
def text_files(draft: Draft) -> Iterator[Mistake]:
    about = draft.about
    named: list[tuple[Where, str]] = [(("greets",), name) for name in about.greets]
    named += [(("first_languages", index), name) for index, name in enumerate(about.first_languages)]
    for where, language in [*named, (("desk_language",), about.desk_language)]:
        if language in (*draft.languages, *about.greets) and text_file(language) not in draft.sources:
            yield Mistake(HELPLINE, where, f'"{language}" is spoken here, but {text_file(language)} is missing')


@check("missing-text-file", HELPLINE, DESKS)
def text_files_of_desks(draft: Draft) -> Iterator[Mistake]:
    for name, desk in draft.desks.items():
        if desk.language in draft.languages and text_file(desk.language) not in draft.sources:
            message = f'the desk hears "{desk.language}", but {text_file(desk.language)} is missing'
            yield Mistake(DESKS, ("desks", name, "language"), message)


@check("text-without-language", HELPLINE)
def listed_texts(draft: Draft) -> Iterator[Mistake]:
    for language in draft.texts:
        if language not in (*draft.languages, *draft.about.greets):
            message = f'"{language}" is not among the languages of helpline.yaml'
            yield Mistake(text_file(language), (), message)


@check("text-misnamed")
def named_as_its_language(draft: Draft) -> Iterator[Mistake]:
    for name, text in draft.texts.items():
        if text.language != name:
            message = f'"{text.language}" is written here, but this file is named for "{name}"'
            yield Mistake(text_file(name), ("language",), message)


@check("missing-key", HELPLINE, DESKS)
def what_desks_need(draft: Draft) -> Iterator[Mistake]:
    about, closes = draft.about, not all(map(never_closes, draft.desks.values()))
    for part in ("desk_language", *(("opening_times",) if closes else ())):
        if draft.desks and not (getattr(about, part) and part in about.model_fields_set):
            message = f'the key "{part}" is missing here; a helpline that has desks needs it'
            yield Mistake(HELPLINE, (part,), message, at_key=True)


@check("missing-language-name", HELPLINE, DESKS)
def named_for_the_desks(draft: Draft) -> Iterator[Mistake]:
    """In `desk_language` every language, as on cards; in a desk's own, those of its callers."""
    needed = {draft.about.desk_language: {*draft.languages}} if draft.desks else {}
    for language in draft.languages:
        for desk in desk_order(draft, language):
            needed.setdefault(spoken_at(draft, desk), set()).add(language)
    for spoken, named in needed.items():
        for language in filter(named.__contains__, draft.languages):
            if spoken in draft.texts and language not in draft.texts[spoken].language_names:
                message = f'"{language}" has no name here; the desk needs it to know which language a caller speaks'
                yield Mistake(text_file(spoken), ("language_names",), message)


@check("unsigned-review")
def signed(draft: Draft) -> Iterator[Mistake]:
    for language, text in draft.texts.items():
        if text.status == "reviewed" and not text.reviewed:
            message = "a reviewed text needs who read it and when: reviewed: {by: ..., on: 2026-11-24}"
            yield Mistake(text_file(language), ("status",), message)
