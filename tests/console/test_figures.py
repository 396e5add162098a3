"""The page Figures: twenty-two calls whose numbers are known are read there, rounded, once their week is over."""

from __future__ import annotations

import csv
import gzip
import io
import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine

from ivr.console.figures.names import Names
from ivr.database.count_events import CountEvent
from ivr.database.reports import TABLES
from ivr.database.stored_counts import add_counts
from tests.cast import NUMBERS, app, changed, helpline
from tests.console.counted import known_calls, line_that_counts
from tests.database.line import connected, sqlite_url
from tests.staff import text_of
from tests.webphone.page import at_work, real_line

NOVEMBER = "/console/figures?period=2026-11"


@pytest.fixture(scope="module")
def november(tmp_path_factory):
    """The address of a database with twenty-two calls of the twenty-fourth."""
    return known_calls(tmp_path_factory.mktemp("counted"))


@pytest.fixture(scope="module")
def browser(november):
    """In December, when November is over."""
    with time_machine.travel("2026-12-02T11:00:00+09:00"):
        yield line_that_counts(november).test_client()


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A line that has counted two calls a day since April 2025, in twelve languages."""
    url = sqlite_url(tmp_path_factory.mktemp("small"))
    amounts = {}
    languages = dict(zip(helpline().languages, (22, 12, 9, 6, 4, *[2] * 7), strict=False))
    for ahead in range((date(2026, 11, 30) - date(2025, 4, 1)).days + 1):
        day = date(2025, 4, 1) + timedelta(days=ahead)
        amounts[CountEvent(day, "call", "10")] = 2
        if day.day == 10:
            amounts |= {CountEvent(day, "language", name): amount for name, amount in languages.items()}
            amounts[CountEvent(day, "transfer", "fresc/answered")] = 16
            amounts[CountEvent(day.replace(day=1), "entered", "booking")] = 21
    with connected(url) as connection:
        add_counts(connection, amounts)
    return url


@pytest.fixture(scope="module")
def staff(small):
    """They read it at the end of November 2026."""
    with time_machine.travel("2026-11-28T11:00:00+09:00"):
        yield at_work(real_line(DATABASE_URL=small))


def section(page, table: str) -> str:
    found = re.search(rf'<section [^>]*id="{table}".*?</section>', page.text, re.S)
    return found[0] if found else ""


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def rows(page, table: str) -> dict[str, str]:
    """The figure in each line of a table, by its name."""
    body = section(page, table).partition("<tbody>")[2].partition("</tbody>")[0]
    cells = [[words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", line, re.S)] for line in body.split("</tr>")]
    return dict(line for line in cells if line)


def sentence(page) -> str:
    return words(re.search(r'<p class="sentence">(.*?)</p>', page.text)[1])


def file(browser, query: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(browser.get(f"/console/figures.csv?{query}").text.removeprefix("\ufeff"))))


def test_each_number_stands_in_its_table(browser):
    page = browser.get(NOVEMBER)
    assert sentence(page) == (
        "In November 2026, about 20 calls in at least 3 languages, most often English; "
        "hardly any were put through to a desk."
    )
    assert rows(page, "calls") == {
        "1 Nov (Sun)": "hidden",
        "2–8 Nov": "hidden",
        "9–15 Nov": "hidden",
        "16–22 Nov": "hidden",
        "23–29 Nov": "20",
        "30 Nov (Mon)": "hidden",
    }
    assert rows(page, "hours") == {"11:00": "15", "20:00": "5"}
    assert rows(page, "languages") == {"English": "10", "Japanese やさしい日本語": "5", "Vietnamese Tiếng Việt": "5"}
    assert rows(page, "opening") == {"a desk was open": "15", "all desks were closed": "5"}
    assert rows(page, "outcomes") == {"heard an answer to its end": "10", "asked for a person, no desk open": "5"}
    assert rows(page, "desks") == {"CINGA: the desk was busy": "5"}
    assert rows(page, "menus") == {
        "Language list": "20",
        "First menu": "20",
        "A person (key 0)": "20",
        "About booking": "10",
        "Desk CINGA": "5",
    }
    assert rows(page, "ends") == {"A person (key 0)": "15", "About booking": "10"}
    assert rows(page, "prompts")["booking.how"] == "10"
    assert section(page, "errors") == ""


def test_every_figure_on_the_page_is_a_multiple_of_five_and_stands_in_the_file(browser):
    """With the names of the page, so that a Japanese reader has no English ones; parts add up to the page's totals."""
    for query in ("period=2026-11&lang=ja", "period=2026", "period=fy2026", "period=2026-11&lang=en"):
        page, read = browser.get(f"/console/figures?{query}"), file(browser, query)
        shown = [each for table in TABLES for each in rows(page, table).items()]
        names, numbers = zip(*[list(line.values())[2:] for line in read], strict=True)
        assert list(zip(names, numbers, strict=True)) == [
            (name, "0" if figure in ("hidden", "非表示") else figure) for name, figure in shown
        ]
        assert len(shown) > 20
        assert not any(int(number) % 5 for number in numbers)
        calls = [int(list(line.values())[3]) for line in read if list(line.values())[1] in ("Calls", "通話")]
        assert f'<td class="number">{sum(calls)}</td></tr></tfoot>' in page.text


def test_a_file_is_named_for_its_period_and_table_and_opens_at_a_double_click(browser):
    answer = browser.get("/console/figures.csv?period=2026-11&table=languages&lang=ja")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="figures-2026-11-languages.csv"'
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.text.removeprefix("\ufeff").splitlines() == [
        "期間,種類,項目,回数",
        "2026年11月,言語,英語 English,10",
        "2026年11月,言語,日本語 やさしい日本語,5",
        "2026年11月,言語,ベトナム語 Tiếng Việt,5",
    ]
    browser.get("/console/figures?lang=en")
    links = [unescape(link) for link in re.findall(r'class="csv" href="([^"]+)"', browser.get(NOVEMBER).text)]
    whole, *parts = [browser.get(link).text.splitlines() for link in links]
    assert len(parts) == 9
    assert whole[1:] == [line for part in parts for line in part[1:]]


def test_the_last_month_that_is_over_comes_first(staff):
    page = staff.get("/console/figures?lang=en")
    assert sentence(page) == (
        "In October 2026, about 65 calls in at least 5 languages, most often Japanese; "
        "about 15 were put through to a desk."
    )
    assert "This period isn't over" not in text_of(page)
    assert re.findall(r'class="plain" href="\?period=([^"]+)"', page.text) == ["2026-09", "2026-11"]
    assert "We count steps, never people. Every figure is rounded to the nearest five" in text_of(page)
    assert sentence(staff.get("/console/figures?lang=ja")) == (
        "2026年10月の通話は約65件でした。使われた言語は5以上、最も多いのは日本語です。窓口につながったのは約15件です。"
    )
    staff.get("/console/figures?lang=en")


def test_a_small_line_sees_weeks_and_by_the_year_its_languages(staff):
    """Two calls a day, which would be thirty days of nothing, and seven languages that no month shows."""
    month, year = staff.get("/console/figures?period=2026-10"), staff.get("/console/figures?period=fy2025")
    assert rows(month, "calls") == {
        "1–4 Oct": "10",  # of 8
        "5–11 Oct": "15",  # of 14
        "12–18 Oct": "15",
        "19–25 Oct": "15",
        "26–31 Oct": "10",  # of 12
    }
    assert list(rows(month, "languages").values()) == ["20", "10", "10", "5", "5"]
    assert list(rows(year, "languages").values()) == ["260", "140", "100", "80", "40", *["20"] * 7]
    assert len(rows(year, "calls")) == 12
    assert [*rows(year, "calls")][::11] == ["April 2025", "March 2026"]
    assert sentence(year).startswith("In fiscal year 2025 (April 2025 to March 2026), about 7")


def test_a_period_that_runs_says_up_to_when(staff):
    month = text_of(staff.get("/console/figures?period=2026-11"))
    assert "This period isn't over" in month
    assert "Shown: up to Sun 22 Nov 2026." in month
    page = staff.get("/console/figures?period=fy2026")
    assert "Shown: up to Sun 22 Nov 2026." in text_of(page)
    assert [*rows(page, "calls")][-1] == "November 2026"
    assert rows(page, "menus") == {"About booking": "150"}  # two quarters of 63, and 21
    assert re.findall(r'class="plain" href="\?period=([^"]+)"', page.text) == ["fy2025"]


def test_every_period_of_which_counts_are_kept_can_be_chosen(staff):
    page = staff.get("/console/figures?period=2026")
    codes = re.findall(r'<option value="([^"]+)"', page.text)
    assert codes[:2] + codes[19:20] == ["2026-11", "2026-10", "2025-04"]
    assert codes[20:] == ["2026", "2025", "fy2026", "fy2025"]
    assert re.findall(r'<option value="([^"]+)" selected', page.text) == ["2026"]


def test_a_period_without_data_says_so_in_plain_words(staff):
    page = staff.get("/console/figures?period=2025-03")
    assert sentence(page) == "No calls in March 2025, or too few to show."
    assert "<table" not in page.text
    assert re.findall(r'<option value="([^"]+)" selected', page.text) == ["2025-03"]
    assert (
        sentence(staff.get("/console/figures?period=2024&lang=ja"))
        == "2024年の通話はありません(または少数のため非表示です)。"
    )
    staff.get("/console/figures?lang=en")
    assert file(staff, "period=2024") == []


@pytest.mark.parametrize(
    ("moment", "weeks", "topics"),
    [
        ("2026-11-29T23:59:59+09:00", False, False),
        ("2026-11-30T00:00:00+09:00", True, False),
        ("2026-11-30T23:59:59+09:00", True, False),
        ("2026-12-01T00:00:00+09:00", True, True),
    ],
)
def test_a_live_line_shows_a_week_when_it_is_over_and_topics_when_their_month_is(november, moment, weeks, topics):
    """Else who answers at a desk would look before and after a call. A demo has no callers."""
    with time_machine.travel(moment, tick=False):
        staff = at_work(real_line(DATABASE_URL=november))
        page, exported = staff.get(NOVEMBER), staff.get("/console/figures.csv?period=2026-11").text
        assert ("about 20 calls" in sentence(page)) == ("\nNovember 2026,Calls,23–29 Nov,20" in exported) == weeks
        for table, name in (("languages", "Languages"), ("outcomes", "How calls ended"), ("hours", "Time of day")):
            assert bool(rows(page, table)) == (f",{name}," in exported) == weeks
        for table, name in (("menus", "Topics"), ("ends", "Where calls ended"), ("prompts", "Prompts that were heard")):
            assert bool(rows(page, table)) == (f",{name}," in exported) == topics
        assert ("This period isn't over." in text_of(page)) == (not topics)


def test_a_demo_shows_all_of_today_at_once(november):
    with time_machine.travel("2026-11-24T20:30:00+09:00"):
        page = line_that_counts(november).test_client().get("/console/figures")
    assert "In November 2026, about 20 calls" in sentence(page)
    assert rows(page, "prompts")["booking.how"] == "10"


@pytest.mark.parametrize("path", ["/console/figures", "/console/figures.csv"])
def test_what_is_no_period_or_table_is_no_page(browser, path):
    for period in ("2026-13", "november", "1850", "2026-11-24", "fy26"):
        assert browser.get(f"{path}?period={period}").status_code == 404
    assert browser.get("/console/figures.csv?table=callers").status_code == 404


def test_the_page_is_small_and_needs_no_script(staff):
    page = staff.get("/console/figures?period=fy2025")
    assert len(gzip.compress(page.data)) < 10_000
    assert not re.search(r"<script| style=| onclick=", page.text)


def test_a_line_that_does_not_count_says_so():
    served = app(helpline(), NUMBERS).test_client()
    assert "This line doesn't count calls" in text_of(served.get("/console/figures"))
    assert served.get("/console/figures.csv").status_code == 404


def test_a_database_that_does_not_answer_is_told(tmp_path):
    served = line_that_counts(f"sqlite:///{tmp_path}/nowhere/ivr.db").test_client()
    page = served.get("/console/figures")
    assert page.status_code == 503
    assert "The database doesn't answer. Calls go on" in text_of(page)
    answer = served.get("/console/figures.csv")
    assert (answer.status_code, answer.mimetype) == (503, "text/plain")


def test_names_that_the_content_no_longer_has_are_shown_as_they_were_counted():
    labelled = Names(changed(), "en").row
    assert labelled("languages", "xx") == "xx"
    assert labelled("menus", "an_old_menu") == "an_old_menu"
    assert labelled("menus", "desk.gone") == "desk gone"
    assert labelled("outcomes", "an-old-one") == labelled("errors", "an-old-one") == "an-old-one"
    assert labelled("desks", "gone/busy") == "GONE: the desk was busy"
