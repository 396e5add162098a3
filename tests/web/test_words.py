"""The words of the pages: every language has all of them, and each is used."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from ivr.web import words
from ivr.web.words import FOLDER, LANGUAGES, words_in
from tests.cast import ROOT

ENGLISH = words_in("en")
ROOMS = [ROOT / "ivr" / room for room in ("web", "webphone", "cards", "console")]
PAGES = [path for room in ROOMS for path in room.rglob("*.html")]
PAGES += [path for room in ROOMS for path in room.rglob("*.js") if "vendor" not in path.parts]
FILES = [*PAGES, *(path for room in ROOMS for path in room.rglob("*.py"))]
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
USED = set(re.findall(r"words\.(\w+)", SOURCES)) | set(re.findall(r'"([\w-]+)"', SOURCES))
FAMILIES = set(re.findall(r'words(?:\[|\.get\()["`](\w+_)(?:" [~+]|\$\{)', SOURCES))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_text_once_and_in_the_same_order(language):
    lines = (FOLDER / f"{language}.po").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("msgid ")][1:] == [f'msgid "{name}"' for name in ENGLISH]


def test_there_is_a_catalogue_for_each_language_and_no_other():
    assert {path.name for path in FOLDER.iterdir()} == {f"{language}.po" for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_translated_with_the_slots_of_the_english_one(language):
    with (FOLDER / f"{language}.po").open("rb") as file:
        found = {text.id: text for text in read_po(file) if text.id}
    for name, english in ENGLISH.items():
        text = found[name].string
        assert text.strip() == text != "", name
        assert not found[name].fuzzy, name
        assert slots(text) == slots(english), name


def slots(text: str) -> set[str]:
    return {slot for _, slot, _, _ in Formatter().parse(text) if slot}


def test_what_is_not_translated_or_in_doubt_is_shown_in_english(tmp_path, monkeypatch):
    (tmp_path / "en.po").write_text('msgid "a"\nmsgstr "A"\n\nmsgid "b"\nmsgstr "B"\n\nmsgid "c"\nmsgstr "C"\n')
    translated = 'msgid "a"\nmsgstr ""\n\nmsgid "b"\nmsgstr "Ƀ"\n\n#, fuzzy\nmsgid "c"\nmsgstr "Ȼ"\n'
    (tmp_path / "xx.po").write_text(translated)
    monkeypatch.setattr(words, "FOLDER", tmp_path)
    monkeypatch.setattr(words, "words_in", words_in.__wrapped__)
    assert words.words_in("xx") == {"a": "A", "b": "Ƀ", "c": "C"}


def test_staff_read_japanese_without_the_spaces_of_easy_japanese():
    spaced = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff、。] [\u3040-\u30ff\u4e00-\u9fff]")
    assert not [name for name, text in words_in("ja").items() if spaced.search(text)]


@pytest.mark.parametrize("name", ENGLISH)
def test_a_word_is_used(name):
    assert name in USED or any(name.startswith(family) for family in FAMILIES)


def test_every_word_that_a_page_names_is_there():
    named = {word for path in PAGES for word in re.findall(r"\bwords\.(\w+)", path.read_text("utf-8"))}
    assert named - {"get"} <= ENGLISH.keys()
    assert not ENGLISH.keys() & {*dir(dict)}, "a template would find the dictionary's own method"
