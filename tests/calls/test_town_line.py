"""A town's garbage line: one key chooses the language, nobody to talk to, and a notice on some days."""

from __future__ import annotations

import pytest

from ivr.simulator import FIRST, OTHER
from tests.lines import call, texts, town

WORKDAY = "2026-12-28 23:59:50"
LIST = ["English, one.", "Español, dos."]
NAMES = ["The garbage line.", "La línea de la basura."]
both_readings = pytest.mark.parametrize("readings", [FIRST, OTHER], ids=["first reading", "other reading"])


@both_readings
def test_one_key_chooses_the_language_and_nobody_waits_for_a_second_one(readings):
    assert texts(call(town(), WORKDAY, readings=readings)) == [*NAMES, *LIST]
    made = call(town(), WORKDAY, readings=readings)
    made.press("2", after=0.5)
    assert texts(made)[:3] == ["Español.", "Ahora también recogemos pilas.", "La basura se recoge los lunes."]
    assert made.documents[-1].at < 1, "the answer comes with the key"


@both_readings
def test_keys_without_a_language_say_the_list_again(readings):
    for key in "03489*":
        assert texts(call(town(), WORKDAY, key, readings=readings)) == LIST, key
    assert texts(call(town(), WORKDAY, "#", readings=readings)) == [*NAMES, *LIST]
    assert texts(call(town(), WORKDAY, "1 *", readings=readings)) == [*NAMES, *LIST], "back from the first menu"


def test_six_options_are_offered_and_work():
    made = call(town(), WORKDAY, "1")
    assert [text for text in texts(made) if text.endswith((" one.", " six."))] == ["Large things, one.", "Glass, six."]
    assert texts(made.press("6"))[0] == "Everything else is collected on Fridays."


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-12-28 23:59:59", False),
        ("2026-12-29 00:00:00", True),
        ("2027-01-03 23:59:59", True),
        ("2027-01-04 00:00:00", False),
    ],
)
def test_a_notice_is_heard_on_its_days_both_included_in_the_lines_own_time_zone(at, said):
    english, spanish = (call(town(), at).press(key, after=0.1) for key in "12")
    assert ("No collection over the new year." in texts(english)) is said
    assert "Ahora también recogemos pilas." in texts(spanish), "one without days is heard on all"


def test_who_asks_for_a_person_is_told_that_there_is_none_and_hears_the_first_menu():
    made = call(town(), WORKDAY, "1 2 0")
    assert texts(made)[:2] == ["This line cannot connect you.", "Burnable garbage is collected on Mondays."]
    assert made.dialled == []
