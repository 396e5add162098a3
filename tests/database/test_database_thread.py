"""The thread that talks to the database: no call waits for it, and nothing is lost."""

from __future__ import annotations

import logging
import random
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import OperationalError

from ivr.content.hours import Override, is_open
from ivr.database import tables
from ivr.database.audit import read_audit
from ivr.database.count_events import CountEvent
from ivr.database.desk_overrides import (
    DeskOverride,
    add_override,
    by_desk,
    clear_overrides,
    read_overrides,
    remove_old_overrides,
)
from ivr.database.in_force import forget_silent_workers, standing
from ivr.database.sessions import read_ended, remove_old_sessions
from ivr.errors import HelplineError
from tests.cast import BOTH_OPEN, TOKYO, app, helpline
from tests.database.line import call, connected, counted_app, counting, sqlite_url, stored
from tests.served import until

DAY = date(2026, 11, 24)
MONTH = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def quick_turns(monkeypatch):
    monkeypatch.setattr("ivr.database.database_thread.TURN_SECONDS", 0.03)


@pytest.fixture
def started(url):
    counts = counting(url)
    counts.start()
    yield counts
    counts.stop()


def say(
    url: str,
    opened: bool,
    desk: str = "fresc",
    since: str = BOTH_OPEN,
    hours: float | None = None,
    *,
    told: bool = False,
) -> None:
    begins = datetime.fromisoformat(since).replace(tzinfo=helpline().about.time_zone)
    override = Override(opened, begins, begins + timedelta(hours=hours) if hours else None)
    with connected(url) as connection:
        add_override(connection, DeskOverride(desk, override, "other", told=told))


# Callers


@pytest.mark.slow
def test_a_thousand_calls_leave_no_digit_of_a_caller_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("ivr.database.database_thread.TURN_SECONDS", 0.5)
    numbers = [f"+81{random.Random(seed).randrange(7_000_000_000, 9_999_999_999)}" for seed in range(1000)]
    counts = counting(sqlite_url(tmp_path))
    counts.start()
    served = counted_app(counts)
    sids = set()
    for number in numbers:
        keys = random.Random(number).choice(["02 gone", "01 2 gone", "01 0 1 busy gone", "4# gone", "gone", "gone"])
        made = call(served, keys, from_=number)
        sids.add(made.documents[0].parameters["CallSid"])
    before_the_end = b"".join(path.read_bytes() for path in Path(tmp_path).iterdir())
    counts.stop()
    found = stored(sqlite_url(tmp_path))
    assert sum(amount for each, amount in found.items() if each.kind == "call") == 1000
    written = before_the_end + b"".join(path.read_bytes() for path in Path(tmp_path).iterdir())
    rows = " ".join(f"{each.kind} {each.name} {amount}" for each, amount in found.items()).encode()
    for number in numbers:
        assert number[-7:].encode() not in written
        assert number[-5:].encode() not in rows
    assert not any(sid.encode() in written for sid in sids)


# A database that comes and goes


def test_with_postgresql_stopped_in_the_middle_of_a_hundred_calls_no_call_notices_and_the_counts_are_complete(postgres):
    url = postgres.new_database()
    counts = counting(url)
    counts.start()
    served = counted_app(counts)
    slowest = 0.0
    for number in range(100):
        if number == 33:
            until(lambda: counts.is_reachable)
            postgres.stop()
        if number == 66:
            until(lambda: not counts.is_reachable)
            postgres.start()
        began = time.monotonic()
        made = call(served, "02 1 2 wait" if number % 2 else "01 2 gone")
        slowest = max(slowest, time.monotonic() - began)
        assert made.problems == []
        assert made.ended_by == ("hangup" if number % 2 else "caller")
    until(lambda: counts.is_reachable)
    counts.stop()
    assert slowest < 2
    assert stored(url) == {
        CountEvent(DAY, "call", "11"): 100,
        CountEvent(DAY, "language", "en"): 50,
        CountEvent(DAY, "language", "ja"): 50,
        CountEvent(DAY, "outcome", "answer"): 50,
        CountEvent(MONTH, "entered", "languages"): 100,
        CountEvent(MONTH, "left", "languages"): 100,
        CountEvent(MONTH, "entered", "main"): 100,
        CountEvent(MONTH, "left", "main"): 100,
        CountEvent(MONTH, "entered", "papers"): 50,
        CountEvent(MONTH, "left", "papers"): 50,
        CountEvent(MONTH, "entered", "group_b"): 50,
        CountEvent(MONTH, "entered", "booking"): 50,
        **{CountEvent(MONTH, "heard", name): 100 for name in ("eligible", "free", "coupon")},
        **{CountEvent(MONTH, "heard", name): 50 for name in ("answer.group_b", "answer.vary", "answer.seek")},
        **{CountEvent(MONTH, "heard", name): 50 for name in ("booking.how", "booking.details", "booking.office")},
        CountEvent(MONTH, "heard", "papers.group_a"): 50,
    }


def test_a_database_that_is_down_is_told_once_and_so_is_its_return(tmp_path, caplog):
    folder = tmp_path / "not there yet"
    counts = counting(sqlite_url(folder))
    with caplog.at_level(logging.INFO, "ivr.database"):
        counts.start()
        assert not counts.is_reachable
        time.sleep(0.2)
        folder.mkdir()
        until(lambda: counts.is_reachable)
        counts.stop()
    assert [record.message.partition(":")[0] for record in caplog.records] == [
        "database",
        "the database is there again",
    ]
    assert "unable to open database file. Calls go on" in caplog.text


def test_what_a_database_never_took_is_told_when_the_worker_ends(tmp_path, caplog):
    counts = counting(sqlite_url(tmp_path / "nowhere"))
    counts.start()
    call(counted_app(counts), "gone")
    counts.stop()
    assert "2 counters are lost" in caplog.text


def test_what_was_counted_in_the_last_moment_is_written_when_the_worker_ends(url, monkeypatch):
    monkeypatch.setattr("ivr.database.database_thread.TURN_SECONDS", 60)
    counts = counting(url)
    counts.start()
    call(counted_app(counts), "02 gone")
    assert stored(url) == {}
    counts.stop()
    assert stored(url)[CountEvent(DAY, "language", "en")] == 1


def test_all_that_waits_is_written_when_the_worker_ends(tmp_path, monkeypatch):
    """However many turns that takes."""
    monkeypatch.setattr("ivr.database.database_thread.MAX_ROWS", 1)
    monkeypatch.setattr("ivr.database.database_thread.TURN_SECONDS", 60)
    url = sqlite_url(tmp_path)
    counts = counting(url)
    counts.start()
    call(counted_app(counts), "02 gone")
    counts.stop()
    assert len(stored(url)) > 3


def emptied(url) -> bool:
    """False where PostgreSQL found that this and the thread's turn wait for each other, and broke this off."""
    try:
        with connected(url) as connection:
            tables.metadata.drop_all(connection)
    except HelplineError:
        return False
    return True


def test_a_database_that_is_emptied_under_the_line_is_made_again(started, url, caplog):
    until(lambda: started.is_reachable)
    caplog.clear()
    until(lambda: emptied(url))
    # The thread must find that out itself: whatever else asks for the tables makes them.
    until(lambda: "the database is there again" in caplog.text)
    call(counted_app(started), "gone")
    until(lambda: stored(url))


# Overrides


def test_a_desk_that_staff_closed_is_closed_within_seconds_and_opens_when_they_take_it_back(started, url):
    served = counted_app(started)
    assert "en/fresc.offer.1" in call(served, "02 0").prompts
    say(url, opened=False)
    until(lambda: started.overrides())
    prompts = call(served, "02 0 offers").prompts
    assert not any("fresc.offer" in prompt for prompt in prompts)
    with connected(url) as connection:
        assert clear_overrides(connection, "fresc") == 1
    until(lambda: not started.overrides())
    assert "en/fresc.offer.1" in call(served, "02 0").prompts


def test_of_several_overrides_the_newest_that_holds_wins_and_those_over_are_ignored(started, url):
    now = datetime.now(UTC).astimezone(helpline().about.time_zone)
    today = f"{now:%Y-%m-%d %H:%M}"
    say(url, opened=False, since=today)
    say(url, opened=True, since=today, hours=1)
    say(url, opened=False, since="2026-11-01 09:00", hours=1)
    until(lambda: len(started.overrides().get("fresc", ())) == 2)
    assert [override.open for override in started.overrides()["fresc"]] == [True, False]


def test_while_the_database_is_down_the_last_overrides_read_stay_in_force(postgres):
    url = postgres.new_database()
    counts = counting(url)
    counts.start()
    say(url, opened=False)
    until(lambda: counts.overrides())
    postgres.stop()
    try:
        until(lambda: not counts.is_reachable)
        assert not any("fresc.offer" in prompt for prompt in call(counted_app(counts), "02 0 offers").prompts)
    finally:
        postgres.start()
        counts.stop()


def test_a_worker_that_starts_knows_the_overrides_before_its_first_call(url):
    say(url, opened=False)
    say(url, opened=True, told=True)
    counts = counting(url)
    counts.start()
    assert {desk: [each.told for each in said] for desk, said in counts.overrides().items()} == {"fresc": [True, False]}
    counts.stop()


def test_a_desk_closed_from_now_on_is_closed_on_a_machine_whose_clock_is_behind_or_set_back(url):
    """One that is closed from tomorrow on is not closed today."""
    now = datetime.now(UTC)
    with connected(url) as connection:
        add_override(connection, DeskOverride("fresc", Override(open=False, since=now), "other"))
        add_override(connection, DeskOverride("cinga", Override(open=True, since=now + timedelta(days=1)), "other"))
        shown = by_desk(read_overrides(connection, now), now - timedelta(days=2))
    counts = counting(url, now=lambda: now - timedelta(days=2))
    counts.start()
    sunday = datetime(2026, 11, 22, 12, tzinfo=TOKYO)
    desks, followed = helpline().desks, counts.overrides()
    while sunday > now - timedelta(days=2):
        sunday -= timedelta(days=7)
    for hour in range(24):
        moment = sunday.replace(hour=hour)
        assert not is_open(desks["fresc"], moment + timedelta(days=2), followed["fresc"])
        assert not is_open(desks["cinga"], moment, followed["cinga"])
    assert [each.since for each in shown["fresc"]] == [now - timedelta(days=2)]
    counts.stop()


def test_a_session_that_was_ended_while_the_database_was_down_is_ended_everywhere_when_it_is_back(postgres):
    url = postgres.new_database()
    one, other = counting(url), counting(url)
    one.start()
    other.start()
    postgres.stop()
    try:
        one.end_session(7)
        assert one.is_ended(7)
        assert not other.is_ended(7)
    finally:
        postgres.start()
    until(lambda: other.is_ended(7))
    until(lambda: not one._ending)
    assert one.is_ended(7)
    one.stop()
    other.stop()


# Turns that hang


def test_a_turn_that_hangs_without_an_error_is_told_once_and_so_is_its_end(url, monkeypatch, caplog):
    monkeypatch.setattr("ivr.database.database_thread.WELL_SECONDS", 0.2)
    counts = counting(url)
    going = Event()
    going.set()
    exchange = counts._exchange
    monkeypatch.setattr(counts, "_exchange", lambda made: going.wait() and exchange(made))
    counts.start()
    until(lambda: counts.is_reachable)
    going.clear()
    caplog.clear()  # on a slow machine its first turn took long, too
    until(lambda: "no answer for" in caplog.text)
    assert not counts.is_reachable
    going.set()
    until(lambda: "the database is there again" in caplog.text)
    counts.stop()
    told = [record.getMessage() for record in caplog.records if record.name == "ivr.database.database_thread"]
    assert len(told) == 2


def test_a_lock_in_postgresql_is_not_waited_for(postgres):
    url = postgres.new_database()
    with connected(url) as one, connected(url) as other:
        one.execute(text("LOCK TABLE overrides"))
        with pytest.raises(OperationalError, match="statement timeout"):
            read_overrides(other, datetime.now(UTC))


def test_a_file_that_is_gone_is_not_made_anew_and_what_staff_said_last_holds(tmp_path, caplog):
    url = sqlite_url(tmp_path)
    say(url, opened=False)
    counts = counting(url)
    counts.start()
    until(lambda: counts.overrides())
    for each in tmp_path.glob("ivr.db*"):
        each.unlink()
    until(lambda: "its file is gone" in caplog.text)
    assert set(counts.overrides()) == {"fresc"}
    assert not counts.is_reachable
    assert not (tmp_path / "ivr.db").exists()
    counts.stop()


# How long


def test_a_worker_that_nobody_heard_of_for_a_day_and_sessions_that_are_over_are_forgotten(url):
    old = {"at": datetime.now(UTC) - timedelta(days=2)}
    with connected(url) as connection:
        rows = [{"run": 1, "number": number, "server": 2, "edition": 0} for number in (1, 2)]
        connection.execute(insert(tables.workers), [{**rows[0], **old}, {**rows[1], "at": datetime.now(UTC)}])
        sessions = [{"session": 1, **old}, {"session": 2, "at": datetime.now(UTC)}]
        connection.execute(insert(tables.ended_sessions), sessions)
        forget_silent_workers(connection)
        remove_old_sessions(connection)
        assert standing(connection).workers == 1
        assert read_ended(connection) == {2}


def test_overrides_that_ended_long_ago_go_and_the_others_stay(url):
    say(url, opened=False, since="2025-10-01 09:00", hours=8)
    say(url, opened=False, since="2025-10-31 09:00", hours=8)
    say(url, opened=False, since="2025-10-01 09:00")
    with connected(url) as connection:
        remove_old_overrides(connection, date(2025, 10, 31))
        left = read_overrides(connection, datetime(2025, 1, 1, tzinfo=UTC))
    assert [each.override.until and each.override.until.day for each in left] == [None, 31]


def test_each_day_a_worker_removes_what_is_older_than_the_setting(url):
    days = [date(2026, 12, 5)]  # 400 days after the last of October
    counts = counting(url, now=lambda: datetime(days[-1].year, days[-1].month, days[-1].day, tzinfo=UTC))
    kept = [date(2025, 9, 30), date(2025, 10, 31), date(2025, 11, 1)]
    with connected(url) as connection:
        row = {"kind": "language", "name": "en", "amount": 9}
        connection.execute(insert(tables.counts), [{**row, "period": period} for period in kept])
        entry = {"who": "Hanako", "what": "invited", "about": "Taro"}
        moments = [datetime(day.year, day.month, day.day, tzinfo=UTC) for day in kept]
        connection.execute(insert(tables.audit), [{**entry, "at": at} for at in moments])
    counts.start()
    until(lambda: [each.period for each in stored(url)] == kept[1:])
    days.append(days[0] + timedelta(days=1))
    until(lambda: [each.period for each in stored(url)] == kept[2:])
    counts.stop()
    with connected(url) as connection:
        assert [each.at.date() for each in read_audit(connection)] == kept[2:]


def test_a_clock_that_jumps_over_years_removes_nothing(url, caplog):
    """Set forward by mistake and back again: what would be too old by it is still there."""
    days = [DAY]
    counts = counting(url, now=lambda: datetime(days[-1].year, days[-1].month, days[-1].day, tzinfo=UTC))
    with connected(url) as connection:
        connection.execute(insert(tables.counts), [{"kind": "language", "name": "en", "amount": 9, "period": DAY}])
    counts.start()
    until(lambda: counts._cleaned == DAY)
    for day in (DAY.replace(year=2038), DAY.replace(year=1970), DAY, DAY + timedelta(days=500), DAY):
        days.append(day)
        until(lambda: counts._cleaned == days[-1])
    counts.stop()
    assert stored(url)[CountEvent(DAY, "language", "en")] == 9
    assert "the clock jumped from 2026-11-24 to 2038-11-24: nothing is removed today" in caplog.text


# What the line says


def test_ready_tells_whether_the_database_is_reachable_and_stays_ready_without_it(tmp_path, url):
    counts = counting(url)
    client = counted_app_of(counts).test_client()
    assert (client.get("/ready").status_code, client.get("/ready").text) == (
        200,
        "ok\ndatabase not reachable, last good turn: never\n",
    )
    counts.start()
    until(lambda: counts.is_reachable)
    assert client.get("/ready").text == "ok\ndatabase reachable, last good turn: 0 s ago\n"
    counts.stop()
    assert client.get("/health").text == "ok\n"
    assert app(helpline()).test_client().get("/ready").text == "ok\n"


def counted_app_of(counts):
    return app(helpline(), counts=counts)
