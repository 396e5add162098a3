"""What staff see of a month: right where it is told, and nothing small that could be worked out."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import Phase, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from ivr.content.pages import LANGUAGES as LIST
from ivr.database.count_events import KINDS, Kind
from ivr.database.months import Month, months_counted, read_month
from ivr.database.reports import Report, reports
from ivr.database.sayings import places_of_prompts
from ivr.database.vocabulary import HOURS, OUTCOMES, RESULTS, pages, vocabulary
from tests.cast import NONE_OPEN, helpline
from tests.database.line import call, connected, counted_app, counting

FIRST = date(2026, 11, 1)
NOTHING: dict[Kind, dict[str, int]] = {kind: {} for kind in KINDS}
LANGUAGES, DESKS, PAGES = tuple(helpline().languages), tuple(helpline().desks), pages(helpline())
PLACES = places_of_prompts(helpline())
HEARD = sorted(vocabulary(helpline())["heard"])

# A month is large, and its smallest example takes minutes to find.
QUICK = trials(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
AMOUNT = st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 40))


BUSY = st.one_of(*[st.integers(5, 60)] * 9, st.integers(0, 6))  # few small cells, which are harder to hide


def many(names) -> st.SearchStrategy[dict[str, int]]:
    tables = st.one_of(st.tuples(*[AMOUNT] * len(names)), st.tuples(*[BUSY] * len(names)))
    return tables.map(lambda amounts: dict(zip(names, amounts, strict=True)))


@st.composite
def month_of(draw) -> Month:
    """As it could have been. Each prompt was heard whenever one of its menus was entered: so an attacker assumes."""
    inside, outside = draw(many(LANGUAGES)), draw(many(LANGUAGES))
    left, ended = draw(many(PAGES)), draw(many(PAGES))
    left[LIST] = sum(inside.values()) + sum(outside.values())
    entered = {page: left[page] + ended[page] for page in PAGES}
    outcomes = draw(many(OUTCOMES))
    farewell = outcomes["farewell"]
    heard = {
        name: sum(entered[page] for page in PLACES[name]) + (farewell if name in helpline().flow.farewell else 0)
        for name in HEARD
    }
    hours = dict.fromkeys(HOURS, 0) | {"11": sum(ended.values())}  # as many calls end as begin
    days = {date(2026, 11, day): 0 for day in range(1, 31)} | {date(2026, 11, 9): sum(hours.values())}
    amounts = NOTHING | {
        "call": hours,
        "language": {name: inside[name] + outside[name] for name in LANGUAGES},
        "outside": outside,
        "outcome": outcomes,
        "transfer": draw(many([f"{desk}/{result}" for desk in DESKS for result in RESULTS])),
        "entered": entered,
        "left": left,
        "heard": heard,
    }
    return Month(FIRST, amounts, days)


def tables(month: Month) -> dict[str, Report]:
    return {report.table: report for report in reports(month, helpline())}


def total(report: Report) -> int | None:
    """As far as it is told."""
    amounts = [row.amount for row in report.rows]
    return None if None in amounts else sum(amounts)


class Attack:
    """Everything that is shown as equations; what they determine is worked out."""

    def __init__(self, secrets: dict[str, int]) -> None:
        self.secrets, self.rows = secrets, []
        self.position = {name: index for index, name in enumerate(secrets)}

    def learn(self, names, amount: int | None) -> None:
        if amount is None:
            return
        row = np.zeros(len(self.secrets))
        for name in names:
            row[self.position[name]] = 1
        assert row @ list(self.secrets.values()) == amount, (names, amount)
        self.rows.append(row)

    def learn_table(self, report: Report, parts) -> None:
        for row in report.rows:
            self.learn(
                [secret for name in row.names for part in parts(name) for secret in parts(name)[part]], row.amount
            )
            for part, amount in (row.parts or {}).items():
                self.learn([secret for name in row.names for secret in parts(name)[part]], amount)

    def small(self, *wholes: list[str]) -> dict[str, int]:
        """The numbers from 1 to 4 that follow from what was learnt: single ones, and these sums."""
        known = np.array(self.rows) if self.rows else np.zeros((1, len(self.secrets)))
        _, values, vectors = np.linalg.svd(known)
        free = vectors[int((values > 1e-9).sum()) :]
        found = {}
        for names in (*([name] for name in self.secrets), *wholes):
            unknown = np.abs(free[:, [self.position[name] for name in names]].sum(axis=1)) > 1e-9
            amount = sum(self.secrets[name] for name in names)
            if 0 < amount < 5 and not unknown.any():
                found[" + ".join(names)] = amount
        return found


@QUICK
@given(month_of())
def test_no_language_in_or_outside_opening_hours_can_be_worked_out(month):
    chosen, outside = month.amounts["language"], month.amounts["outside"]
    secrets = {f"{name} outside": outside[name] for name in LANGUAGES}
    attack = Attack(secrets | {f"{name} inside": chosen[name] - outside[name] for name in LANGUAGES})
    attack.learn_table(
        tables(month)["languages"],
        lambda name: {part: [f"{name} {part}"] for part in ("inside", "outside")},
    )
    attack.learn(attack.secrets, sum(attack.secrets.values()))
    assert not attack.small(*[[f"{name} inside", f"{name} outside"] for name in LANGUAGES])


@QUICK
@given(month_of())
def test_no_outcome_of_a_desk_can_be_worked_out(month):
    transfers = month.amounts["transfer"]
    attack = Attack({**month.amounts["outcome"], **transfers})
    attack.learn_table(
        tables(month)["outcomes"],
        lambda name: {"": [name]} if name in OUTCOMES else {desk: [f"{desk}/{name}"] for desk in DESKS},
    )
    attack.learn(attack.secrets, sum(attack.secrets.values()))
    assert not attack.small(*[[f"{desk}/{result}" for desk in DESKS] for result in RESULTS])


@QUICK
@given(month_of())
def test_no_menu_can_be_worked_out_from_the_prompts_that_it_says(month):
    entered, left = month.amounts["entered"], month.amounts["left"]
    secrets = {f"{page} went on": left[page] for page in PAGES}
    secrets |= {f"{page} ended": entered[page] - left[page] for page in PAGES}
    secrets["farewell"] = month.amounts["outcome"]["farewell"]
    attack, shown = Attack(secrets), tables(month)

    def parts(page: str) -> dict[str, list[str]]:
        return {part: [f"{page} {part}"] for part in ("went on", "ended")}

    attack.learn_table(shown["menus"], parts)
    attack.learn([name for name in secrets if name != "farewell"], sum(entered.values()))
    attack.learn([f"{page} ended" for page in PAGES], total(shown["hours"]))
    attack.learn([f"{LIST} went on"], total(shown["languages"]))
    for row in shown["prompts"].rows:
        if row.amount is not None:
            (prompt,) = row.names
            said = [secret for page in PLACES[prompt] for part in parts(page).values() for secret in part]
            attack.learn([*said, *(["farewell"] if prompt in helpline().flow.farewell else [])], row.amount)
    for row in shown["outcomes"].rows:
        if row.names == ("farewell",):
            attack.learn(["farewell"], row.amount)
    assert not attack.small(*[[f"{page} went on", f"{page} ended"] for page in PAGES])


@QUICK
@given(month_of())
def test_no_number_under_five_is_shown_anywhere(month):
    for report in reports(month, helpline()):
        for row in report.rows:
            for amount in (row.amount, *(row.parts or {}).values()):
                assert amount is None or amount == 0 or amount >= 5, (report.table, row)


@QUICK
@given(month_of())
def test_every_name_is_in_exactly_one_row_and_sums_are_kept(month):
    shown = tables(month)
    for table, names in (("languages", LANGUAGES), ("menus", PAGES), ("hours", HOURS), ("prompts", HEARD)):
        found = [name for row in shown[table].rows for name in row.names]
        assert sorted(found) == sorted(names)
    amounts = [row.amount for row in shown["hours"].rows]
    assert None in amounts or sum(amounts) == sum(month.amounts["call"].values())


@pytest.fixture(scope="module")
def twenty(tmp_path_factory):
    """Twenty calls whose numbers are known, and what is shown of them."""
    url = f"sqlite:///{tmp_path_factory.mktemp('twenty') / 'ivr.db'}"
    counts = counting(url)
    served = counted_app(counts)
    counts.start()
    for keys, times in (("02 1 2 gone", 7), ("01 2 wait", 6), ("02 0 1 answer talked gone", 5), ("4# gone", 2)):
        for _ in range(times):
            call(served, keys)
    for _ in range(5):
        call(served, "02 0 wait", NONE_OPEN)
    counts.stop()
    with connected(url) as connection:
        month = read_month(connection, date(2026, 11, 24))
        assert months_counted(connection) == (FIRST,)
    return {
        report.table: [(row.names, row.amount, row.parts) for row in report.rows]
        for report in reports(month, helpline())
    }


def told(rows) -> dict[str, int]:
    return {names[0]: amount for names, amount, _parts in rows if len(names) == 1 and amount}


def test_the_reports_of_calls_whose_numbers_are_known(twenty):
    assert told(twenty["days"]) == {"2026-11-24": 25}
    assert told(twenty["hours"]) == {"11": 20, "20": 5}
    assert told(twenty["languages"]) == {"en": 17}
    others = [(set(names), amount) for names, amount, _parts in twenty["languages"] if len(names) > 1]
    assert others == [(set(LANGUAGES) - {"en"}, 8)]
    assert told(twenty["outcomes"]) == {"answer": 11, "answered": 5, "nobody-open": 5}
    assert (("answered",), 5, {"cinga": 0, "fresc": 5}) in twenty["outcomes"]
    menus = {names[0]: (amount, parts) for names, amount, parts in twenty["menus"] if amount}
    assert menus["group_b"] == (7, {"went on": 0, "ended": 7})
    assert menus["papers"] == (7, {"went on": 7, "ended": 0})
    assert menus["booking"] == (6, {"went on": 0, "ended": 6})
    assert told(twenty["prompts"])["answer.group_b"] == 7


def test_a_language_split_into_a_small_part_is_not_split(twenty):
    assert (("en",), 17, {"inside": 12, "outside": 5}) in twenty["languages"]
    month = Month(FIRST, NOTHING | {"language": {"en": 17}, "outside": {"en": 15}}, {})
    assert next(row for row in tables(month)["languages"].rows if row.names == ("en",)).parts is None


def test_what_the_content_no_longer_has_is_still_reported():
    month = Month(FIRST, NOTHING | {"entered": {"a_menu_of_yesterday": 12, "main": 20}}, {})
    assert ("a_menu_of_yesterday",) in [row.names for row in tables(month)["menus"].rows]


def test_a_passage_counted_on_both_sides_of_a_months_end_makes_nothing_negative():
    month = Month(FIRST, NOTHING | {"entered": {"main": 20}, "left": {"main": 21}}, {})
    row = next(row for row in tables(month)["menus"].rows if row.names == ("main",))
    assert row.parts == {"went on": 20, "ended": 0}
