"""Figures, Menu and Prompts in a real browser, wide and narrow, with and without scripts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import serving
from tests.console.counted import known_calls, line_that_counts
from tests.served import free_port

WIDTHS = (1280, 390)
NOVEMBER = "/console/calls?month=2026-11"
COLOURS = """canvas => {
    const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    return new Set(new Uint32Array(data.buffer)).size;
}"""


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


def row(page, table: str, name: str) -> list[str]:
    return page.locator(f"#{table} tr", has=page.locator("th", has_text=name)).locator("td").all_inner_texts()


@pytest.mark.parametrize("width", WIDTHS)
def test_known_calls_are_read_in_tables_beside_their_charts(counted, open_page, width):
    page = visit(open_page, counted, NOVEMBER, width)
    expect(page.locator(".total")).to_have_text("20 calls in this month")
    assert row(page, "days", "24 Tue") == ["20"]
    assert row(page, "hours", "11:00") == ["15"]
    assert row(page, "languages", "English") == ["10", "10", "0"]
    assert row(page, "languages", "(ar)") == ["0", "0", "0"]
    assert row(page, "outcomes", "the desk was busy") == ["5", "5", "0"]
    assert row(page, "menus", "booking") == ["10", "0", "10"]
    charts = page.locator("canvas").all()
    assert len(charts) == 5
    for chart in charts:
        assert chart.evaluate(COLOURS) > 5


def test_charts_are_drawn_from_the_figures_of_their_tables(counted, open_page):
    page = visit(open_page, counted, NOVEMBER, 1280)
    drawn = page.evaluate(
        "charts.map(chart => Object.fromEntries(chart.data.datasets.map(set => [set.label, set.data])))"
    )
    days, hours, languages, _outcomes, menus = drawn
    assert sum(days["not split"]) == 20
    assert (hours["not split"][11], hours["not split"][20]) == (15, 5)
    assert {label: data[:4] for label, data in languages.items()} == {
        "during opening hours": [10, 5, 0, None],
        "outside": [0, 0, 5, None],
    }
    assert {amount % 5 for amount in menus["ended here"] if amount is not None} == {0}


def test_a_row_whose_parts_are_all_rounded_to_nothing_is_drawn_as_a_whole(counted, open_page):
    page = visit(open_page, counted, NOVEMBER, 1280)
    sets = page.evaluate(
        "datasetsOf(document.querySelector('#languages table'), [{amount: 5, parts: [0, 0]}], 'whole')"
        ".map(set => [set.label, set.data])"
    )
    assert sets == [["whole", [5]]]


def test_without_scripts_the_tables_remain(counted, open_page):
    page = visit(open_page, counted, NOVEMBER, 390, java_script_enabled=False)
    assert row(page, "outcomes", "heard an answer to its end") == ["10", "–", "–"]
    assert page.locator("canvas").count() == 0
    assert page.locator(".chart").first.is_hidden()


def test_the_month_is_saved_as_csv(counted, open_page):
    page = visit(open_page, counted, NOVEMBER, 1280)
    with page.expect_download() as download:
        page.get_by_role("link", name="The whole month as CSV").click()
    assert download.value.suggested_filename == "counts-2026-11.csv"
    rows = list(csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    assert {"table": "languages", "name": "en", "amount": "10", "of which": "", "part": ""} in rows


def test_another_month_is_chosen_by_the_form(counted, open_page):
    page = visit(open_page, counted, "/console/calls", 390)
    page.get_by_label("Month").select_option("2026-11")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".total")).to_have_text("20 calls in this month")


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
