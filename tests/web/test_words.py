"""The words of the pages: both languages have all of them, and each is used."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import iter_modules
from string import Formatter

import pytest

from ivr.web import phrases
from tests.cast import ROOT

MODULES = {module.name: import_module(f"ivr.web.phrases.{module.name}") for module in iter_modules(phrases.__path__)}
WORDS = {name: pair for module in MODULES.values() for name, pair in module.WORDS.items()}
ROOMS = [ROOT / "ivr" / room for room in ("web", "webphone", "cards", "console")]
PAGES = [path for room in ROOMS for path in room.rglob("*.html")]
PAGES += [path for room in ROOMS for path in room.rglob("*.js") if "vendor" not in path.parts]
FILES = [*PAGES, *(path for room in ROOMS for path in room.rglob("*.py") if "phrases" not in path.parts)]
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
USED = set(re.findall(r"words\.(\w+)", SOURCES)) | set(re.findall(r'"([\w-]+)"', SOURCES))
FAMILIES = set(re.findall(r'words(?:\[|\.get\()["`](\w+_)(?:" [~+]|\$\{)', SOURCES))


def test_no_word_stands_in_two_modules():
    assert len(WORDS) == sum(len(module.WORDS) for module in MODULES.values())


@pytest.mark.parametrize("name", WORDS)
def test_a_word_is_there_in_each_language(name):
    assert len(WORDS[name]) == len(phrases.LANGUAGES)
    assert all(text.strip() == text != "" for text in WORDS[name])
    slots = [{slot for _, slot, _, _ in Formatter().parse(text) if slot} for text in WORDS[name]]
    assert slots[0] == slots[1]


@pytest.mark.parametrize("name", WORDS)
def test_a_word_is_used(name):
    assert name in USED or any(name.startswith(family) for family in FAMILIES)


def test_every_word_that_a_page_names_is_there():
    named = {word for path in PAGES for word in re.findall(r"\bwords\.(\w+)", path.read_text("utf-8"))}
    assert named - {"get"} <= WORDS.keys()
