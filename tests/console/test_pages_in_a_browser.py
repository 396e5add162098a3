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
def test_every_place_of_the_call_flow_is_found_in_the_picture_and_played(line, open_page, width):
    page = visit(open_page, line, "/console/menu?language=en", width)
    places = page.locator("section.place").all()
    assert len(places) > 15
    for place in places:
        if "is-off" not in place.get_attribute("class"):
            assert place.locator("button.play").first.is_visible()
    page.locator(".node", has_text="group_b").click()
    target = page.locator("section.place:target")
    expect(target.locator("h3")).to_have_text("group_b")
    button = target.locator("button.play").first
    with page.expect_response("**/audio/en/*.wav") as answer:
        button.click()
    assert answer.value.ok
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")


def test_one_sound_is_played_at_a_time(line, open_page):
    page = visit(open_page, line, "/console/menu?language=en", 1280)
    first, second = page.locator("#place-booking button.play").all()[:2]
    first.click()
    second.click()
    expect(first).to_have_attribute("aria-pressed", "false")
    expect(second).to_have_attribute("aria-pressed", "true")


def test_without_scripts_the_call_flow_can_be_read_and_played(line, open_page):
    page = visit(open_page, line, "/console/menu?language=ur", 390, java_script_enabled=False)
    assert page.locator("audio[controls]").count() > 60
    expect(page.locator("#place-booking .text").first).to_have_css("direction", "rtl")


def test_silent_places_stand_out(line, open_page):
    page = visit(open_page, line, "/console/menu?language=my", 390)
    silent = page.locator(".node.is-silent")
    assert silent.count() > 10
    expect(silent.first).to_contain_text("silent")
    expect(page.locator("#place-main")).to_contain_text("no sound")
    assert page.locator("#place-main button.play").count() == 0


@pytest.mark.parametrize(("width", "scripts"), [(1280, False), (390, True)])
def test_the_board_is_filtered_by_its_form(line, open_page, width, scripts):
    page = visit(open_page, line, "/console/prompts", width, java_script_enabled=scripts)
    page.get_by_label("Language", exact=True).select_option("ur")
    page.get_by_label("How it is spoken").select_option("unfilled")
    page.get_by_role("button", name="Show").click()
    names = page.locator(".line h2 a").all_inner_texts()
    assert "notice" in names
    assert "eligible" not in names


def test_the_heads_of_the_board_stay_in_sight(line, open_page):
    page = visit(open_page, line, "/console/prompts", 390)
    board = page.locator(".board")
    board.evaluate("board => board.scrollTo(400, 900)")
    frame = board.bounding_box()
    name = page.locator(".board tbody th", has_text="transfer.wait").bounding_box()
    head = page.locator(".board thead th").nth(3).bounding_box()
    assert name["x"] == pytest.approx(frame["x"], abs=2)
    assert head["y"] == pytest.approx(frame["y"], abs=2)


def test_a_cell_leads_to_the_words_of_its_language(line, open_page):
    page = visit(open_page, line, "/console/prompts", 1280)
    page.locator('a[href="/console/prompts/eligible#in-ur"]').click()
    expect(page.locator("section.line:target .text")).to_have_css("direction", "rtl")
    expect(page.locator("section.line:target h3")).to_contain_text("(ur)")
