"""What the pages say to staff, in English and Japanese: a module for each page, each with its WORDS."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from flask import request, session

LANGUAGES: Mapping[str, str] = {"en": "English", "ja": "日本語"}


@cache
def words_in(language: str) -> Mapping[str, str]:
    """The words of all pages by name. A module's WORDS are pairs in the order of LANGUAGES."""
    place = list(LANGUAGES).index(language)
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    return {name: pair[place] for module in modules for name, pair in module.WORDS.items()}


def page_language() -> str:
    """`?lang=` chooses and is kept in the session; without a choice the browser's own languages do."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        session["lang"] = asked
    kept = str(session.get("lang", ""))
    return kept if kept in LANGUAGES else request.accept_languages.best_match(list(LANGUAGES)) or "en"
