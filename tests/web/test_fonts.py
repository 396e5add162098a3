"""The fonts have a shape for every letter that is printed, in the language in which it is printed."""

from __future__ import annotations

import re
from functools import cache

import pytest
from fontTools.ttLib import TTFont

from ivr.cards.cards import cards
from ivr.content.words import TextFile
from ivr.web.fonts import FACES, FAMILY, FOLDER, Face, faces_for, font_css
from tests.cast import helpline

MAX_BYTES = 3_000_000


@cache
def shapes(face: Face) -> frozenset[str]:
    """The characters that a browser takes from this face: those in the file, as far as its ranges reach."""
    with TTFont(face.path, lazy=True) as font:
        return face.letters & {chr(code) for code in font.getBestCmap()}


def settable(language: str) -> frozenset[str]:
    faces = [face for face in FACES if face.weight == 400 and (not face.languages or language in face.languages)]
    return frozenset().union(*map(shapes, faces))


@pytest.mark.parametrize("language", helpline().texts)
def test_every_letter_of_a_card_has_a_shape_in_its_own_language(language):
    """Also of languages that are not offered yet."""
    card = cards(helpline(), "+815012345678", [language])[0]
    for side in filter(None, (card.own, card.desk)):
        assert not set(side.letters) - settable(side.language)


def words(text: TextFile) -> str:
    prompts = [sentence for prompt in text.prompts.values() for sentence in prompt.values()]
    return "".join([text.name, *(row for sentence in prompts for row in (*sentence.text, *sentence.spoken))])


@pytest.mark.parametrize("language", helpline().texts)
def test_every_letter_of_every_prompt_has_a_shape_somewhere(language):
    everywhere = frozenset().union(*map(shapes, FACES))
    assert not set(words(helpline().texts[language])) - everywhere


def test_numbers_and_codes_can_be_set_in_bold():
    bold = next(face for face in FACES if face.weight == 700)
    assert set("+0123456789 -()") <= shapes(bold)


def test_the_files_are_those_of_the_table_small_and_with_their_licence():
    assert {path.name for path in FOLDER.iterdir()} == {"OFL.txt", *(face.path.name for face in FACES)}
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < MAX_BYTES
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / "OFL.txt").read_text("utf-8")


def test_only_the_faces_that_a_text_needs_are_embedded():
    assert [face.name for face in faces_for({"vi": "Tiếng"})] == ["latin"]
    assert [face.name for face in faces_for({"ur": "اردو"})] == ["arabic", "nastaliq"]
    assert [face.name for face in faces_for({"ja": "日本語"})] == ["japanese"]


def test_languages_that_share_letters_take_the_font_that_draws_them_their_way_first():
    css = font_css(FACES, lambda face: face.name)
    first = dict(re.findall(r':lang\(([\w-]+)\) { font-family: "([\w -]+)"', css))
    assert first == {
        "ur": f"{FAMILY} ur", "ja": f"{FAMILY} ja", "zh": f"{FAMILY} zh", "zh-Hans": f"{FAMILY} zh",
        "zh-Hant": f"{FAMILY} zh-Hant",
    }  # fmt: skip
    assert css.index(":lang(zh)") < css.index(":lang(zh-Hant)")
    assert css.count("@font-face") == len(FACES)
