"""Counts in memory: only known words, each request once."""

from __future__ import annotations

from collections import Counter
from datetime import date
from threading import Thread

import pytest

from ivr.database.count_events import CountEvent
from ivr.database.tally import MAX_TOKENS, Tally
from ivr.database.vocabulary import vocabulary
from tests.cast import ROOT, helpline
from tests.database.line import CALLER

DAY = date(2026, 11, 24)
EN, VI = CountEvent(DAY, "language", "en"), CountEvent(DAY, "language", "vi")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def tally(clock):
    return Tally(vocabulary(helpline()), clock)


def taken(tally: Tally, most: int = 1000) -> dict[CountEvent, int]:
    """As a writer does: what waits is removed once it is written."""
    found = dict(tally.waiting(most))
    tally.remove(found)
    return found


@pytest.mark.parametrize(
    "unknown",
    [
        CountEvent(DAY, "language", "xx"),
        CountEvent(DAY, "language", CALLER),
        CountEvent(DAY, "entered", "en"),
        CountEvent(DAY, "transfer", "nobody/busy"),
        CountEvent(DAY, "heard", "whisper.en"),
    ],
)
def test_what_is_not_in_the_vocabulary_becomes_nothing(tally, unknown):
    tally.count([unknown, EN])
    assert taken(tally) == {EN: 1}


def test_a_retry_is_not_counted_again_within_a_minute(tally, clock):
    for seconds in (0, 1, 59.9):
        clock.now = seconds
        tally.count([EN], "token")
    assert taken(tally) == {EN: 1}
    clock.now = 61
    tally.count([EN], "token")
    tally.count([EN], "another")
    assert taken(tally) == {EN: 2}


def test_requests_without_a_token_are_all_counted(tally):
    for _ in range(3):
        tally.count([EN])
    assert taken(tally) == {EN: 3}


def test_the_memory_of_retries_is_bounded(tally):
    for number in range(MAX_TOKENS + 500):
        tally.count([], f"{number}" * 50)
    assert len(tally._tokens) == MAX_TOKENS
    assert max(map(len, tally._tokens)) <= 64


def test_what_could_not_be_written_waits_beside_what_is_counted_meanwhile(tally):
    tally.count([EN])
    failed = tally.waiting(1000)
    tally.count([EN, VI])
    assert failed == {EN: 1}
    assert tally.waiting(1000) == {EN: 2, VI: 1}
    tally.remove(failed)
    assert taken(tally) == {EN: 1, VI: 1}
    assert not tally


def test_what_waits_is_written_in_portions(tally):
    events = [CountEvent(DAY, "call", f"{hour:02}") for hour in range(24)]
    tally.count(events)
    assert [len(taken(tally, 10)) for _ in range(4)] == [10, 10, 4, 0]
    assert len(tally) == 0


def test_threads_that_count_while_another_takes_lose_nothing(tally):
    def count() -> None:
        for _ in range(2000):
            tally.count([EN])

    threads = [Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    total: Counter[CountEvent] = Counter()
    while any(thread.is_alive() for thread in threads):
        total.update(taken(tally, 10))
    total.update(taken(tally, 10))
    assert total == {EN: 8000}


def test_no_prompt_is_counted_that_callers_of_some_languages_only_are_told_at_a_desk():
    """What an interpreter's callers hear would tell their language beside what they asked for."""
    starter = vocabulary(helpline(ROOT / "ivr" / "starter" / "information" / "prompts"))["heard"]
    assert {"nurse.english", "reception.languages"} <= starter
    assert not {"nurse.interpreter", "nurse.possible", "reception.unlisted"} & starter
