"""What the pages say to staff: a gettext catalogue for each language, `translations/*.po`.

A text's msgid is its name, as templates use it: `words.sign_in`. English is complete. Another language is a file more,
and a line in LANGUAGES; what it lacks is shown in English.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from flask import request, session

FOLDER = Path(__file__).parent / "translations"
LANGUAGES: Mapping[str, str] = {"en": "English", "ja": "日本語"}


@cache
def words_in(language: str) -> Mapping[str, str]:
    """The words of all pages by name."""
    with (FOLDER / f"{language}.po").open("rb") as file:
        catalog = read_po(file, abort_invalid=True)
    found = {str(text.id): str(text.string) for text in catalog if text.id and text.string and not text.fuzzy}
    return found if language == "en" else {**words_in("en"), **found}


def page_language() -> str:
    """The page's language: chosen by `?lang=`, which the session keeps, else by the browser's languages."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        session["lang"] = asked
    kept = str(session.get("lang", ""))
    return kept if kept in LANGUAGES else browser_language()


def browser_language() -> str:
    """Where there is no session: the language of LANGUAGES that the browser likes best."""
    return request.accept_languages.best_match(list(LANGUAGES)) or "en"
