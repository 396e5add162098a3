"""Figures, Call flow, and Words and voices in a real browser, wide and narrow, with and without scripts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import serving
from tests.console.counted import known_calls, line_that_counts
from tests.served import free_port

WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """The address of a demo to which known calls were made."""
    url = known_calls(tmp_path_factory.mktemp("counted"))
    with serving(line_that_counts(url), free_port()) as address:
        yield address


def visit(open_page, address: str, path: str, width: int, **options):
    """A page that does not have to be moved sideways."""
    page = open_page(address + path, width, **options)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    return page


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, False)])
def test_a_period_is_chosen_read_and_saved(counted, open_page, width, scripts):
    """By keyboard, wide and narrow, with and without scripts; every bar is as long as its figure is large."""
    page = visit(open_page, counted, "/console/figures?period=2026", width, java_script_enabled=scripts)
    page.get_by_label("Period", exact=True).select_option("2026-11")
    page.get_by_role("button", name="Show").press("Enter")
    expect(page.locator(".sentence")).to_contain_text("In November 2026, about 20 calls in at least 3 languages")
    figures = page.locator("#languages tbody tr")
    expect(figures).to_have_text(["English 10", "Japanese やさしい日本語 5", "Vietnamese Tiếng Việt 5"])
    bars = [bar.bounding_box()["width"] for bar in page.locator("#languages rect").all()]
    assert bars[1] == bars[2] == pytest.approx(bars[0] / 2, abs=1)
    with page.expect_download() as download:
        page.get_by_role("link", name="Save all of this as CSV").press("Enter")
    assert download.value.suggested_filename == "figures-2026-11.csv"
    rows = list(csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    assert {"Period": "November 2026", "Kind": "Languages", "Name": "English", "Number": "10"} in rows


@pytest.mark.parametrize("width", WIDTHS)
def test_a_place_of_the_call_flow_is_chosen_in_the_tree_and_played_beside_it(line, open_page, width):
    page = visit(open_page, line, "/console/menu?language=en", width)
    page.get_by_role("link", name="On provisional release").click()
    place = page.locator("#place")
    expect(place.locator("h2")).to_have_text("On provisional release, karihomen")
    tree = page.locator("#picture").bounding_box()
    beside = place.bounding_box()["x"] > tree["x"] + tree["width"]
    assert beside is (width == 1280)
    first, second = place.locator("button.play").all()[:2]
    with page.expect_response("**/audio/en/*.wav") as answer:
        first.click()
    assert answer.value.ok
    expect(first).to_have_attribute("aria-pressed", "true")
    second.click()
    expect(first).to_have_attribute("aria-pressed", "false")
    expect(second).to_have_attribute("aria-pressed", "true")


def test_a_call_from_a_place_shows_its_path_in_the_call_flow(line, open_page):
    page = visit(open_page, line, "/console/menu?language=ne&place=papers", 390)
    page.get_by_role("link", name="Call from here").click()
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.locator("#log .said").first).to_be_visible()
    expect(page.locator("#log .gloss").first).to_have_attribute("lang", "en")
    page.keyboard.press("2")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Show this call's path").click()
    expect(opened.value.locator(".node.is-visited")).to_have_count(2)
    expect(opened.value.locator("#place h2")).to_have_text("On provisional release, karihomen")


def test_without_scripts_the_call_flow_can_be_read_and_played(line, open_page):
    page = visit(open_page, line, "/console/menu?language=ur&place=booking", 390, java_script_enabled=False)
    assert page.locator("audio[controls]").count() > 4
    expect(page.locator("#place .text").first).to_have_css("direction", "rtl")
    expect(page.locator("#place .gloss").first).to_have_css("direction", "ltr")


def test_silent_places_stand_out(line, open_page):
    page = visit(open_page, line, "/console/menu?language=my", 390)
    silent = page.locator(".node.is-silent")
    assert silent.count() > 10
    expect(silent.first).to_contain_text("silent")
    expect(page.locator("#place")).to_contain_text("no sound")
    assert page.locator("#place button.play").count() == 0


@pytest.mark.parametrize(("width", "scripts"), [(1280, False), (390, True)])
def test_the_board_is_filtered_by_its_form(line, open_page, width, scripts):
    page = visit(open_page, line, "/console/prompts", width, java_script_enabled=scripts)
    page.get_by_label("Language", exact=True).select_option("ur")
    page.get_by_label("How it is spoken").select_option("unfilled")
    page.get_by_role("button", name="Show").click()
    names = page.locator(".line h2 a").all_inner_texts()
    assert "notice" in names
    assert "eligible" not in names
