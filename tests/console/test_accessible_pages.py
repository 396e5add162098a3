"""Every page in a real browser, by axe and by a ruler: nothing sticks out, and nothing is too small for a finger."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import update

from ivr.content.changes import Change, fingerprint
from ivr.content.hours import Override
from ivr.database.accounts import invite
from ivr.database.changes import add_change
from ivr.database.desk_overrides import DeskOverride, add_override
from ivr.database.fact_answers import add_answer
from ivr.database.in_force import Worker, read_edition, write_down
from ivr.database.publications import begin_publication, publish, refuse
from ivr.database.tables import edition
from tests.browser import serving
from tests.cast import NUMBERS, TOKYO, app, helpline
from tests.console.published import app_with
from tests.database.line import connected, sqlite_url
from tests.served import free_port

PATIENCE = 30_000
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
# Of the jobs, with data in them.
JOBS = (
    *("", "desks", "desks/cinga/change", "desks/cinga/hours", "desks/cinga/hours/check?monday-opens-0=10:00"),
    "desks/cinga/hours/check?monday-opens-0=10:00&monday-closes-0=15:00",
    "desks/fresc/change/check?state=close&span=day&day=2030-12-02&opens=13:00&closes=16:00",
    *("notices", "still-true", "still-true/F6", "still-true/F19/withdrawn", "still-true/F4/withdrawn", "confirm-facts"),
    *("holidays", "figures", "menu?language=ne&place=papers", "another-time?language=ur", "people", "people/history"),
    *("changes", "changes/1", "changes/2", "changes/0/back", "changes/text/en/welcome", "changes/text/ar/goodbye"),
)
# Of what was changed here, and has been changed in the files since.
OUTDATED = [
    Change("text/en.yaml", ("prompts", name, name), fingerprint("Before."), "B.") for name in ("free", "goodbye")
]
SPEAKING = PAGES[2:5]
# Of what stands alone; WCAG 2.5.8 lets links in sentences and cells of the board be smaller.
SMALL = """[...document.querySelectorAll("button, select, input, nav a, summary, .csv, .up")].filter((one) => {
    const box = (one.closest("label") ?? one).getBoundingClientRect();
    return one.checkVisibility() && box.height < 43.5;
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


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory):
    """The address of a demo on whose every page there is something to see."""
    url = sqlite_url(tmp_path_factory.mktemp("lived"))
    soon = datetime.now(TOKYO) + timedelta(days=1)
    corrected = Change("text/en.yaml", ("prompts", "welcome", "name"), fingerprint("Covid vaccine line."), "A line.")
    silenced = Change("helpline.yaml", ("withdrawn",), fingerprint([]), ["F4"])
    with connected(url) as connection:
        for answer, fact in {"true": "F1", "not-true": "F4", "unknown": "F5"}.items():
            add_answer(connection, fact, answer, "Aiko")
        add_override(connection, DeskOverride("fresc", Override(open=False, since=soon), "short-staffed", told=True))
        for language in ("en", "ne", "ur"):
            notice = Change("helpline.yaml", ("fill", "notice", language), fingerprint(None), "Closed.")
            add_change(connection, notice, "Mei", approved=False)
        add_change(connection, corrected, "Hanako", approved=False)
        add_change(connection, corrected, "Taro", approved=True)
        numbers = [add_change(connection, each, "Aiko", approved=True) for each in (silenced, *OUTDATED)]
        publish(connection, begin_publication(connection, numbers, "Aiko"))
        refused = begin_publication(connection, (), "Taro")
        refuse(connection, refused, [{"rule": "language-lost", "message": "ne", "file": "text/ne.yaml"}])
        invite(connection, "Aiko", "Hanako", "staff")
        connection.execute(update(edition).values(at=datetime.now(UTC) - timedelta(minutes=1)))  # pages ask no more
    with serving(app_with(url, (silenced,)), free_port()) as address:
        yield address


def test_axe_finds_nothing_on_the_pages_of_the_jobs_and_nothing_sticks_out(lived_in, open_page):
    pages = {width: open_page(lived_in, width, locale="ja") for width in (390, 1280)}
    for path in JOBS:
        for width, page in pages.items():
            assert page.goto(f"{lived_in}/console/{path}").status in (200, 422), path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
        assert page.locator("h1").count() == 1, path
        page = pages[390]
        assert page.evaluate(SMALL) == [], path
        page.evaluate(FEWER)
        assert violations(page, RULES) == [], path


def test_axe_finds_nothing_while_something_is_applied_and_the_pages_go_on_by_themselves(
    tmp_path, open_page, monkeypatch
):
    monkeypatch.setattr("ivr.database.no_database.Database.is_reachable", True)
    monkeypatch.setattr("ivr.database.in_force.APPLYING_SECONDS", 1e6)
    monkeypatch.setattr("ivr.database.publications.SILENT_FOR", timedelta(days=1))
    url, worker = sqlite_url(tmp_path), Worker()
    with connected(url) as connection:
        write_down(connection, worker, 0)
        publish(connection, begin_publication(connection, (), "Aiko"))
        begin_publication(connection, (), "Aiko")
    with serving(app_with(url), free_port()) as address:
        page = open_page(address, 390, locale="en")
        for path in ("", "desks", "changes/1", "changes/2"):
            page.goto(f"{address}/console/{path}")
            expect(page.get_by_role("link", name="Look again")).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
            assert page.evaluate(SMALL) == [], path
            page.evaluate(FEWER)
            assert violations(page, RULES) == [], path
        page.goto("about:blank")  # which asks no more
        pages = {path: open_page(f"{address}/console/{path}", 390, locale="en") for path in ("", "desks", "changes/1")}
        with connected(url) as connection:
            write_down(connection, worker, read_edition(connection))
        for path, page in pages.items():
            expect(page.get_by_role("link", name="Look again"), path).to_have_count(0, timeout=PATIENCE)
        expect(pages["changes/1"].get_by_role("status")).to_contain_text("Published, and in force")
        expect(pages[""].locator("#now")).to_have_attribute("data-again", "30000")
