"""What staff see of a month or a year: rounded, right as far as that goes, and nothing that could be subtracted."""

from __future__ import annotations

import csv
import io
from datetime import date
from itertools import product

import pytest
from hypothesis import Phase, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from ivr.database.count_events import KINDS, Kind
from ivr.database.periods import Period, Span, spans
from ivr.database.reports import TABLES, Report, Row, as_csv, reports, rounded
from ivr.database.stored_counts import EVERYTHING, Month, read_month
from ivr.database.vocabulary import outcomes, pages, vocabulary
from tests.cast import NONE_OPEN, helpline
from tests.database.line import call, connected, counted_app, counting
from tests.lines import crisis

FIRST = date(2026, 11, 1)
NOTHING: dict[Kind, dict[str, int]] = {kind: {} for kind in KINDS}
LANGUAGES, DESKS, PAGES = tuple(helpline().languages), tuple(helpline().desks), pages(helpline())

# A month is large, and its smallest example takes minutes to find.
QUICK = trials(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])


def many(names) -> st.SearchStrategy[dict[str, int]]:
    amounts = st.tuples(*[st.one_of(st.integers(0, 6), st.integers(0, 400))] * len(names))
    return amounts.map(lambda found: dict(zip(names, found, strict=True)))


@st.composite
def month_of(draw) -> Month:
    """Any words of the vocabulary, as often as may be."""
    amounts = {kind: draw(many(sorted(names))) for kind, names in vocabulary(helpline()).items()}
    calls = draw(many(spans(FIRST, draw(st.sampled_from([0, 10, 1000])))))
    return Month(FIRST, amounts, calls, is_over=draw(st.booleans()))


def month(first: date, calls: int = 0, *, over: bool = True, **amounts: dict[str, int]) -> Month:
    """Its calls in the middle of it."""
    return Month(first, NOTHING | amounts, {spans(first, 0)[2]: calls}, is_over=over)


def tables(*months: Month) -> dict[str, Report]:
    return {report.table: report for report in reports(months, helpline())}


def amounts(report: Report) -> dict[str, int]:
    return {row.name: row.amount for row in report.rows if row.amount}


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, 0), (1, 0), (2, 0), (3, 5), (4, 5), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (99, 100)],
)
def test_a_figure_is_rounded_to_the_nearest_five(amount, shown):
    assert rounded(amount) == shown


@QUICK
@given(month_of())
def test_no_figure_shown_is_not_a_multiple_of_five(month):
    found = reports([month], helpline())
    shown = [row.amount for report in found for row in report.rows]
    assert len(shown) >= len(month.calls) > 0
    assert not any(amount % 5 for amount in shown)
    exported = [int(row["number"]) for row in read_csv(as_csv(found, "2026-11"))]
    assert exported == shown


@QUICK
@given(month_of())
def test_every_figure_of_a_month_is_within_two_of_what_was_counted_and_none_is_hidden_from_three_on(month):
    counted = month.amounts
    chosen, outside = sum(counted["language"].values()), sum(counted["outside"].values())
    exact = {
        "calls": {"/".join(dict.fromkeys(map(str, span))): amount for span, amount in month.calls.items()},
        "languages": counted["language"],
        "opening": {"open": max(chosen - outside, 0), "closed": outside},
        "desks": counted["transfer"],
        "outcomes": counted["outcome"],
        "hours": counted["call"],
        "menus": counted["entered"],
        "ends": {page: max(amount - counted["left"][page], 0) for page, amount in counted["entered"].items()},
        "prompts": counted["heard"],
        "errors": counted["error"],
    }
    shown = tables(month)
    assert tuple(shown) == tuple(exact) == TABLES
    for table, report in shown.items():
        figures = {row.name: row.amount for row in report.rows}
        assert all(abs(figures.get(name, 0) - amount) <= 2 for name, amount in exact[table].items()), table
        assert set(figures) <= set(exact[table])
    assert list(amounts(shown["languages"]).values()) == sorted(amounts(shown["languages"]).values(), reverse=True)


def test_a_day_or_week_of_nothing_keeps_its_row_and_nothing_else_does():
    shown = tables(Month(FIRST, NOTHING | {"language": {"en": 2, "vi": 3}}, {Span(FIRST, FIRST): 2}, is_over=True))
    assert [(row.name, row.amount) for row in shown["calls"].rows] == [("2026-11-01", 0)]
    assert [(row.name, row.amount) for row in shown["languages"].rows] == [("vi", 5)]


def test_no_table_crosses_languages_with_topics():
    """By name."""
    amounts = {kind: dict.fromkeys(names, 9) for kind, names in vocabulary(helpline()).items()}
    amounts["left"] = {}
    topics = {*PAGES, *vocabulary(helpline())["heard"]} - set(DESKS)
    for report in reports([Month(FIRST, amounts, {Span(FIRST, FIRST): 9}, is_over=True)], helpline()):
        words = {word for row in report.rows for word in row.name.split("/")}
        assert words, report.table
        assert not (words & set(LANGUAGES) and words & topics), report.table


# Years

YEAR = Period("year", date(2026, 1, 1))
FISCAL_YEAR = Period("fiscal", date(2026, 4, 1))


def test_a_year_is_the_sum_of_what_its_months_show():
    """So that no month can be found by subtraction, and the figures of a file add up."""
    months = [Month(first, NOTHING, dict.fromkeys(spans(first, 0), 12), is_over=True) for first in YEAR.months]
    by_month = {f"{each.first:%Y-%m}": tables(each)["calls"].total for each in months}
    assert (by_month["2026-02"], by_month["2026-11"]) == (50, 60)  # of five weeks, and of six
    shown = tables(*months)["calls"]
    assert amounts(shown) == by_month
    assert shown.total == sum(by_month.values()) == 630
    exported = read_csv(as_csv([shown], "2026"))
    assert sum(int(row["number"]) for row in exported) == 630
    assert exported[10] == {"period": "2026", "kind": "calls", "name": "2026-11", "number": "60"}


def test_a_language_that_every_month_hides_is_found_by_the_quarter():
    months = [month(first, language={"en": 20, "si": 2, "ur": 0}) for first in FISCAL_YEAR.months]
    assert all(amounts(tables(each)["languages"]) == {"en": 20} for each in months)
    assert amounts(tables(*months)["languages"]) == {"en": 240, "si": 20}  # of 240 and 24
    assert amounts(tables(*months[:3])["languages"]) == {"en": 60, "si": 5}


@pytest.mark.parametrize("missing", ["begun", "running"])
def test_a_quarter_that_is_not_whole_is_the_sum_of_its_months(missing):
    """Of two months of nothing and a quarter of five, each would have to hold one."""
    months = [month(first, language={"si": 2}) for first in YEAR.months[:3]]
    if missing == "begun":
        months = months[1:]
    else:
        months[2] = month(YEAR.months[2], over=False, language={"si": 2})
    assert amounts(tables(*months)["languages"]) == {}


def test_a_quarter_never_tells_what_is_behind_a_month_of_nothing():
    """For all months up to 22: among those with the same figures one has none in it, another has some."""
    behind: dict[tuple[int, ...], list[set[int]]] = {}
    for exact in product(range(23), repeat=3):
        shown = (*map(rounded, exact), rounded(sum(exact)))
        for seen, amount in zip(behind.setdefault(shown, [set(), set(), set()]), exact, strict=True):
            seen.add(amount)
    for (*parts, _), seen in behind.items():
        for part, amounts in zip(parts, seen, strict=True):
            assert part or {0} < amounts


def test_topics_of_a_year_are_those_of_its_months_that_are_over():
    over, running = (
        month(first, entered={"main": 9} if done else {}, over=done)
        for first, done in ((YEAR.months[0], True), (YEAR.months[1], False))
    )
    assert amounts(tables(over, running)["menus"]) == {"main": 10}


def test_a_year_without_counts_has_empty_tables():
    assert all(report.rows == () and report.total == 0 for report in reports([], helpline()))


# Calls whose numbers are known


@pytest.fixture(scope="module")
def calls(tmp_path_factory):
    """What is shown of them."""
    url = f"sqlite:///{tmp_path_factory.mktemp('calls') / 'ivr.db'}"
    counts = counting(url)
    served = counted_app(counts)
    counts.start()
    for keys, times in (("02 1 2 gone", 7), ("01 2 wait", 6), ("02 0 1 answer talked gone", 4), ("4# gone", 2)):
        for _ in range(times):
            call(served, keys)
    for _ in range(5):
        call(served, "02 0 wait", NONE_OPEN)
    counts.stop()
    with connected(url) as connection:
        return tables(read_month(connection, date(2026, 11, 24), EVERYTHING))


def test_the_reports_of_calls_whose_numbers_are_known(calls):
    assert amounts(calls["calls"]) == {"2026-11-23/2026-11-29": 25}  # of 24
    assert calls["calls"].total == 25
    assert amounts(calls["hours"]) == {"11": 20, "20": 5}
    assert amounts(calls["languages"]) == {"en": 15, "ja": 5}  # of 16, 6 and 2
    assert amounts(calls["opening"]) == {"open": 20, "closed": 5}  # of 19 and 5
    assert amounts(calls["outcomes"]) == {"answer": 10, "nobody-open": 5}  # of 11 and 5
    assert amounts(calls["desks"]) == {"fresc/answered": 5}  # of 4
    assert amounts(calls["menus"])["group_b"] == 5  # of 7
    assert amounts(calls["ends"])["group_b"] == 5
    assert "papers" not in amounts(calls["ends"])
    assert amounts(calls["prompts"])["answer.group_b"] == 5


def test_no_name_is_taken_for_a_formula():
    found = [Report("languages", tuple(Row(name, 5) for name in ("=1+1", "+81", "-2", "@a", "\tb", "a=b", "")))]
    names = [row["name"] for row in read_csv(as_csv(found, "2026"))]
    assert names == ["'=1+1", "'+81", "'-2", "'@a", "'\tb", "a=b", ""]


def test_what_the_content_no_longer_has_is_still_reported():
    shown = tables(month(FIRST, entered={"a_menu_of_yesterday": 12, "main": 20}))
    assert amounts(shown["menus"]) == {"main": 20, "a_menu_of_yesterday": 10}


def test_a_step_counted_on_both_sides_of_a_months_end_makes_nothing_negative():
    assert amounts(tables(month(FIRST, entered={"main": 20}, left={"main": 23}))["ends"]) == {}


def test_only_lines_with_an_option_that_ends_the_call_tell_of_it():
    assert "hang-up" in outcomes(crisis())
    assert "hang-up" not in outcomes(helpline())
    assert "hang-up" in vocabulary(crisis())["outcome"]


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
