"""`ivr cards` as its user runs it: the file that it writes, and what a browser makes of it, read by another program.

Without Chromium the last tests are skipped; on a build server, which sets CI, they fail instead.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest
import zxingcpp
from click.testing import CliRunner
from PIL import Image

from ivr.cli.main import group
from ivr.config import SettingsError
from ivr.errors import HelplineError
from tests.cast import ROOT, helpline, offered

LINE = "+815012345678"
# CSS pixels of a sheet of A4 with the space around it on the screen, and how many dots are drawn for each.
WIDTH, HEIGHT, DOTS = 900, 1150, 2
A4_POINTS = (595, 842)
# What telephones read at arm's length.
LEAST_WIDTH_MM = 18


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


def chromium(tmp_path, *options: str) -> None:
    """Opens the file in Chromium, which ends when it has done what the options ask for."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("browser: Chromium isn't installed")
    always = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]
    places = [f"--user-data-dir={tmp_path / 'profile'}", (tmp_path / "cards.html").as_uri()]
    subprocess.run([program, *always, *options, *places], check=True, capture_output=True, timeout=60)


def test_every_code_that_is_drawn_dials_the_line_and_chooses_its_language(tmp_path):
    written(tmp_path, "--size", "wallet", LINE_NUMBER=LINE)
    size = [f"--window-size={WIDTH},{HEIGHT * 2}", f"--force-device-scale-factor={DOTS}"]
    chromium(tmp_path, *size, f"--screenshot={tmp_path / 'cards.png'}")
    with Image.open(tmp_path / "cards.png") as image:
        found = zxingcpp.read_barcodes(image.convert("L"), zxingcpp.BarcodeFormat.QRCode)
    addresses = [f"tel:{LINE},,{helpline().languages[language].code}" for language in offered()]
    assert sorted(code.text for code in found) == sorted(addresses)
    assert {code.ec_level for code in found} <= {"M", "Q", "H"}
    widths = [code.position.top_right.x - code.position.top_left.x for code in found]
    assert min(widths) / DOTS * 25.4 / 96 > LEAST_WIDTH_MM


@pytest.mark.parametrize(("size", "sheets"), [("a4", 2), ("wallet", 1)])
def test_each_sheet_is_printed_on_one_page_of_a4(tmp_path, size, sheets):
    written(tmp_path, "--size", size, "--language", "ur", "--language", "ja", LINE_NUMBER=LINE)
    chromium(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={tmp_path / 'cards.pdf'}")
    boxes = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", (tmp_path / "cards.pdf").read_bytes())
    assert [(round(float(width)), round(float(height))) for width, height in boxes] == [A4_POINTS] * sheets
