"""What the pages say to staff: words.yaml. `?lang=` chooses the language, else the browser's own languages do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml
from flask import Request

LANGUAGES: Mapping[str, str] = {"en": "English", "ja": "日本語"}
WORDS: Mapping[str, Mapping[str, str]] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))


def words_in(language: str) -> dict[str, str]:
    return {name: words[language] for name, words in WORDS.items()}


def chosen_language(request: Request) -> str:
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    return request.accept_languages.best_match(list(LANGUAGES)) or "en"
