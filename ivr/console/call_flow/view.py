"""`/console/menu`: the call flow as a tree, and beside it what is said in one of its places."""

from functools import cache
from typing import Any

from flask import Blueprint, abort, render_template, request

from ivr.console.call_flow.picture import Branch, loose, paths, picture, states, trail
from ivr.console.call_flow.places import all_places, told_now
from ivr.console.prompt_texts import PromptTexts, texts_of
from ivr.content.model import Helpline
from ivr.content.pages import ENDINGS, HANG_UP, TRANSFER
from ivr.web.page_context import PageContext
from ivr.web.place_titles import place_titles
from ivr.web.words import page_language

# An event in the path of a test call, which is shown as a place of its own.
DIALLED = "dialled"


def add_call_flow(pages: Blueprint, context: PageContext) -> None:
    """Each language is laid out once, since content doesn't change while the server runs."""
    helpline = context.helpline
    texts = cache(lambda: texts_of(context))
    flow = cache(lambda language: _flow(texts(), language))

    @pages.get("/menu")
    def call_flow() -> str:
        """`place` is the one whose words are shown; `path` names the places of a test call, divided by commas."""
        language = request.args.get("language") or usual_language(helpline, page_language())
        if language not in helpline.texts:
            abort(404)
        found = flow(language)
        path = [TRANSFER if name == DIALLED else name for name in request.args.get("path", "").split(",")]
        visited = [name for name in path if name in found["places"]]
        chosen = request.args.get("place") or (visited or [helpline.flow.start])[-1]
        if chosen not in found["places"]:
            abort(404)
        situation = context.situation(context.moment())  # changes meanwhile, so it isn't kept
        told = told_now(texts(), language, situation) if chosen == helpline.flow.start else ()
        return render_template(
            "call_flow/call_flow.html",
            language=language,
            languages=[name for name in helpline.languages if name in helpline.texts],
            directions=directions(helpline),
            is_offered=language in helpline.ready,
            titles=place_titles(helpline, page_language()),
            place=found["places"][chosen],
            told=told,
            trail=trail(found["root"], chosen),
            visited=visited,
            can_be_called=not chosen.startswith((HANG_UP, TRANSFER, ENDINGS)) and language in helpline.ready,
            **found,
        )


def usual_language(helpline: Helpline, page: str) -> str:
    """The page's own language, if calls can be in it, else the first language."""
    return page if page in helpline.texts else helpline.about.first_languages[0]


def directions(helpline: Helpline) -> dict[str, str]:
    return {name: text.direction for name, text in helpline.texts.items()}


def _flow(texts: PromptTexts, language: str) -> dict[str, Any]:
    found = {place.page: place for place in all_places(texts, language)}
    root: Branch = picture(texts.helpline, found)
    code = texts.helpline.languages[language].code
    return {
        "places": found,
        "root": root,
        "states": states(root, found),
        "paths": paths(root, (code,) if code else ()),
        "loose": loose(root, found),
    }
