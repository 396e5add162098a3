"""A second, different folder is served by the same code: other menus, a lunch break, another time zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from ivr.phone import Call, WsgiTransport
from tests.cast import LINE, ROOT, TOKEN, URL, app, helpline

CLINIC = ROOT / "tests" / "clinic" / "prompts"
NURSE = "+12025550123"
NEW_YORK = ZoneInfo("America/New_York")


def clinic(at: str, keys: str = "") -> Call:
    moment = datetime.fromisoformat(at).replace(tzinfo=NEW_YORK)
    served = app(helpline(CLINIC), {"NURSE_PHONE": NURSE})
    made = Call(WsgiTransport(served), URL, token=TOKEN, to=LINE, at=moment, portable=True).start()
    for key in keys.split():
        made.press(key)
    return made


def texts(made: Call) -> list[str]:
    return [sound.text for sound in made.just_heard]


def test_its_own_menus_keys_and_languages_are_heard():
    assert texts(clinic("2026-11-24 10:00")) == ["The night clinic.", "English, zero one.", "Français, zéro sept."]
    assert texts(clinic("2026-11-24 10:00", "07"))[1:3] == ["Notre adresse, tapez un.", "Une infirmière, cinq."]
    assert texts(clinic("2026-11-24 10:00", "07 1"))[0] == "La clinique est dans Elm Street."


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
    ],
)
def test_its_desk_keeps_its_own_hours_in_its_own_time_zone(at, rings):
    made = clinic(at, "01 0")
    made.press("1")
    assert (made.state == "ringing") is rings
    assert [dialled.number for dialled in made.dialled] == ([NURSE] if rings else [])


def test_a_lunch_break_ends_the_same_day():
    assert "Open today at half past one." in texts(clinic("2026-11-24 12:10", "01 0"))


def test_its_desk_rings_as_long_as_it_says_and_is_told_the_language():
    made = clinic("2026-11-24 10:00", "07 0 1")
    assert (made.dialled[0].timeout, made.dialled[0].time_limit) == (15, 600)
    made.desk("answer")
    assert [sound.text for sound in made.heard if sound.leg == "desk"] == ["A caller who speaks French."]
