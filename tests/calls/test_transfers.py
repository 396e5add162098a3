"""From the offer to the desk and back: who is offered, what is dialled, and what follows each outcome."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ivr.content.desk_order import desk_order
from ivr.content.hours import USUAL, Override
from ivr.content.model import Desk
from ivr.content.schedule import Days, Interval
from ivr.database.no_database import Database
from ivr.simulator import Call, WsgiTransport
from tests.cast import (
    BOTH_OPEN,
    CINGA,
    FRESC,
    LINE,
    NOBODY,
    NONE_OPEN,
    NUMBERS,
    ONLY_FRESC,
    TOKEN,
    TOKYO,
    URL,
    app,
    call,
    call_reaching,
    changed,
    helpline,
    name_of,
    offered,
)
from tests.flow.test_matching import HOURS

CODES = {"ja": "01", "en": "02"}
KEYS = {"en": {"fresc": "1", "cinga": "2"}, "ja": {"cinga": "1", "fresc": "2"}}
PHONES = {"cinga": CINGA, "fresc": FRESC}


def operators(prompts: list[str], language: str) -> tuple[str, ...]:
    offers = [name.partition("/")[2] for name in prompts if ".offer." in name and name.startswith(f"{language}/")]
    return tuple(offer.partition(".")[0] for offer in offers)


def ringing(language: str = "en", desk: str = "fresc", at: str = BOTH_OPEN, **options):
    """A call in which this desk is ringing."""
    made = call(at, f"{CODES[language]} 0", **options)
    listen(made)
    made.press(KEYS[language][desk])
    assert made.state == "ringing"
    return made


def listen(made, rounds: int = 3):
    """Hear the offers of all desks: the pause between two of them is a Gather of its own."""
    for _ in range(rounds):
        if made.prompts and made.prompts[-1].endswith(("key.back", "key.first")):
            return made
        if made.state != "waiting":
            return made
        made.wait()
    return made


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(("moment", "desks"), HOURS)
def test_a_caller_is_offered_exactly_the_desks_of_the_table(language, moment, desks):
    made = listen(call_reaching(moment, f"{CODES[language]} 0"))
    expected = desks if language == "en" else tuple(reversed(desks))
    assert operators([sound.prompt for sound in made.heard], language) == expected


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    ("at", "desk"), [(BOTH_OPEN, "fresc"), (BOTH_OPEN, "cinga"), (ONLY_FRESC, "fresc"), ("2026-11-24 16:30", "fresc")]
)
def test_a_caller_is_connected_to_the_number_configured_and_no_other_with_the_lines_own_caller_id(language, at, desk):
    made = ringing(language, desk, at)
    assert [(dialled.number, dialled.caller_id) for dialled in made.dialled] == [(PHONES[desk], LINE)]


@pytest.mark.parametrize(
    ("desk", "moment", "rings"),
    [
        ("cinga", "2026-11-24 15:59:59", True),
        ("cinga", "2026-11-24 16:00:00", False),
        ("fresc", "2026-11-24 16:59:59", True),
        ("fresc", "2026-11-24 17:00:00", False),
    ],
)
def test_hours_are_checked_again_at_the_very_moment_of_dialling(desk, moment, rings):
    alike = BOTH_OPEN if desk == "cinga" else "2026-11-24 16:30"
    elapsed = next(page.at for page in ringing("en", desk, alike).documents if "/dial?" in page.url)
    made = call(str(datetime.fromisoformat(moment) - timedelta(seconds=elapsed)), "02 0")
    listen(made).press(KEYS["en"][desk])
    assert ("en/transfer.wait" in made.prompts) is True
    assert (made.state == "ringing") is rings
    assert ("en/transfer.closed" in made.prompts) is not rings
    assert len(made.dialled) == rings


def test_before_a_desk_is_offered_its_operator_is_named_and_what_will_happen():
    made = listen(call(BOTH_OPEN, "02 0"))
    prompts = [sound.prompt for sound in made.heard if sound.turn > 1]
    assert prompts[:3] == ["en/fresc.operator", "en/fresc.how", "en/fresc.offer.1"]
    assert prompts[3:7] == ["en/cinga.operator", "en/cinga.how", "en/cinga.other", "en/cinga.offer.2"]


@pytest.mark.parametrize("keys", ["1", "11", "1111", "2", "12", "21"])
@pytest.mark.parametrize("type_ahead", ["dropped", "kept"])
def test_keys_typed_ahead_never_connect_before_the_operator_was_named_in_full(keys, type_ahead):
    made = call(BOTH_OPEN, "02", type_ahead=type_ahead)
    made.press(f"0{keys}", after=0)
    for dialled in made.dialled:
        assert named_in_full(made, dialled)


def named_in_full(made, dialled) -> bool:
    desk = next(name for name, number in PHONES.items() if number == dialled.number)
    before = [sound for sound in made.heard if sound.started_at < dialled.at and sound.leg == "caller"]
    return any(name_of(sound).endswith(f"/{desk}.operator") and not sound.cut for sound in before)


def test_the_caller_learns_what_to_say_twice_in_japanese_and_the_desk_hears_the_language_only():
    made = ringing("en")
    assert made.prompts == ["en/transfer.say", *["ja/transfer.sentence.en"] * 2, "en/transfer.wait"]
    made.desk("answer")
    assert [sound.text for sound in made.heard if sound.leg == "desk"] == ["英語が 必要な 人からの 電話です。"]
    assert made.dialled[0].timeout == 25
    assert made.dialled[0].time_limit == 3600


@pytest.mark.parametrize("language", offered())
def test_every_offered_language_leads_from_the_welcome_to_a_desk_and_no_other_language_is_heard(language):
    """But for the sentence that is meant for the desk."""
    entry = helpline().languages[language]
    first = desk_order(helpline(), language)[0]
    made = call(BOTH_OPEN, f"{entry.code} 1 2 0 1")
    assert made.dialled[0].number == PHONES[first]
    for sound in made.heard:
        if sound.turn == 0 or name_of(sound) == f"ja/transfer.sentence.{language}":
            continue
        assert name_of(sound).partition("/")[0] == language
    made.desk("answer")
    assert [name_of(sound) for sound in made.heard if sound.leg == "desk"] == [f"ja/whisper.{language}"]


@pytest.mark.parametrize(
    ("outcome", "prompt"), [("busy", "busy"), ("no-answer", "no_answer"), ("failed", "failed"), ("leave", "no_answer")]
)
def test_a_desk_that_cannot_be_reached_is_told_and_the_other_is_offered(outcome, prompt):
    made = listen(ringing("en").desk(outcome))
    heard = [sound.prompt for sound in made.heard]
    told = heard.index(f"en/transfer.{prompt}")
    assert operators(heard[told:], "en") == ("cinga",)
    made.press("2")
    assert [dialled.number for dialled in made.dialled] == [FRESC, CINGA]
    made.desk(outcome)
    assert f"en/transfer.{prompt}" in made.prompts
    assert "en/transfer.sorry" in made.prompts
    assert made.prompts[-1] == "en/key.person"
    assert made.press("1").prompts[0] == "en/papers.group_a"


@pytest.mark.parametrize("outcome", ["busy", "no-answer", "failed", "leave"])
def test_with_no_other_desk_open_a_failure_leads_back_to_the_menu(outcome):
    made = ringing("ja", "fresc", ONLY_FRESC).desk(outcome)
    assert "ja/transfer.sorry" in made.prompts
    assert made.prompts[-4:] == ["ja/main.papers.short", "ja/main.booking.short", "ja/main.help.short", "ja/key.person"]


@pytest.mark.parametrize("hang_up", ["ringing", "talking", "before", "after"])
def test_a_caller_may_hang_up_at_any_point_of_a_transfer(hang_up):
    made = ringing("en")
    if hang_up == "talking":
        made.desk("answer")
    if hang_up == "after":
        made.desk("busy")
    made.hang_up()
    assert made.ended_by == "caller"
    assert made.problems == []


def test_a_desks_own_further_numbers_are_rung_before_the_other_desk_is_offered():
    second = "+999570330099"
    made = ringing("en", environ={**NUMBERS, "FRESC_PHONE": f"{FRESC}, {second}"}).desk("busy")
    assert made.state == "ringing"
    assert made.prompts == ["en/transfer.wait"]
    assert [dialled.number for dialled in made.dialled] == [FRESC, second]
    listen(made.desk("no-answer"))
    assert "cinga" in operators([sound.prompt for sound in made.heard if sound.turn > 5], "en")
    assert len(made.dialled) == 2


@pytest.mark.parametrize("language", ["ja", "en"])
def test_with_nobody_open_each_desks_hours_are_told_and_when_it_opens(language):
    made = call("2026-12-28 17:00", f"{CODES[language]} 0")
    desks = {
        "fresc": ["fresc.hours", "fresc.closed_days", "opens.date.0104.monday.0900"],
        "cinga": ["cinga.hours", "cinga.closed_days", "opens.date.0104.monday.1000"],
    }
    order = ("fresc", "cinga") if language == "en" else ("cinga", "fresc")
    expected = ["desks.closed", *desks[order[0]], *desks[order[1]], "key.again", "key.back", "key.first"]
    assert made.prompts == [f"{language}/{prompt}" for prompt in expected]


@pytest.mark.parametrize(
    ("moment", "prompt"),
    [
        ("2026-11-23 12:00", "tomorrow.0900"),
        ("2026-11-24 07:00", "today.0900"),
        ("2026-11-27 18:00", "weekday.monday.0900"),
        ("2026-12-28 18:00", "date.0104.monday.0900"),
    ],
)
def test_the_next_opening_is_told_in_a_whole_sentence(moment, prompt):
    assert f"en/opens.{prompt}" in call(moment, "02 3 1").prompts


def test_an_opening_that_no_clip_says_is_told_by_a_general_sentence():
    """The eighth of January: a bridge of holidays that does not occur in the days for which clips are made."""
    late = helpline().desks["fresc"].model_copy(update={"closed": (Days((12, 29), (1, 7)),)})
    line = replace(helpline(), desks={**helpline().desks, "fresc": late})
    assert "en/opens.generic" in call("2026-12-28 18:00", "02 3 1", line=line).prompts


@pytest.mark.parametrize(
    ("moment", "prompt"),
    [
        ("2026-11-27 18:00", "weekday.wednesday.0900"),  # Monday and Tuesday of this year are closed
        ("2027-11-26 18:00", "weekday.monday.0900"),
        ("2026-12-23 17:30", "tomorrow.0900"),  # half a day on the 24th
        ("2026-12-24 12:00", "tomorrow.0900"),
        ("2026-11-22 12:00", "tomorrow.0900"),  # a holiday with hours of its own
        ("2027-08-11 17:30", "tomorrow.0900"),
    ],
)
def test_callers_hear_when_a_desk_opens_also_around_single_days(moment, prompt):
    said = {
        "closed": ["2026-11-30 to 2026-12-01"],
        "open": {"12-24": "09:00-12:00"},
        "hours": {"monday-friday": "09:00-17:00", "holidays": "09:00-12:00"},
    }
    fresc = Desk.model_validate({**helpline().desks["fresc"].model_dump(), **said})
    line = replace(helpline(), desks={**helpline().desks, "fresc": fresc})
    assert f"en/opens.{prompt}" in call(moment, "02 3 1", line=line).prompts


class Said(Database):
    """FRESC is opened from Saturday to the holiday on Monday, and closed at lunch."""

    def overrides(self):
        begins, ends = (datetime.fromisoformat(day).replace(tzinfo=TOKYO) for day in ("2026-11-21", "2026-11-24"))
        lunch = Override(open=False, since=begins, until=ends, hours=Interval(12 * 60, 13 * 60))
        return {"fresc": (lunch, Override(open=True, since=begins, until=ends, hours=USUAL))}


@pytest.mark.parametrize(
    ("moment", "heard"),
    [
        ("2026-11-21 11:00", "opens.weekday.monday.0900"),  # a Saturday has no usual hours
        ("2026-11-22 11:00", "opens.tomorrow.0900"),
        ("2026-11-23 08:00", "opens.today.0900"),
        ("2026-11-23 11:00", "fresc.offer.1"),
        ("2026-11-23 12:30", "opens.generic"),  # no clip says one o'clock
        ("2026-11-23 13:00", "fresc.offer.1"),
        ("2026-11-23 17:00", "opens.tomorrow.0900"),
    ],
)
def test_a_desk_that_staff_opened_for_days_answers_at_its_usual_hours_and_callers_hear_when(moment, heard):
    made = Call(
        WsgiTransport(app(helpline(), counts=Said())),
        URL,
        token=TOKEN,
        to=LINE,
        at=datetime.fromisoformat(moment).replace(tzinfo=TOKYO),
    ).start()
    made.press("02").press("3").press("1")
    told = [prompt for prompt in made.prompts if "/opens." in prompt or ".offer." in prompt]
    assert told == [f"en/{heard}"]


@pytest.mark.parametrize("options", [{"environ": NOBODY}, {"to": "client:line"}, {"environ": NOBODY, "at": NONE_OPEN}])
def test_without_numbers_or_an_own_caller_id_nobody_is_offered_and_the_desks_are_still_told(options):
    made = call(options.pop("at", BOTH_OPEN), "02 0", **options)
    assert made.prompts[:2] == ["en/desks.none", "en/help.intro"]
    made.press("1")
    assert {"en/fresc.operator", "en/fresc.how", "en/fresc.hours"} <= set(made.prompts)
    assert not operators(made.prompts, "en")
    made.press("1")
    assert made.dialled == []


def test_the_callers_own_number_never_reaches_a_desk():
    made = ringing("en", from_="+9999011112222")
    assert {dialled.caller_id for dialled in made.dialled} == {LINE}


def test_a_configured_caller_id_is_shown_instead_of_the_number_that_was_called():
    own = "+999501119999"
    made = ringing("en", environ={**NUMBERS, "CALLER_ID": own}, owned=frozenset({own}))
    assert made.dialled[0].caller_id == own


def test_a_desks_number_is_read_digit_by_digit_twice_where_the_operator_allows_it():
    desk = helpline().desks["fresc"].model_copy(update={"say_number": True})
    line = replace(changed(country_code="999"), desks={**helpline().desks, "fresc": desk})
    made = ringing("en", at=ONLY_FRESC, line=line).desk("busy")
    start = made.prompts.index("en/transfer.number") + 1
    digits = [f"en/digit.{digit}" for digit in "0" + FRESC.removeprefix("+999")]
    assert made.prompts[start : start + 2 * len(digits)] == digits * 2


@pytest.mark.parametrize("keys", ["02 0", "02 3 1", "02 3 2"])
def test_silence_where_nobody_can_be_connected_is_a_goodbye(keys):
    made = call(NONE_OPEN, keys).wait()
    assert made.prompts == ["en/goodbye"]
    assert made.ended_by == "hangup"


@pytest.mark.parametrize("keys", ["02 0", "02 3 1"])
def test_silence_where_a_desk_is_open_brings_its_offer_again_in_short(keys):
    made = listen(call(ONLY_FRESC, keys)).wait()
    assert made.prompts[:2] == ["en/silence", "en/fresc.offer.1"]
    assert made.press("1").state == "ringing"
