"""`/console/menu`: the call flow as a picture, and each of its places with what is said there."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Blueprint, abort, render_template, request

from ivr.console.call_flow.picture import loose, paths, picture, states
from ivr.console.call_flow.places import spots
from ivr.console.prompt_texts import Lines, lines_of
from ivr.content.model import Helpline
from ivr.web.page_context import PageContext
from ivr.web.words import page_language


def add_call_flow(pages: Blueprint, shown: PageContext) -> None:
    """Each language is laid out once, since content doesn't change while the server runs."""
    lines = cache(lambda: lines_of(shown))
    flow = cache(lambda language: _flow(lines(), language))

    @pages.get("/menu")
    def call_flow() -> str:
        language = request.args.get("language") or usual_language(shown.helpline, page_language())
        if language not in shown.helpline.texts:
            abort(404)
        return render_template(
            "call_flow/call_flow.html",
            language=language,
            own_names=own_names(shown.helpline),
            directions=directions(shown.helpline),
            offered=shown.helpline.ready,
            helpline=shown.helpline,
            **flow(language),
        )


def usual_language(helpline: Helpline, page: str) -> str:
    """The page's own language, if calls can be in it, else the first language."""
    return page if page in helpline.texts else helpline.about.first_languages[0]


def own_names(helpline: Helpline) -> dict[str, str]:
    """The languages that have a text, each with its code and its own name."""
    known = {name: entry.code for name, entry in helpline.languages.items() if name in helpline.texts}
    return {name: f"{code} {helpline.texts[name].name} ({name})" for name, code in known.items()}


def directions(helpline: Helpline) -> dict[str, str]:
    return {name: text.direction for name, text in helpline.texts.items()}


def _flow(lines: Lines, language: str) -> dict[str, Any]:
    found = {spot.page: spot for spot in spots(lines, language)}
    root = picture(lines.helpline, found)
    code = lines.helpline.languages[language].code
    return {
        "spots": found,
        "root": root,
        "states": states(root, found),
        "paths": paths(root, (code,)),
        "loose": loose(root, found),
    }
