"""`ivr cards` as its user runs it: the file that it writes, and what a browser makes of it, read by another program."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
import zxingcpp
from click.testing import CliRunner
from PIL import Image

from ivr.cli.main import group
from ivr.config import SettingsError
from ivr.errors import HelplineError
from tests.cast import ROOT, helpline, loaded, offered

LINE = "+815012345678"
# CSS pixels of a sheet of A4 with the space around it on the screen, and how many dots are drawn for each.
WIDTH, HEIGHT, DOTS = 900, 1150, 2
A4_POINTS = (595, 842)
# What telephones read at arm's length.
LEAST_WIDTH_MM = 18


@pytest.fixture(autouse=True)
def read_once(monkeypatch):
    """The content and its clips."""
    monkeypatch.setattr("ivr.cli.cards.load_line", lambda _folder: loaded())


def written(tmp_path, *options, **settings) -> tuple[str, str]:
    """(what is said, the file)."""
    folder = ["--helpline", str(ROOT / "prompts"), "cards", str(tmp_path / "cards.html")]
    env = {"LINE_NUMBER": None, "CALLER_ID": None, **settings}
    result = CliRunner().invoke(group, [*folder, *options], env=env, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output, (tmp_path / "cards.html").read_text("utf-8")


def test_the_file_holds_a_card_for_each_language_and_needs_nothing_else(tmp_path):
    said, html = written(tmp_path, LINE_NUMBER=LINE)
    assert said.endswith("cards.html: 20 cards. Print it at 100 %, without margins.\n")
    assert html.count("<article") == len(offered()) == 20
    assert not re.findall(r"<link|<script|https?://|url\(\"(?!data:font/woff2;base64,)", html)
    assert "<nav>" not in html


def test_it_holds_only_the_fonts_that_it_needs(tmp_path):
    _, html = written(tmp_path, "--language", "ja", "--language", "vi", LINE_NUMBER=LINE)
    assert html.count("@font-face") == 3  # Latin, bold digits, Japanese


def test_the_caller_id_is_the_number_where_no_other_is_set(tmp_path):
    assert "tel:+81312345678,,01" in written(tmp_path, CALLER_ID="+81312345678")[1]
    assert "tel:+81120123456,,01" in written(tmp_path, CALLER_ID="+81312345678", LINE_NUMBER="+81120123456")[1]


def test_a_demo_writes_samples(tmp_path):
    _, html = written(tmp_path, "--demo", "--language", "ur", "--size", "wallet")
    assert html.count("<span>SAMPLE</span>") == html.count("tel:+99900000000,,16") // 2 == 10


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({}, "LINE_NUMBER is missing: the number that people dial"),
        ({"LINE_NUMBER": "050-1234-5678"}, "LINE_NUMBER: not a number in E.164 form"),
        ({"CALLER_ID": "050-1234-5678"}, "CALLER_ID: not a number in E.164 form"),
    ],
)
def test_without_a_number_there_are_no_cards(tmp_path, settings, message):
    with pytest.raises(SettingsError, match=f"^{re.escape(message)}"):
        written(tmp_path, **settings)
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(HelplineError, match="can't be written: No such file or directory"):
        written(tmp_path / "missing", LINE_NUMBER=LINE)


@pytest.fixture
def seen(tmp_path, chromium):
    """The file in a browser."""
    page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT * 2}, device_scale_factor=DOTS)

    def opened(*options: str):
        written(tmp_path, *options, LINE_NUMBER=LINE)
        page.goto((tmp_path / "cards.html").as_uri())
        return page

    yield opened
    page.close()


def test_every_code_that_is_drawn_dials_the_line_and_chooses_its_language(seen):
    with Image.open(BytesIO(seen("--size", "wallet").screenshot())) as image:
        found = zxingcpp.read_barcodes(image.convert("L"), zxingcpp.BarcodeFormat.QRCode)
    addresses = [f"tel:{LINE},,{helpline().languages[language].code}" for language in offered()]
    assert sorted(code.text for code in found) == sorted(addresses)
    assert {code.ec_level for code in found} <= {"M", "Q", "H"}
    widths = [code.position.top_right.x - code.position.top_left.x for code in found]
    assert min(widths) / DOTS * 25.4 / 96 > LEAST_WIDTH_MM


@pytest.mark.parametrize(("size", "sheets"), [("a4", 2), ("wallet", 1)])
def test_each_sheet_is_printed_on_one_page_of_a4(seen, size, sheets):
    printed = seen("--size", size, "--language", "ur", "--language", "ja").pdf(prefer_css_page_size=True)
    assert paper(printed) == [A4_POINTS] * sheets


def test_the_lines_own_page_prints_the_cards_and_nothing_else(line, open_page):
    page = open_page(f"{line}/cards?size=wallet", 390)
    assert page.locator("nav").is_visible()
    assert paper(page.pdf(prefer_css_page_size=True)) == [A4_POINTS] * (len(offered()) // 10)
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.locator("article").count() == len(offered())


def paper(printed: bytes) -> list[tuple[int, int]]:
    """The pages' sizes."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", printed)
    return [(round(float(width)), round(float(height))) for width, height in boxes]
