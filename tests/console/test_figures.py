"""The page Calls: twenty calls whose numbers are known are read there, and nothing small that somebody did."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
import time_machine

from ivr.console.figures.view import Labels
from tests.cast import NUMBERS, app, changed, helpline
from tests.console.counted import line_that_counts, twenty_calls
from tests.staff import text_of
from tests.webphone.page import at_work, real_line

MONTH = "month=2026-11"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """In December, when November is over."""
    with time_machine.travel("2026-12-02T11:00:00+09:00"):
        yield line_that_counts(twenty_calls(tmp_path_factory.mktemp("counted"))).test_client()


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
    assert counted(page, "hours") == {"11:00": ["14"], "20:00": ["6"]}
    assert counted(page, "outcomes") == {
        "heard an answer to its end": ["8", "–", "–"],
        "asked for a person, no desk open": ["6", "–", "–"],
        "the desk was busy": ["5", "5", "0"],
    }
    assert counted(page, "menus") == {
        "language list": ["20", "20", "0"],
        "main": ["20", "–", "–"],
        "a person (key 0)": ["16", "5", "11"],
        "booking": ["8", "–", "–"],  # else they would tell of the one who left in main
        "desk cinga": ["5", "–", "–"],
    }
    assert rows(page, "prompts")["booking.how"] == ["8"]
    assert "Nothing was counted." in section(page, "errors")


def test_days_and_hours_stand_in_the_order_of_time_and_the_rest_begins_with_the_most(browser):
    page = browser.get(f"/console/calls?{MONTH}")
    assert list(rows(page, "days"))[:2] == ["1 Sun", "2 Mon"]
    assert list(rows(page, "hours")) == [f"{hour:02}:00" for hour in range(24)]
    assert list(rows(page, "menus"))[2:5] == ["a person (key 0)", "booking", "desk cinga"]


def test_the_one_caller_of_a_language_is_told_with_others(browser):
    found = counted(browser.get(f"/console/calls?{MONTH}"), "languages")
    (together,) = [name for name in found if "together" in name]
    assert {name: cells for name, cells in found.items() if name != together} == {
        "English (en)": ["8", "8", "0"],
        "Tiếng Việt (vi)": ["6", "0", "6"],
    }
    assert together.startswith("21 together")
    assert "(ar)" in together
    assert found[together] == ["6", "6", "0"]


def test_the_one_caller_who_left_in_a_menu_is_seen_nowhere(browser):
    """Neither in what is read nor in what charts are drawn from."""
    page = browser.get(f"/console/calls?{MONTH}")
    assert rows(page, "menus")["main"] == ["20", "–", "–"]
    values = set(map(int, re.findall(r'data-value="(\d+)"', page.text)))
    assert {8, 14, 20} <= values
    assert values.isdisjoint({1, 2, 3, 4})


def test_what_has_no_number_of_its_own_is_marked(browser, tmp_path):
    with time_machine.travel("2026-12-02T11:00:00+09:00"):
        page = line_that_counts(one_call(tmp_path)).test_client().get(f"/console/calls?{MONTH}")
    assert rows(page, "days")["24 Tue"] == ["∗"]
    assert rows(page, "days")["1 Sun"] == ["∗"]
    (together,) = [name for name in rows(page, "days") if "together" in name]
    assert rows(page, "days")[together] == ["under 5"]
    assert "0 calls in this month and a few more" in text_of(page)


def one_call(folder):
    return twenty_calls(folder, [(1, "02 gone", "2026-11-24 11:00")])


def test_the_same_numbers_stand_in_the_csv(browser):
    answer = browser.get(f"/console/calls.csv?{MONTH}")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="counts-2026-11.csv"'
    read = list(csv.DictReader(io.StringIO(answer.text)))
    wholes = {(row["table"], row["name"]): row["amount"] for row in read if not row["part"]}
    assert wholes["days", "2026-11-24"] == "20"
    assert wholes["languages", "en"] == "8"
    assert ("languages", "ar") not in wholes
    assert [amount for (table, name), amount in wholes.items() if table == "prompts" and "farewell" in name] == ["-"]
    assert [amount for (table, name), amount in wholes.items() if table == "languages" and " + ar + " in name] == ["6"]
    assert {int(row["amount"]) for row in read if row["amount"].isdigit()}.isdisjoint({1, 2, 3, 4})


def test_each_table_has_a_csv_of_its_own(browser):
    page = browser.get(f"/console/calls?{MONTH}")
    links = [unescape(link) for link in re.findall(r'<a class="csv" href="([^"]+)"', page.text)]
    whole, *parts = [browser.get(link).text.splitlines() for link in links]
    assert len(parts) == 7
    assert whole[1:] == [line for part in parts for line in part[1:]]


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
    assert "This month is not over" in text_of(page)
    assert "Nothing was counted." in section(page, "days")
    other = browser.get(f"/console/calls?{MONTH}")
    assert "This month is not over" not in text_of(other)
    assert re.findall(r'<option value="([^"]+)"( selected)?', other.text) == [("2026-12", ""), ("2026-11", " selected")]


def test_topics_are_told_to_nobody_before_their_month_is_over(tmp_path):
    """Else who answers at a desk would look before and after a call. A demo has no callers."""
    url = twenty_calls(tmp_path)
    for day, later in (("2026-11-30T23:59:00+09:00", False), ("2026-12-01T00:00:00+09:00", True)):
        with time_machine.travel(day):
            staff, open_demo = at_work(real_line(DATABASE_URL=url)), line_that_counts(url).test_client()
            page = staff.get(f"/console/calls?{MONTH}")
            assert counted(page, "days") == {"24 Tue": ["20"]}
            for table in ("menus", "prompts"):
                assert (f'id="{table}"' in page.text) == later
                assert (staff.get(f"/console/calls.csv?{MONTH}&table={table}").status_code == 200) == later
                assert f'id="{table}"' in open_demo.get(f"/console/calls?{MONTH}").text
            assert ("told when the month is over" in text_of(page)) == (not later)
            assert ("booking.how" in staff.get(f"/console/calls.csv?{MONTH}").text) == later


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
    assert "This line does not count" in text_of(served.get("/console/calls"))
    assert served.get("/console/calls.csv").status_code == 404


def test_a_database_that_does_not_answer_is_told(tmp_path):
    served = line_that_counts(f"sqlite:///{tmp_path}/nowhere/ivr.db").test_client()
    page = served.get("/console/calls")
    assert page.status_code == 503
    assert "The database does not answer. Calls go on" in text_of(page)
    answer = served.get("/console/calls.csv")
    assert (answer.status_code, answer.mimetype) == (503, "text/plain")


def test_names_that_the_content_no_longer_has_are_shown_as_they_were_counted():
    label = Labels(changed(), "en")
    assert label("languages", "xx") == "xx"
    assert label("menus", "an_old_menu") == "an_old_menu"
    assert label("menus", "desk.gone") == "desk gone"
    assert label("outcomes", "an-old-one") == label("errors", "an-old-one") == "an-old-one"
