"""`/console/menu`: the call flow as a picture, and each of its places with what is said there."""

from functools import cache
from typing import Any

from flask import Blueprint, abort, render_template, request

from ivr.console.call_flow.picture import loose, paths, picture, states
from ivr.console.call_flow.places import all_places
from ivr.console.prompt_texts import PromptTexts, texts_of
from ivr.content.model import Helpline
from ivr.web.page_context import PageContext
from ivr.web.words import page_language


def add_call_flow(pages: Blueprint, context: PageContext) -> None:
    """Each language is laid out once, since content doesn't change while the server runs."""
    texts = cache(lambda: texts_of(context))
    flow = cache(lambda language: _flow(texts(), language))

    @pages.get("/menu")
    def call_flow() -> str:
        language = request.args.get("language") or usual_language(context.helpline, page_language())
        if language not in context.helpline.texts:
            abort(404)
        return render_template(
            "call_flow/call_flow.html",
            language=language,
            own_names=own_names(context.helpline),
            directions=directions(context.helpline),
            offered=context.helpline.ready,
            helpline=context.helpline,
            **flow(language),
        )


def usual_language(helpline: Helpline, page: str) -> str:
    """The page's own language, if calls can be in it, else the first language."""
    return page if page in helpline.texts else helpline.about.first_languages[0]


def own_names(helpline: Helpline) -> dict[str, str]:
    """The languages that have a text, each with its code and its own name."""
    known = {name: entry.code for name, entry in helpline.languages.items() if name in helpline.texts}
    return {name: f"{code} {helpline.texts[name].name} ({name})".lstrip() for name, code in known.items()}


def directions(helpline: Helpline) -> dict[str, str]:
    return {name: text.direction for name, text in helpline.texts.items()}


def _flow(texts: PromptTexts, language: str) -> dict[str, Any]:
    found = {place.page: place for place in all_places(texts, language)}
    root = picture(texts.helpline, found)
    code = texts.helpline.languages[language].code
    return {
        "places": found,
        "root": root,
        "states": states(root, found),
        "paths": paths(root, (code,) if code else ()),
        "loose": loose(root, found),
    }
