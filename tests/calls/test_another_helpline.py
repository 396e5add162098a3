"""A second, different folder is served by the same code: the one that `ivr new` makes, in another time zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from ivr.cli.new import STARTER
from ivr.simulator import Call, WsgiTransport
from tests.cast import LINE, TOKEN, URL, app, helpline

NURSE = "+12025550123"
RECEPTION = "+12025550124"
NEW_YORK = ZoneInfo("America/New_York")


def clinic(at: str, keys: str = "") -> Call:
    moment = datetime.fromisoformat(at).replace(tzinfo=NEW_YORK)
    served = app(helpline(STARTER / "prompts"), {"NURSE_PHONE": NURSE, "RECEPTION_PHONE": RECEPTION})
    made = Call(WsgiTransport(served), URL, token=TOKEN, to=LINE, at=moment, portable=True).start()
    for key in keys.split():
        made.press(key)
    return made


def texts(made: Call) -> list[str]:
    return [sound.text for sound in made.just_heard]


def test_its_own_menus_keys_and_languages_are_heard():
    listed = ["English, zero one.", "Español, cero dos.", "Français, zéro trois."]
    assert texts(clinic("2026-11-24 10:00")) == ["The night clinic.", "La clínica de noche.", *listed]
    assert texts(clinic("2026-11-24 10:00", "03"))[4:6] == [
        "Pour votre visite, tapez un.",
        "Des personnes qui aident, deux.",
    ]
    assert (
        texts(clinic("2026-11-24 10:00", "03 1 2"))[0] == "Apportez vos médicaments, ou une liste de vos médicaments."
    )


@pytest.mark.parametrize(
    ("at", "rings"),
    [
        ("2026-11-24 11:00", True),
        ("2026-11-24 12:30", False),  # lunch
        ("2026-11-24 13:31", True),
        ("2026-11-24 17:58", True),
        ("2026-11-24 18:00", False),
        ("2026-11-26 11:00", False),  # Thanksgiving Day
        ("2026-11-27 11:00", True),
        ("2026-11-27 14:00", False),  # Friday afternoon
        ("2026-12-30 11:00", False),  # the end of the year
    ],
)
def test_its_desk_keeps_its_own_hours_in_its_own_time_zone(at, rings):
    made = clinic(at, "01 2 1")
    made.press("1")
    assert (made.state == "ringing") is rings
    assert [dialled.number for dialled in made.dialled] == ([NURSE] if rings else [])


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-11-24 12:10", "Call again today at half past one."),
        ("2026-11-24 18:10", "Call again tomorrow at nine in the morning."),
        ("2026-11-25 18:10", "Call again on Friday at nine in the morning."),
        ("2026-12-23 18:10", "Call again on Monday, January the fourth, at nine in the morning."),
    ],
)
def test_when_its_desk_opens_again_is_told(at, told):
    assert told in texts(clinic(at, "01 2 1"))


@pytest.mark.parametrize(("language", "first"), [("01", NURSE), ("02", RECEPTION), ("03", NURSE)])
def test_the_desk_that_speaks_a_language_best_is_the_first(language, first):
    assert clinic("2026-11-24 11:00", f"{language} 0 1").dialled[0].number == first


def test_what_will_happen_is_told_before_the_key_for_each_kind_of_language():
    direct, interpreter = texts(clinic("2026-11-24 11:00", "01 2 1")), texts(clinic("2026-11-24 11:00", "02 2 2"))
    assert direct[1:4] == [
        "The nurse answers questions about your visit.",
        "The nurse speaks English.",
        "To be connected to the nurse, press one.",
    ]
    assert interpreter[2:4] == ["La enfermera habla inglés.", "Un intérprete de español se une a la llamada."]
    assert "D'autres langues sont possibles." in texts(clinic("2026-11-24 11:00", "03 2 1"))
    assert "Il ne propose pas d'autre langue." in texts(clinic("2026-11-24 11:00", "03 2 2"))


def test_its_desk_rings_as_long_as_it_says_and_is_told_the_language():
    made = clinic("2026-11-24 10:30", "03 0 1")
    assert (made.dialled[0].timeout, made.dialled[0].time_limit) == (20, 1800)
    made.desk("answer")
    assert [sound.text for sound in made.heard if sound.leg == "desk"] == ["A caller who speaks French."]
