"""The crisis line and the town's line of `ivr new` at moments that matter (the third: test_another_helpline)."""

from __future__ import annotations

import pytest

from ivr.simulator import FIRST, OTHER, Call
from tests.lines import LISTENERS, OFFICE, REFUGE, call, crisis, texts, town

LINES = {"crisis": crisis, "town": town}
REFUGE_IS, LISTENERS_ARE = "This desk belongs to the women's refuge.", "The listeners are not here now."
both_readings = pytest.mark.parametrize("readings", [FIRST, OTHER], ids=["first reading", "other reading"])


def quick(kind: str, at: str, keys: str = "", **phone: object) -> Call:
    """A caller who presses each key at once, or waits."""
    made = call(LINES[kind](), at, **phone)
    for key in keys.split():
        made.wait() if key == "wait" else made.press(key, after=0.1)
    return made


def rung(made: Call) -> list[str]:
    return [each.number for each in made.dialled]


@both_readings
@pytest.mark.parametrize(
    "at",
    ["2026-12-24 23:59:59", "2026-12-25 00:00:00", "2026-11-01 01:59:59", "2027-03-14 01:59:59", "2026-11-26 12:00"],
)
def test_the_refuge_rings_at_any_second_of_a_day_and_in_nights_in_which_clocks_are_set(at, readings):
    for language, waiting in (("1", "We are calling. Please wait."), ("2", "Estamos llamando. Espere por favor.")):
        made = quick("crisis", at, f"{language} 1", readings=readings)
        assert (texts(made), made.state, rung(made)) == ([waiting], "ringing", [REFUGE])


@pytest.mark.parametrize(
    ("at", "first"),
    [
        ("2026-12-09 21:59:50", REFUGE),
        ("2026-12-09 22:00:00", LISTENERS),
        ("2026-12-09 23:59:59", LISTENERS),
        ("2026-12-10 00:00:00", LISTENERS),
        ("2026-12-10 05:59:50", LISTENERS),
        ("2026-12-10 06:00:00", REFUGE),
        ("2026-11-01 00:59:59", LISTENERS),  # the hour from one on comes twice
        ("2026-11-01 01:30:00", LISTENERS),
        ("2026-11-01 05:59:50", LISTENERS),
        ("2026-11-01 06:00:00", REFUGE),
        ("2027-03-14 01:59:59", LISTENERS),  # the hour from two on is left out
        ("2027-03-14 05:59:50", LISTENERS),
        ("2027-03-14 06:00:00", REFUGE),
    ],
)
def test_the_listeners_ring_at_night_and_the_refuge_in_their_place_by_day(at, first):
    made = quick("crisis", at, "1 2")
    assert rung(made) == [first]
    assert (REFUGE_IS in texts(made)) is (LISTENERS_ARE in texts(made)) is (first == REFUGE)


def test_whom_the_listeners_cannot_take_the_refuge_does_after_it_was_named():
    made = quick("crisis", "2026-12-09 23:00", "2 2").desk("no-answer")
    assert texts(made)[:2] == ["Nadie contestó.", "Este servicio es del refugio de mujeres."]
    assert rung(made) == [LISTENERS, REFUGE]


def test_whoever_picks_up_hears_the_language_and_presses_a_key_and_a_machine_is_never_joined():
    made = quick("crisis", "2026-12-09 23:00", "2 1").desk("answer")
    asked = [sound.text for sound in made.heard if sound.leg == "desk"]
    assert asked == ["A caller who speaks Spanish.", "To take the call, press one."]
    assert made.desk_press("1").state == "talking"
    machine = quick("crisis", "2026-12-09 12:00", "1 1").desk("answer").wait()
    assert machine.state != "talking"
    assert "Nobody answered." in [sound.text for sound in machine.heard]


@both_readings
def test_the_quick_way_out_ends_the_call_with_harmless_words(readings):
    made = quick("crisis", "2026-12-09 23:00", "2 3", readings=readings)
    assert (texts(made), made.ended_by) == (["Esta encuesta ha terminado. Gracias."], "hangup")


def test_silence_after_the_language_leads_to_the_refuge():
    made = quick("crisis", "2026-12-09 03:00", "1 wait wait")
    assert (texts(made)[0], rung(made)) == (REFUGE_IS, [REFUGE])


def test_who_speaks_neither_language_is_greeted():
    assert texts(quick("crisis", "2026-12-09 03:00"))[2:] == [
        "Đường dây này nói tiếng Anh và tiếng Tây Ban Nha.", "English, one.", "Español, dos.",
    ]  # fmt: skip


CLOSED = "The office is closed now."


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-12-07 09:00:00", ""),  # Monday
        ("2026-12-07 17:00:00", "Call again tomorrow at nine in the morning."),
        ("2026-12-09 17:30:00", "Call again today at six in the evening."),  # the second Wednesday
        ("2026-12-09 19:59:40", ""),
        ("2026-12-09 20:00:00", "Call again tomorrow at nine in the morning."),
        ("2026-12-23 18:00:00", ""),  # the fourth
        ("2026-12-16 18:00:00", "Call again tomorrow at nine in the morning."),  # the third
        ("2026-11-26 09:59:00", "Call again today at ten in the morning."),  # Thanksgiving
        ("2026-11-26 10:00:00", ""),
        ("2026-11-26 12:00:00", "Call again tomorrow at nine in the morning."),
        ("2026-11-25 23:59:59", "Call again tomorrow at ten in the morning."),  # asked a second later, it is today
        ("2026-12-25 10:30:00", "Call again on Monday at nine in the morning."),  # Christmas, closed whatever else
    ],
)
def test_the_town_s_office_keeps_its_wednesdays_and_holidays(at, told):
    made = quick("town", at, "6")
    assert texts(made)[0] == "The garbage office belongs to the town."
    assert rung(made) == ([] if told else [OFFICE])
    assert [text for text in texts(made) if text in (CLOSED, told)] == ([CLOSED, told] if told else [])


NEWS = "Over New Year, everything is collected one day later."
FIRST_WORDS = ["The town's garbage line.", "Put everything out by seven in the morning.", "General garbage, press one."]


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-12-27 23:59:59", False),
        ("2026-12-28 00:00:00", True),
        ("2027-01-03 23:59:59", True),
        ("2027-01-04 00:00:00", False),
    ],
)
def test_the_town_s_call_begins_without_a_list_and_with_its_news_on_their_days(at, said):
    assert texts(quick("town", at))[: 3 + said] == [FIRST_WORDS[0], *[NEWS] * said, *FIRST_WORDS[1:]]


def test_each_of_six_keys_answers_and_star_begins_again():
    at = "2026-12-07 12:00"
    first = [texts(quick("town", at, key))[0] for key in "123456"]
    assert len({*first}) == 6
    assert texts(quick("town", at, "*"))[0] == FIRST_WORDS[0]
    assert texts(quick("town", at, "2 9"))[0] == FIRST_WORDS[2]
