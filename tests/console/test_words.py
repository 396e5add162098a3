"""What the pages say, in each of their languages."""

from __future__ import annotations

import re

import pytest

from ivr.console.words import LANGUAGES, WORDS
from tests.cast import ROOT
from tests.console.page import demo


def test_every_word_is_there_in_every_language_of_the_pages():
    for name, words in WORDS.items():
        assert set(words) == set(LANGUAGES), name
        assert all(words.values()), name


def test_every_word_is_used_and_every_word_that_is_used_is_there():
    room = ROOT / "ivr" / "console"
    sources = [*room.glob("*.py"), *(room / "templates").iterdir(), *(room / "static").glob("*.js")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    used = set(re.findall(r"words\.([a-z_]+)", text)) - {"weekdays", "yaml", "py"}
    assert used <= set(WORDS)
    for name in WORDS:
        assert re.search(rf'words\.{name}\b|"{name}"|{name.partition("_")[0]}_|words\["{name}"\]', text), name


@pytest.mark.parametrize(
    ("accepted", "asked", "language"),
    [("ja", "", "ja"), ("ja", "en", "en"), ("fr", "", "en"), ("fr, ja;q=0.5", "", "ja"), ("en", "xx", "en")],
)
def test_the_page_speaks_the_browsers_language_or_the_one_asked_for(accepted, asked, language):
    answer = demo().test_client().get("/phone", query_string={"lang": asked}, headers={"Accept-Language": accepted})
    assert f'<html lang="{language}">' in answer.get_data(as_text=True)
