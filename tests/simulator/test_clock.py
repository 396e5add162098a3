"""The clock of a call: it moves with what sounds, and on to another moment where somebody says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from ivr.simulator import Call, OutOfTurn

from .line import DESK, Line, call

JST = timezone(timedelta(hours=9))
AT = datetime(2026, 11, 24, 15, 59, tzinfo=JST)
FOUR = datetime(2026, 11, 24, 16, 0, tzinfo=JST)
PAGES = {
    "/voice": "<Gather numDigits='1' timeout='10' action='/got'><Say>thirteen char</Say></Gather>",
    "/got": f"<Dial action='/done'>{DESK}</Dial>",
    "/done": "<Gather numDigits='1' action='/end'/>",
    "/end": "",
}


def started(at: datetime | None = AT) -> tuple[Call, Line]:
    return call(PAGES, at=at)


def told(line: Line) -> str:
    return line.asked[-1].form["DemoClock"]


def test_the_clock_moves_on_and_the_next_webhook_tells_it() -> None:
    made, line = started()
    made.clock_at(FOUR)
    assert (made.moment, made.seconds, made.prompts) == (FOUR, 1.0, [])
    made.press("1", after=0)
    assert told(line) == "2026-11-24T16:00:00+09:00"


def test_seconds_and_waits_of_the_call_are_those_that_they_were() -> None:
    made, line = started()
    made.clock_at(FOUR)
    with pytest.raises(OutOfTurn, match="ends after 10 s"):
        made.press("1", after=10)
    made.press("1", after=9.5)
    assert (made.seconds, told(line)) == (10.5, "2026-11-24T16:00:09+09:00")


def test_the_clock_moves_while_it_rings_and_while_they_talk() -> None:
    made, line = started()
    made.press("1").clock_at(FOUR).desk("answer", after=2).clock_at(FOUR + timedelta(hours=1)).desk_hangs_up(60)
    assert told(line) == "2026-11-24T17:01:00+09:00"
    assert line.asked[-1].form["DialCallDuration"] == "60"


def test_the_clock_never_goes_back() -> None:
    made, _ = started()
    made.clock_at(FOUR).clock_at(FOUR)
    with pytest.raises(OutOfTurn, match="only moves on, and it is 2026-11-24 16:00:00 already"):
        made.clock_at(FOUR - timedelta(seconds=1))


def test_a_call_that_follows_the_lines_own_clock_has_none_to_move() -> None:
    with pytest.raises(OutOfTurn, match="this call has no `at`"):
        started(at=None)[0].clock_at(FOUR)
    assert started(at=None)[0].moment is None


def test_nobody_moves_the_clock_before_or_after_the_call() -> None:
    made, _ = started()
    with pytest.raises(OutOfTurn, match=r"ended \(caller\)"):
        made.hang_up().clock_at(FOUR)


def test_a_moment_without_an_offset_is_meant_as_at_is() -> None:
    made, _ = started()
    assert made.clock_at(datetime(2026, 11, 24, 16)).moment == FOUR
    made, _ = started()
    made.clock_at(datetime(2026, 11, 24, 7, tzinfo=UTC))
    assert made.actions[-1].words == "clock 2026-11-24 16:00:00"
    made, _ = started(at=datetime(2026, 11, 24, 15))
    with pytest.raises(OutOfTurn, match="name this one without it too"):
        made.clock_at(FOUR)
    assert made.clock_at(datetime(2026, 11, 24, 16)).moment == datetime(2026, 11, 24, 16)


def test_a_second_lasts_a_second_in_the_night_in_which_the_clocks_are_put_back() -> None:
    """25 October 2026, 3:00 in Paris becomes 2:00: three minutes after 2:58 it is 2:01 in winter time."""
    before = datetime(2026, 10, 25, 2, 58, tzinfo=ZoneInfo("Europe/Paris"))
    made, line = call({"/voice": "<Pause length='180'/><Redirect>/next</Redirect>", "/next": ""}, at=before)
    assert datetime.fromisoformat(told(line)) == datetime(2026, 10, 25, 1, 1, tzinfo=UTC)
    assert str(made.at) == str(before)


def test_parts_of_a_second_count_and_are_not_told() -> None:
    """So that a test can reach any moment exactly, whatever was heard before it."""
    pages = {"/voice": "<Pause length='3'/><Redirect>/next</Redirect>", "/next": ""}
    _, line = call(pages, at=datetime(2026, 11, 24, 8, 59, 57, 999_999))
    assert told(line) == "2026-11-24T09:00:00"
    assert line.asked[0].form["DemoClock"] == "2026-11-24T08:59:57"
    made, _ = started()
    assert made.clock_at(FOUR + timedelta(microseconds=5)).actions[-1].words == "clock 2026-11-24 16:00:00.000005"
