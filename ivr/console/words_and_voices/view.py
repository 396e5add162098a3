"""`/console/prompts`: the board of all languages and prompts, and a page for each prompt."""

from functools import cache
from itertools import groupby
from operator import itemgetter

from flask import Blueprint, abort, render_template, request

from ivr.console.call_flow.places import heard_in
from ivr.console.call_flow.view import directions, usual_language
from ivr.console.prompt_texts import texts_of
from ivr.console.words_and_voices.board import CHOICES, amounts, board, chosen
from ivr.content.model import Helpline, Prompt
from ivr.web.meanings import as_staff_write
from ivr.web.page_context import PageContext
from ivr.web.place_titles import place_titles
from ivr.web.words import page_language


def add_words_and_voices(pages: Blueprint, context: PageContext) -> None:
    """The board is made once, since content doesn't change while the server runs."""
    helpline = context.helpline
    texts = cache(lambda: texts_of(context))
    rows = cache(lambda: board(texts()))
    counted = cache(lambda: {name: amounts(rows(), name) for name in ("", *helpline.spoken)})
    heard = cache(lambda language: heard_in(texts(), language))

    @pages.get("/prompts")
    def words_and_voices() -> str:
        language, choice = request.args.get("language", ""), request.args.get("state", "")
        if language not in ("", *helpline.spoken) or choice not in ("", *CHOICES):
            abort(404)
        found = counted()
        return render_template(
            "words_and_voices/board.html",
            language=language,
            choice=choice,
            choices=CHOICES,
            rows=list(chosen(rows(), language, choice)),
            amounts=found[language],
            by_language=found,
            page_texts=_page_texts(helpline, page_language()),
            shown_states=[choice] if choice else [name for name in CHOICES if found[""][name]],
            texts=texts(),
            **_common(helpline),
        )

    @pages.get("/prompts/<name>")
    def prompt(name: str) -> str:
        if name not in helpline.prompts:
            abort(404)
        return render_template(
            "words_and_voices/prompt.html",
            prompt_name=name,
            prompt=helpline.prompts[name],
            places=[page for page, said in heard(usual_language(helpline, page_language())).items() if name in said],
            titles=place_titles(helpline, page_language()),
            terms=_terms(helpline, name),
            carried=_carried(helpline.prompts[name]),
            said={language: list(texts().all_of(language, name)) for language in helpline.spoken},
            **_common(helpline),
        )


def _common(helpline: Helpline) -> dict[str, object]:
    return {"helpline": helpline, "directions": directions(helpline)}


def _page_texts(helpline: Helpline, page: str) -> dict[str, str]:
    """What each prompt says, where it has a text in the page's language."""
    clips = helpline.clip_texts.get(page, {})
    return {name: as_staff_write(page, clip.shown) for name, clip in clips.items()}


def _terms(helpline: Helpline, prompt: str) -> dict[str, str]:
    """The glossary's terms that the prompt has to contain, with their meaning."""
    return {
        name: term.means
        for name, term in helpline.glossary.items()
        if any(sentence.partition("/")[0] == prompt for sentence in term.said_in)
    }


def _carried(prompt: Prompt) -> list[tuple[list[str], tuple[str, ...]]]:
    """A prompt's sentences with their facts; successive ones with the same facts are grouped."""
    runs = groupby(prompt.sentences.items(), key=itemgetter(1))
    return [([name for name, _facts in run], facts) for facts, run in runs]
