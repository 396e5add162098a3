"""The page Figures: twenty-two calls whose numbers are known are read there, rounded, once their day is over."""

from __future__ import annotations

import csv
import io
import re
from functools import partial
from html import unescape

import pytest
import time_machine

from ivr.console.figures.view import label
from tests.cast import NUMBERS, app, changed, helpline
from tests.console.counted import known_calls, line_that_counts
from tests.staff import text_of
from tests.webphone.page import at_work, real_line

MONTH = "month=2026-11"
TABLES = ("days", "hours", "languages", "outcomes", "menus", "prompts", "errors")


@pytest.fixture(scope="module")
def november(tmp_path_factory):
    """The address of a database with twenty-two calls of the twenty-fourth."""
    return known_calls(tmp_path_factory.mktemp("counted"))


@pytest.fixture(scope="module")
def browser(november):
    """In December, when November is over."""
    with time_machine.travel("2026-12-02T11:00:00+09:00"):
        yield line_that_counts(november).test_client()


def section(page, table: str) -> str:
    return re.search(rf'<section [^>]*id="{table}".*?</section>', page.text, re.S)[0]


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def rows(page, table: str) -> dict[str, list[str]]:
    """What stands in each line of a table, by its first cell."""
    lines = re.findall(r"<tr>(.*?)</tr>", section(page, table), re.S)[1:]
    cells = [[words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", line, re.S)] for line in lines]
    return {name: rest for name, *rest in cells}


def counted(page, table: str) -> dict[str, list[str]]:
    """The lines with more than nothing."""
    return {name: cells for name, cells in rows(page, table).items() if cells[0] != "0"}


def test_each_number_stands_in_its_table(browser):
    page = browser.get(f"/console/calls?{MONTH}")
    assert "20 calls in this month" in text_of(page)
    assert counted(page, "days") == {"24 Tue": ["20"]}
    assert counted(page, "hours") == {"11:00": ["15"], "20:00": ["5"]}
    assert counted(page, "languages") == {
        "English (en)": ["10", "10", "0"],
        "Tiếng Việt (vi)": ["5", "0", "5"],
        "やさしい日本語 (ja)": ["5", "5", "0"],
    }
    assert counted(page, "outcomes") == {
        "heard an answer to its end": ["10", "–", "–"],
        "asked for a person, no desk open": ["5", "–", "–"],
        "the desk was busy": ["5", "5", "0"],
    }
    assert counted(page, "menus") == {
        "language list": ["20", "20", "0"],
        "main": ["20", "20", "0"],
        "a person (key 0)": ["20", "5", "15"],
        "booking": ["10", "0", "10"],
        "desk cinga": ["5", "5", "0"],
    }
    assert rows(page, "prompts")["booking.how"] == ["10"]
    assert "No figures: fewer than three, or none." in section(page, "errors")


def test_days_and_hours_stand_in_the_order_of_time_and_the_rest_begins_with_the_most(browser):
    page = browser.get(f"/console/calls?{MONTH}")
    assert list(rows(page, "days"))[:2] == ["1 Sun", "2 Mon"]
    assert len(rows(page, "days")) == 30
    assert list(rows(page, "hours")) == [f"{hour:02}:00" for hour in range(24)]
    assert list(rows(page, "menus"))[2:5] == ["a person (key 0)", "booking", "desk cinga"]


def test_no_figure_on_the_page_is_not_a_multiple_of_five(browser):
    """Neither in what is read nor in what charts are drawn from: one caller is nowhere a one."""
    page = browser.get(f"/console/calls?{MONTH}")
    drawn = list(map(int, re.findall(r'data-value="(\d+)"', page.text)))
    read = [int(cell) for table in TABLES for cells in rows(page, table).values() for cell in cells if cell != "–"]
    assert sorted(drawn) == sorted(read)
    assert len(read) > 100
    assert {amount % 5 for amount in read} == {0}
    assert rows(page, "languages")["العَرَبِيَّة (ar)"] == ["0", "0", "0"]


def test_the_page_says_how_figures_are_made(browser):
    text = text_of(browser.get(f"/console/calls?{MONTH}"))
    assert "We count steps, never people. Every figure is rounded to the nearest five, including totals" in text
    assert "parts may not add up" in text


def test_the_same_figures_stand_in_the_csv(browser):
    answer = browser.get(f"/console/calls.csv?{MONTH}")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="counts-2026-11.csv"'
    assert answer.data.startswith(b"\xef\xbb\xbftable,"), "Excel takes it for UTF-8 at a double click"
    read = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert (read[0]["table"], read[0]["name"], read[0]["amount"]) == ("month", "2026-11", "20")
    page = browser.get(f"/console/calls?{MONTH}")
    for table in TABLES:
        exported = [int(row["amount"]) for row in read if row["table"] == table]
        shown = [int(amount) for amount in re.findall(r'data-value="(\d+)"', section(page, table))]
        assert sorted(exported) == sorted(shown) or not any(exported)
        wholes = [row for row in read if row["table"] == table and not row["part"] and row["amount"] != "0"]
        assert sorted(row["amount"] for row in wholes) == sorted(cells[0] for cells in counted(page, table).values())


def test_each_table_has_a_csv_of_its_own(browser):
    page = browser.get(f"/console/calls?{MONTH}")
    links = [unescape(link) for link in re.findall(r'<a class="csv" href="([^"]+)"', page.text)]
    whole, *parts = [browser.get(link).text.splitlines() for link in links]
    assert len(parts) == 7
    assert whole[2:] == [line for part in parts for line in part[1:]]


def test_without_scripts_nothing_is_lost(browser):
    """Charts are drawn from tables, and every script and style is a file."""
    page = browser.get(f"/console/calls?{MONTH}").text
    assert page.count("data-chart=") == 5
    assert all(' src="/static/' in script for script in re.findall(r"<script[^>]*>", page))
    assert " style=" not in page
    assert " onclick=" not in page


def test_another_month_is_chosen(browser):
    page = browser.get("/console/calls")
    assert re.findall(r'<option value="([^"]+)"( selected)?', page.text) == [("2026-12", " selected"), ("2026-11", "")]
    assert "No figures" in section(page, "days")
    other = browser.get(f"/console/calls?{MONTH}")
    assert re.findall(r'<option value="([^"]+)"( selected)?', other.text) == [("2026-12", ""), ("2026-11", " selected")]


@pytest.mark.parametrize(
    ("moment", "days", "topics"),
    [
        ("2026-11-24T23:59:59+09:00", False, False),
        ("2026-11-25T00:00:00+09:00", True, False),
        ("2026-11-30T23:59:59+09:00", True, False),
        ("2026-12-01T00:00:00+09:00", True, True),
    ],
)
def test_a_live_line_shows_a_day_when_it_is_over_and_topics_when_their_month_is(november, moment, days, topics):
    """Else who answers at a desk would look before and after a call. A demo has no callers."""
    with time_machine.travel(moment, tick=False):
        staff = at_work(real_line(DATABASE_URL=november))
        page, exported = staff.get(f"/console/calls?{MONTH}"), staff.get(f"/console/calls.csv?{MONTH}").text
        assert (counted(page, "days") == {"24 Tue": ["20"]}) == days
        assert ("20 calls in this month" in text_of(page)) == ("month,2026-11,20" in exported) == days
        for table in ("days", "hours", "languages", "outcomes"):
            assert bool(counted(page, table)) == bool(re.findall(rf"^{table},[^,]*,[1-9]", exported, re.M)) == days
        for table in ("menus", "prompts"):
            assert (f'id="{table}"' in page.text) == (f"\n{table}," in exported) == topics
            assert (staff.get(f"/console/calls.csv?{MONTH}&table={table}").status_code == 200) == topics
        assert ("This month isn't over. Each day appears" in text_of(page)) == (not topics)


def test_a_demo_shows_all_of_today_at_once(november):
    with time_machine.travel("2026-11-24T20:30:00+09:00"):
        page = line_that_counts(november).test_client().get("/console/calls")
    assert counted(page, "days") == {"24 Tue": ["20"]}
    assert rows(page, "prompts")["booking.how"] == ["10"]
    assert "Hidden:" not in text_of(page)


@pytest.mark.parametrize("query", ["month=2026-13", "month=november", "month=1850-01", "month=2026-11-24"])
@pytest.mark.parametrize("path", ["/console/calls", "/console/calls.csv"])
def test_what_is_no_month_is_no_page(browser, path, query):
    assert browser.get(f"{path}?{query}").status_code == 404


def test_what_is_no_table_is_no_file(browser):
    assert browser.get(f"/console/calls.csv?{MONTH}&table=callers").status_code == 404


def test_the_page_is_in_japanese_too(browser):
    page = browser.get(f"/console/calls?{MONTH}&lang=ja")
    browser.get("/console/calls?lang=en")
    assert counted(page, "days") == {"24日(火)": ["20"]}
    assert "答えを最後まで聞いた" in rows(page, "outcomes")


def test_a_line_that_does_not_count_says_so():
    served = app(helpline(), NUMBERS).test_client()
    assert "This line doesn't count calls" in text_of(served.get("/console/calls"))
    assert served.get("/console/calls.csv").status_code == 404


def test_a_database_that_does_not_answer_is_told(tmp_path):
    served = line_that_counts(f"sqlite:///{tmp_path}/nowhere/ivr.db").test_client()
    page = served.get("/console/calls")
    assert page.status_code == 503
    assert "The database doesn't answer. Calls go on" in text_of(page)
    answer = served.get("/console/calls.csv")
    assert (answer.status_code, answer.mimetype) == (503, "text/plain")


def test_names_that_the_content_no_longer_has_are_shown_as_they_were_counted():
    labelled = partial(label, changed(), "en")
    assert labelled("languages", "xx") == "xx"
    assert labelled("menus", "an_old_menu") == "an_old_menu"
    assert labelled("menus", "desk.gone") == "desk gone"
    assert labelled("outcomes", "an-old-one") == labelled("errors", "an-old-one") == "an-old-one"
