"""Lines whose codes have one digit: a single key chooses the language. And news with days in one of two languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr.flow.places import Place
from ivr.simulator import FIRST, OTHER
from ivr.verify.walk import events
from tests.lines import call, crisis, noticed, texts, town

NIGHT = "2026-12-28 23:59:50"
LIST = ["English, one.", "Español, dos."]
NAMES = ["Safe Home line.", "Línea Casa Segura.", "Đường dây này nói tiếng Anh và tiếng Tây Ban Nha."]
both_readings = pytest.mark.parametrize("readings", [FIRST, OTHER], ids=["first reading", "other reading"])


@both_readings
def test_one_key_chooses_the_language_and_nobody_waits_for_a_second_one(readings):
    assert texts(call(crisis(), NIGHT, readings=readings)) == [*NAMES, *LIST]
    made = call(crisis(), NIGHT, readings=readings)
    made.press("2", after=0.5)
    assert texts(made)[:2] == ["Español.", "El refugio de mujeres: si está en peligro ahora, oprima uno."]
    assert made.documents[-1].at < 1, "the answer comes with the key"


@both_readings
def test_keys_without_a_language_say_the_list_again(readings):
    for key in "03489*":
        assert texts(call(crisis(), NIGHT, key, readings=readings)) == LIST, key
    assert texts(call(crisis(), NIGHT, "#", readings=readings)) == [*NAMES, *LIST]
    assert texts(call(crisis(), NIGHT, "1 *", readings=readings)) == [*NAMES, *LIST], "back from the first menu"


def test_the_proof_presses_each_key_alone_in_a_list_where_one_key_chooses():
    assert {event.digits for event in events(crisis(), Place(), "keys")} == set("0123456789*#")


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
    english, spanish = (call(noticed(), at).press(key, after=0.1) for key in "12")
    assert ("The listeners are away." in texts(english)) is said
    assert "Ahora somos más." in texts(spanish), "one without days is heard on all"


def test_who_asks_for_a_person_where_there_is_none_is_told_so_and_hears_the_first_menu():
    made = call(town(), NIGHT, "2 0", environ={"OFFICE_PHONE": ""})
    assert texts(made)[0] == "This line cannot connect you to a person."
    assert "Put everything out by seven in the morning." in texts(made)
    assert made.dialled == []


def test_a_greeting_without_clips_that_the_carrier_speaks_is_not_said_to_be_missing(caplog):
    greets = {"vi": crisis().about.greets["vi"].model_copy(update={"engines": ("gtts",)})}
    call(replace(crisis(), about=crisis().about.model_copy(update={"greets": greets})), NIGHT)
    (told,) = [record.getMessage() for record in caplog.records if "without a clip" in record.getMessage()]
    assert told.startswith("vi: 1 prompts without a clip, spoken by the carrier's voice")
