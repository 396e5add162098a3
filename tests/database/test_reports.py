"""What staff see of a month: rounded, right as far as that goes, and nothing before it may be shown."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import Phase, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from ivr.database.count_events import KINDS, Kind
from ivr.database.reports import TOPICS, Report, Table, as_csv, reports, rounded
from ivr.database.stored_counts import EVERYTHING, Month, read_month
from ivr.database.vocabulary import HOURS, RESULTS, outcomes, pages, vocabulary
from tests.cast import NONE_OPEN, helpline
from tests.database.line import call, connected, counted_app, counting
from tests.lines import crisis

FIRST = date(2026, 11, 1)
NOTHING: dict[Kind, dict[str, int]] = {kind: {} for kind in KINDS}
LANGUAGES, DESKS, PAGES = tuple(helpline().languages), tuple(helpline().desks), pages(helpline())
TABLES: tuple[Table, ...] = ("month", "days", "hours", "languages", "outcomes", "menus", "prompts", "errors")

# A month is large, and its smallest example takes minutes to find.
QUICK = trials(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])


def many(names) -> st.SearchStrategy[dict[str, int]]:
    amounts = st.tuples(*[st.one_of(st.integers(0, 6), st.integers(0, 400))] * len(names))
    return amounts.map(lambda found: dict(zip(names, found, strict=True)))


@st.composite
def month_of(draw) -> Month:
    """Any words of the vocabulary, as often as may be."""
    amounts = {kind: draw(many(sorted(names))) for kind, names in vocabulary(helpline()).items()}
    days = draw(many([date(2026, 11, day) for day in range(1, 31)]))
    return Month(FIRST, amounts, days, is_over=draw(st.booleans()))


def tables(month: Month) -> dict[str, Report]:
    return {report.table: report for report in reports(month, helpline())}


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
    found = reports(month, helpline())
    shown = [amount for report in found for row in report.rows for amount in (row.amount, *row.parts.values())]
    assert len(shown) > 100
    assert {amount % 5 for amount in shown} == {0}
    exported = [line.split(",")[2] for line in as_csv(found).splitlines()[1:]]
    assert sorted(map(int, exported)) == sorted(shown)


@QUICK
@given(month_of())
def test_every_name_is_in_one_row_and_every_figure_within_two_of_what_was_counted(month):
    shown, counted = tables(month), month.amounts
    transfers = {result: sum(counted["transfer"][f"{desk}/{result}"] for desk in DESKS) for result in RESULTS}
    exact = {
        "month": {"2026-11": sum(month.calls.values())},
        "days": {str(day): amount for day, amount in month.calls.items()},
        "hours": counted["call"],
        "languages": counted["language"],
        "outcomes": {**counted["outcome"], **transfers},
        "menus": counted["entered"],
        "prompts": counted["heard"],
        "errors": counted["error"],
    }
    for table, report in shown.items():
        names = [row.name for row in report.rows]
        assert sorted(names) == sorted(exact[table])
        assert all(abs(row.amount - exact[table][row.name]) <= 2 for row in report.rows)
    for desk, result in product(DESKS, RESULTS):
        row = next(row for row in shown["outcomes"].rows if row.name == result)
        assert row.parts[desk] == rounded(counted["transfer"][f"{desk}/{result}"])


@QUICK
@given(month_of())
def test_topics_are_shown_when_the_month_is_over_and_all_else_before(month):
    assert tuple(tables(month)) == tuple(name for name in TABLES if month.is_over or name not in TOPICS)


def test_no_table_crosses_languages_with_topics():
    """By name: neither in a row nor in what it is divided into."""
    month = Month(FIRST, NOTHING, {}, is_over=True)
    topics = {*PAGES, *vocabulary(helpline())["heard"]} - set(DESKS)
    for report in reports(month, helpline()):
        words = {word for row in report.rows for word in (row.name, *row.parts)} | set(report.parts)
        assert not (words & set(LANGUAGES) and words & topics), report.table


def test_totals_are_rounded_themselves_so_parts_need_not_add_up():
    days = {date(2026, 11, day): 2 for day in range(1, 31)}
    chosen = NOTHING | {"language": {"en": 8}, "outside": {"en": 2}}
    shown = tables(Month(FIRST, chosen, days, is_over=True))
    assert amounts(shown["month"]) == {"2026-11": 60}
    assert amounts(shown["days"]) == {}
    (row,) = [row for row in shown["languages"].rows if row.name == "en"]
    assert (row.amount, row.parts) == (10, {"inside": 5, "outside": 0})


@pytest.fixture(scope="module")
def calls(tmp_path_factory):
    """Calls whose numbers are known, and what is shown of them."""
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


def parts(report: Report) -> dict[str, tuple[int, ...]]:
    return {row.name: tuple(row.parts.values()) for row in report.rows if row.amount}


def test_the_reports_of_calls_whose_numbers_are_known(calls):
    assert amounts(calls["month"]) == {"2026-11": 25}  # of 24
    assert amounts(calls["days"]) == {"2026-11-24": 25}
    assert amounts(calls["hours"]) == {"11": 20, "20": 5}
    assert amounts(calls["languages"]) == {"en": 15, "ja": 5}  # of 16, 6 and 2
    assert parts(calls["languages"])["en"] == (10, 5)  # of 11 and 5
    assert amounts(calls["outcomes"]) == {"answer": 10, "answered": 5, "nobody-open": 5}  # of 11, 4 and 5
    assert parts(calls["outcomes"]) == {"answer": (), "nobody-open": (), "answered": (0, 5)}
    assert amounts(calls["menus"])["group_b"] == 5  # of 7
    assert parts(calls["menus"])["group_b"] == (0, 5)
    assert parts(calls["menus"])["papers"] == (5, 0)
    assert amounts(calls["prompts"])["answer.group_b"] == 5
    assert list(calls["outcomes"].parts) == list(DESKS)
    assert [row.name for row in calls["hours"].rows] == list(HOURS)
    assert {*outcomes(helpline()), *RESULTS} == {row.name for row in calls["outcomes"].rows}


def test_what_the_content_no_longer_has_is_still_reported():
    month = Month(FIRST, NOTHING | {"entered": {"a_menu_of_yesterday": 12, "main": 20}}, {}, is_over=True)
    assert amounts(tables(month)["menus"]) == {"main": 20, "a_menu_of_yesterday": 10}


def test_a_step_counted_on_both_sides_of_a_months_end_makes_nothing_negative():
    month = Month(FIRST, NOTHING | {"entered": {"main": 20}, "left": {"main": 23}}, {}, is_over=True)
    assert parts(tables(month)["menus"])["main"] == (20, 0)


def test_only_lines_with_an_option_that_ends_the_call_tell_of_it():
    assert "hang-up" in outcomes(crisis())
    assert "hang-up" not in outcomes(helpline())
    assert "hang-up" in vocabulary(crisis())["outcome"]
