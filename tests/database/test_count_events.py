"""Known calls give known counts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from ivr.database.count_events import count_events
from ivr.flow import engine
from ivr.flow.engine import respond
from ivr.flow.places import Event, Place
from ivr.flow.situation import Situation
from tests.cast import BOTH_OPEN, FRESC, NONE_OPEN, NUMBERS, ONLY_FRESC, TOKYO, app, helpline
from tests.database.line import Memory, call, counted_app


def counted(keys: str = "", at: str = BOTH_OPEN, **options) -> Memory:
    memory = Memory()
    call(counted_app(memory), keys, at, **options)
    return memory


def test_a_call_is_counted_in_its_hour_of_the_helplines_day():
    memory = counted(at="2026-11-24 08:59")
    assert memory.of("call") == {"08": 1}
    assert {each.period for each in memory.amounts if each.kind == "call"} == {date(2026, 11, 24)}
    assert memory.of("entered") == {"languages": 1}


def test_topics_are_counted_by_month_and_languages_by_day():
    memory = counted("02 1 2")
    monthly = {each.kind for each in memory.amounts if each.period == date(2026, 11, 1)}
    assert monthly == {"entered", "left", "heard"}
    assert {each.period for each in memory.amounts if each.kind == "language"} == {date(2026, 11, 24)}


def test_where_a_caller_leaves_is_what_was_entered_and_not_left():
    memory = counted("02 1 2 gone")
    assert memory.of("entered") == {"languages": 1, "main": 1, "papers": 1, "group_b": 1}
    assert memory.of("left") == {"languages": 1, "main": 1, "papers": 1}


def test_a_round_without_a_usable_key_and_hearing_it_again_is_no_step():
    assert counted("02 1 8 wait #").of("entered") == {"languages": 1, "main": 1, "papers": 1}


def test_the_prompts_that_tell_facts_are_counted_and_no_others():
    assert counted("02 2").of("heard") == {
        **dict.fromkeys(["eligible", "free", "coupon"], 1),
        **dict.fromkeys(["booking.how", "booking.details", "booking.office"], 1),
    }


@pytest.mark.parametrize(("keys", "language"), [("02", "en"), ("4#", "vi"), ("4 wait", "vi"), ("10", "my")])
def test_a_language_is_counted_when_it_is_chosen_ready_or_not(keys, language):
    assert counted(keys).of("language") == {language: 1}


@pytest.mark.parametrize("at", [BOTH_OPEN, NONE_OPEN])
def test_the_list_is_left_as_often_as_a_language_was_chosen_ready_or_not(at):
    """Else what lacks would tell how many chose one that is not ready, of whom there are few."""
    assert counted("10", at).of("left")["languages"] == counted("02", at).of("left")["languages"] == 1


@pytest.mark.parametrize("keys", ["", "00", "99", "*", "wait"])
def test_no_code_is_no_language(keys):
    assert counted(keys).of("language") == {}


def test_a_key_pressed_in_a_language_of_another_version_is_no_code():
    place, event = Place("main", "xx"), Event("keys", "1")
    now = Situation(datetime(2026, 11, 24, 11, tzinfo=TOKYO))
    found = count_events(place, event, respond(helpline(), place, event, now), now, helpline())
    assert "language" not in {each.kind for each in found}


@pytest.mark.parametrize(("at", "outside"), [(BOTH_OPEN, {}), (ONLY_FRESC, {}), (NONE_OPEN, {"en": 1})])
def test_a_language_chosen_while_no_desk_is_open_is_demand_outside_opening_hours(at, outside):
    assert counted("02", at).of("outside") == outside


@pytest.mark.parametrize(
    ("keys", "at", "outcome"),
    [
        ("02 2 wait", BOTH_OPEN, {"answer": 1}),
        ("02 0 wait", NONE_OPEN, {"nobody-open": 1, "answer": 1}),
        ("02 1 wait wait wait", BOTH_OPEN, {"farewell": 1}),
        ("wait wait", BOTH_OPEN, {"farewell": 1}),
        ("99 99 99", BOTH_OPEN, {"farewell": 1}),
        ("02 2 8 8 8", BOTH_OPEN, {"farewell": 1}),
        ("02 2 gone", BOTH_OPEN, {}),
        ("02 0", BOTH_OPEN, {}),
        ("02 3 2", NONE_OPEN, {}),
    ],
)
def test_what_calls_come_to(keys, at, outcome):
    memory = counted(keys, at)
    assert memory.of("outcome") == outcome
    assert memory.of("transfer") == {}


@pytest.mark.parametrize(
    ("actions", "transfers"),
    [
        ("", {}),
        ("answer talked", {"fresc/answered": 1}),
        ("answer talked 0 offers 1 busy", {"fresc/answered": 1, "fresc/busy": 1}),
        ("busy", {"fresc/busy": 1}),
        ("no-answer", {"fresc/no-answer": 1}),
        ("failed", {"fresc/failed": 1}),
        ("leave", {"fresc/no-answer": 1}),
        ("busy offers 2 answer talked", {"fresc/busy": 1, "cinga/answered": 1}),
        ("gone", {"fresc/given-up": 1}),
        ("answer gone", {"fresc/answered": 1}),
    ],
)
def test_transfers_are_counted_by_desk_and_result(actions, transfers):
    memory = counted(f"02 0 offers 1 {actions}")
    assert memory.of("transfer") == transfers


def test_a_caller_who_ends_the_call_at_the_desk_enters_nothing_after_it():
    memory = counted("02 0 offers 1 answer gone")
    assert memory.of("entered") == {"languages": 1, "main": 1, "person": 1, "desk.fresc": 1}
    assert "desk.fresc" not in memory.of("left")


def test_a_desks_further_numbers_are_one_transfer():
    memory = Memory()
    served = app(helpline(), {**NUMBERS, "FRESC_PHONE": f"{FRESC},+999570330003"}, memory)
    call(served, "02 0 offers 1 busy")
    assert memory.of("transfer") == {}
    call(served, "02 0 offers 1 busy no-answer")
    assert memory.of("transfer") == {"fresc/no-answer": 1}


def test_a_desk_that_closed_between_the_offer_and_the_ringing_is_a_closed_transfer():
    """Its last second passes while the caller hears what to say."""
    keys, alike = "02 0 1", "2026-11-24 16:30"
    pages = call(counted_app(Memory()), keys, alike).documents
    ringing = next(page.at for page in pages if "/dial?" in page.url)
    closing = datetime.fromisoformat("2026-11-24 17:00")
    memory = counted(keys, str(closing - timedelta(seconds=ringing)))
    assert memory.of("transfer") == {"fresc/closed": 1}


def test_what_the_desk_hears_is_not_counted():
    place, event = Place("desk.fresc", "en"), Event("whisper")
    now = Situation(datetime(2026, 11, 24, 11, tzinfo=TOKYO))
    steps = respond(helpline(), place, event, now)
    assert steps
    assert count_events(place, event, steps, now, helpline()) == ()


def test_an_error_of_ours_is_counted_and_where_the_apology_leads(monkeypatch):
    real = engine.respond

    def failing(line, place, event, situation):
        if place.page == "papers" and event.kind == "keys":
            raise RuntimeError
        return real(line, place, event, situation)

    monkeypatch.setattr("ivr.webhooks.routes.respond", failing)
    memory = counted("02 1 2")
    assert memory.of("error") == {"ours": 1}
    assert memory.of("entered") == {"languages": 1, "main": 2, "papers": 1}
    assert memory.of("left") == {"languages": 1, "main": 1, "papers": 1}
