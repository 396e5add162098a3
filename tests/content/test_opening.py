"""When a desk opens is told from the caller's day, by a clip whose name says which sentence it is."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from ivr.content.opening import Opening, occurring_openings, opening, opening_texts
from tests.cast import helpline

TUESDAY = datetime(2026, 11, 24, 20)


@pytest.mark.parametrize(
    ("opens_at", "told", "prompt"),
    [
        ("2026-11-24 21:30", Opening("today", time(21, 30)), "opens.today.2130"),
        ("2026-11-25 09:00", Opening("tomorrow", time(9)), "opens.tomorrow.0900"),
        ("2026-11-26 09:00", Opening("weekday", time(9), "thursday"), "opens.weekday.thursday.0900"),
        ("2026-11-30 10:00", Opening("weekday", time(10), "monday"), "opens.weekday.monday.1000"),
        ("2026-12-01 09:00", Opening("date", time(9), "tuesday", "12-01"), "opens.date.1201.tuesday.0900"),
    ],
)
def test_an_opening_is_told_by_the_day_on_which_the_caller_asks(opens_at, told, prompt):
    assert opening(TUESDAY, datetime.fromisoformat(opens_at)) == told
    assert told.prompt == prompt


def test_every_opening_that_occurs_has_a_clip_of_its_own():
    openings = occurring_openings(helpline())["en"]
    assert {each.kind for each in openings} == {"today", "tomorrow", "weekday", "date"}
    assert len({each.prompt for each in openings}) == len(openings)


def test_an_opening_without_a_word_in_a_language_has_no_sentence_there():
    words = helpline().texts["en"].opening
    late, known = Opening("weekday", time(23, 59), "monday"), Opening("weekday", time(9), "monday")
    new_year = Opening("date", time(9), "friday", "01-02")
    (said,) = opening_texts("en", words, [late, known, new_year])
    assert said.prompt == "opens.weekday.monday.0900"
    assert "Monday" in said.text
