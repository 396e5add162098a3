"""Every page in a real browser, by axe and by a ruler: nothing sticks out, and nothing is too small for a finger."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.cast import NUMBERS, app, helpline

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
CONTRAST = {"runOnly": ["color-contrast"]}
PAGES = (
    "/console/",
    "/console/figures",
    "/console/menu?language=en",
    "/console/prompts?language=ur",
    "/console/prompts/eligible",
    "/console/desks",
    "/phone",
    "/cards?size=wallet",
)
# Those with most of the colours.
IN_THE_LIGHT = ("/console/prompts?language=ur", "/console/desks", "/phone", "/cards?size=wallet")
# What repeats is looked at a few times only: axe takes seconds for a hundred sentences.
FEWER = """document.querySelectorAll(
    "section.place:nth-of-type(n+6), .in-languages > :nth-child(n+4), tr:nth-child(n+6)"
).forEach((one) => one.remove())"""
SPEAKING = PAGES[2:6]
# Of what stands alone; WCAG 2.5.8 lets links in sentences and cells of the board be smaller.
SMALL = """[...document.querySelectorAll("button, select, input, nav a, summary, .csv, .up")].filter((one) => {
    const box = (one.closest("label") ?? one).getBoundingClientRect();
    return one.offsetParent && box.height < 43.5;
}).map((one) => one.outerHTML.slice(0, 90))"""
PLAYERS = """[...document.querySelectorAll("audio")].filter((one) => one.offsetParent)
    .map((one) => one.getBoundingClientRect().width)"""


def violations(page, options) -> list[tuple[str, str]]:
    found = Axe().run(page, options=options).response["violations"]
    return [(each["id"], node["html"][:120]) for each in found for node in each["nodes"]]


def test_every_page_has_its_own_title_one_heading_and_a_sentence_of_help():
    browser, titles = app(helpline(), NUMBERS).test_client(), []
    for path in PAGES:
        page = browser.get(path).text
        assert page.count("<h1") == 1, path
        assert re.search(r'class="(hint|intro)">', page) or "no database" in page, path
        titles.append(re.search("<title>(.+)</title>", page)[1])
    assert len({*titles}) == len(PAGES)


def test_axe_finds_nothing_in_japanese_and_the_dark_nor_in_the_light(line, open_page):
    page = open_page(line, 390, locale="ja", color_scheme="dark")
    for path in PAGES:
        page.goto(line + path)
        assert page.locator("html").get_attribute("lang") == "ja", path
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        assert page.evaluate(SMALL) == [], path
        page.evaluate(FEWER)
        assert violations(page, RULES) == [], path
        if path in IN_THE_LIGHT:
            page.emulate_media(color_scheme="light")
            assert violations(page, CONTRAST) == [], path
            page.emulate_media(color_scheme="dark")


@pytest.mark.parametrize("width", [390, 1280])
def test_without_scripts_every_sound_can_be_played(line, open_page, width):
    page = open_page(line, width, locale="en", java_script_enabled=False)
    for path in SPEAKING:
        page.goto(line + path)
        widths = page.evaluate(PLAYERS)
        assert widths, path
        assert min(widths) > 200, path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
