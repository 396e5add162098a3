"""The clock of the machine is set, in mid-call: back, forward by a day, into another year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
import time_machine

from ivr.app import create_app
from ivr.config import read_settings
from ivr.database.no_database import NO_DATABASE
from ivr.simulator import Call, WsgiTransport
from ivr.simulator.transport import NO_CONNECTION
from tests.cast import LINE, NUMBERS, TOKEN, TOKYO, URL, helpline, loaded
from tests.database.line import ANOTHER_ACCOUNT, counting, sqlite_url, stored
from tests.database.test_database_thread import quick_turns
from tests.faults.caller import CODE, goes_on, says_goodbye
from tests.faults.network import Network, lost
from tests.served import until
from tests.staff import STAFF, sign_in, stranger

__all__ = ["quick_turns"]

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)  # 11:00 in Tokyo, when both desks answer
JUMPS = {
    "an hour back": NOW - timedelta(hours=1),
    "nine hours forward": NOW + timedelta(hours=9),
    "a day forward": NOW + timedelta(days=1),
    "to 1970": datetime(1970, 1, 1, tzinfo=UTC),
    "to 2038": datetime(2038, 1, 19, 12, tzinfo=UTC),
}


def line_of(counts):
    """With the machine's clock: no demo's."""
    settings = {"TWILIO_AUTH_TOKEN": TOKEN, "PUBLIC_URL": URL.removesuffix("/voice"), **NUMBERS}
    return create_app(loaded(), read_settings({**settings, **STAFF}, helpline().desks), counts)


@pytest.fixture(scope="module")
def served():
    return line_of(NO_DATABASE)


@pytest.mark.parametrize("jump", JUMPS)
def test_a_call_goes_on_whatever_the_clock_does_and_follows_it(served, jump):
    with time_machine.travel(NOW) as clock:
        made = Call(WsgiTransport(served), URL, token=TOKEN, to=LINE, portable=True).start().press(CODE)
        clock.move_to(JUMPS[jump])
        assert goes_on(made.press("1"))
        made.press("0")
        is_open = jump in ("an hour back", "a day forward")
        assert ("ne/fresc.offer.1" in made.prompts) == is_open
        clock.move_to(NOW)
        assert goes_on(made.press("9"))
        assert says_goodbye(made)


def test_a_clock_that_jumps_loses_no_count_and_repeats_none(tmp_path, monkeypatch):
    monkeypatch.setattr("ivr.simulator.leg.ACCOUNT", ANOTHER_ACCOUNT)
    with time_machine.travel(NOW) as clock:
        counts = counting(sqlite_url(tmp_path))
        counts.start()
        served = line_of(counts)
        for jump in JUMPS.values():
            network = Network()
            network.through = WsgiTransport(served)
            made = Call(network, URL, token=TOKEN, to=LINE, strict=False, idempotency_token=True).start()
            network.befalls = [lost(NO_CONNECTION, then=partial(clock.move_to, jump))]  # asked again by another time
            made.press(CODE).hang_up()
            for moment in (NOW, jump, NOW):
                clock.move_to(moment)
                until(partial(has_followed, counts))
            assert counts.is_reachable
        counts.stop()
    assert languages(tmp_path) == {DAY: len(JUMPS)}


def has_followed(counts) -> bool:
    """What was counted is written, and the day's cleaning is done."""
    return not counts._tally and counts._cleaned == datetime.now(TOKYO).date()


def languages(folder) -> dict[date, int]:
    return {each.period: amount for each, amount in stored(sqlite_url(folder)).items() if each.kind == "language"}


@pytest.mark.parametrize(
    ("jump", "is_in"),
    [(timedelta(minutes=29), True), (timedelta(minutes=31), False), (-timedelta(minutes=1), False)],
)
def test_a_session_of_staff_ends_whatever_the_clock_does(served, jump, is_in):
    """One that seems to begin in the future would never end."""
    with time_machine.travel(NOW, tick=False) as clock:
        browser = stranger(served)
        assert sign_in(browser).status_code == 302
        clock.shift(jump)
        assert (browser.get("/console/desks").status_code == 200) is is_in
