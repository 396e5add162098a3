"""The pictures in docs/: each one there, small, and of a page that still has the words that the picture shows.

`make pictures` (PICTURES=take) takes them in a real browser and writes their words beside them.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import ExitStack
from html import unescape
from io import BytesIO
from typing import NamedTuple

import pytest
import time_machine
from PIL import Image

from tests.browser import serving
from tests.cast import ROOT, helpline
from tests.console.pictured import KEIKO, NOW, OWN, lines
from tests.served import free_port
from tests.staff import sign_in, stranger
from tests.webphone.pushing import BOTH_OPEN, Telephone, by_mouse, says

IMAGES = ROOT / "docs" / "images"
WORDS = IMAGES / "words.json"
DOCUMENTS = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
MAX_BYTES, COLOURS = 100_000, 256
HERE = {"base_url": "https://line.example.org", "headers": {"Referer": "https://line.example.org/"}}
PRESSED = re.compile(r"<(h1|h2|button|summary|legend|a(?= class=\"(?:plain|main-button)\"))\b[^>]*>(.*?)</\1>", re.S)
WIDE, NARROW = 1000, 390


class Picture(NamedTuple):
    """Of the page at `path` of a line; `scrolled` is what is moved to the top."""

    path: str
    line: str = "open"
    width: int = WIDE
    height: int = 844
    scrolled: str = ""
    calls: bool = False


CLOSED = "desks/cinga/change/check?state=close&span=day&day=2026-12-09&last_day=2026-12-09&opens=13:00&closes=16:00"
PICTURES = {
    "home": Picture("console/", height=720),
    "tasks": Picture("console/", "new", scrolled="#tasks"),
    "desks": Picture("console/desks", height=1000),
    "close-a-desk": Picture(f"console/{CLOSED}", width=NARROW, height=760),
    "usual-hours": Picture("console/desks/fresc/hours", width=NARROW),
    "notices": Picture("console/notices?language=en"),
    "still-true": Picture("console/still-true/F2", "new", NARROW, scrolled="main"),
    "holidays": Picture("console/holidays", "new"),
    "correct": Picture("console/changes/text/vi/free", width=NARROW, scrolled="main"),
    "changes": Picture("console/changes"),
    "edition": Picture("console/changes/2", width=NARROW, scrolled="main"),
    "words": Picture("console/prompts"),
    "menu": Picture("console/menu?language=vi&place=booking"),
    "another-time": Picture("console/another-time?at=2026-12-03T16:05&language=ne", height=1150),
    "figures": Picture("console/figures?period=2026-11", height=900),
    "people": Picture("console/people"),
    "phone": Picture("phone", "demo", height=1000, scrolled="header", calls=True),
    "phone-narrow": Picture("phone", "demo", NARROW, scrolled=".handset", calls=True),
    "cards": Picture("cards?language=vi", height=600),
}


@pytest.fixture(scope="module")
def apps(tmp_path_factory):
    with time_machine.travel(NOW), lines(tmp_path_factory.mktemp("pictured")) as found:
        yield found


@pytest.fixture(scope="module")
def browsers(apps):
    """Of a coordinator who has signed in."""
    found = {name: stranger(app) for name, app in apps.items()}
    for name in ("new", "open"):
        assert sign_in(found[name], OWN, name=KEIKO, **HERE).location == "/console/"
    return found


def words_of(browsers, picture: Picture) -> list[str]:
    """Its headings, and what can be pressed, as they are read."""
    page = browsers[picture.line].get(f"/{picture.path}", **({} if picture.line == "demo" else HERE))
    assert page.status_code == 200
    read = (" ".join(unescape(re.sub(r"<[^>]*>", "", each[2])).split()) for each in PRESSED.finditer(page.text))
    return [*dict.fromkeys(word for word in read if word)]


if os.environ.get("PICTURES") == "take":

    def test_the_pictures_are_taken(apps, browsers, open_page):
        words = {name: words_of(browsers, picture) for name, picture in PICTURES.items()}
        WORDS.write_text(f"{json.dumps(words, indent=1, ensure_ascii=False)}\n", encoding="utf-8")
        with ExitStack() as stack:
            at = {name: stack.enter_context(serving(app, free_port())) for name, app in apps.items()}
            for name, picture in PICTURES.items():
                page = open_page(f"{at[picture.line]}/console/", picture.width, picture.height, locale="en-GB")
                if picture.line != "demo":
                    _sign_in(page)
                page.goto(f"{at[picture.line]}/{picture.path}")
                if picture.calls:
                    _call(page)
                if picture.scrolled:
                    page.locator(picture.scrolled).first.evaluate("element => element.scrollIntoView()")
                _write(name, page.screenshot())
                page.close()


def _sign_in(page) -> None:
    page.get_by_label("Name").fill(KEIKO)
    page.get_by_label("Password").fill(OWN)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()


def _call(page) -> None:
    """In Arabic, up to the keys of the first menu."""
    telephone = Telephone(page, by_mouse)
    telephone.set_clock(BOTH_OPEN)
    telephone.button("Call").click()
    telephone.hears(says("ja", "welcome"))
    for digit in helpline().languages["ar"].code:
        telephone.key(digit)
    telephone.hears(says("ar", "eligible"))
    telephone.hear_out()


def _write(name: str, png: bytes) -> None:
    """In few colours, which makes it small."""
    image = Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(IMAGES / f"{name}.png", optimize=True)


def taken() -> dict[str, list[str]]:
    """The words of each picture as they were when it was taken."""
    return json.loads(WORDS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", PICTURES)
def test_a_page_still_has_the_words_that_its_picture_shows(name, browsers):
    assert words_of(browsers, PICTURES[name]) == taken()[name], "take the pictures again: make pictures"


def test_the_documents_show_these_pictures_and_each_is_small():
    shown = {name for text in DOCUMENTS for name in re.findall(r"images/([\w-]+)\.png", text.read_text("utf-8"))}
    assert shown == {*PICTURES} == {*taken()} == {path.stem for path in IMAGES.glob("*.png")}
    for name, picture in PICTURES.items():
        data = (IMAGES / f"{name}.png").read_bytes()
        assert len(data) <= MAX_BYTES, name
        assert Image.open(BytesIO(data)).size == (picture.width, picture.height), name
