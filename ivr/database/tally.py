"""Counts in memory: a call leaves them here without waiting for anything."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from threading import Lock

from ivr.database.count_events import CountEvent
from ivr.database.retries import Retries
from ivr.database.vocabulary import Vocabulary


class Tally:
    """What was counted and not yet written. Bounded: a counter for each word of the vocabulary and period."""

    def __init__(self, vocabulary: Vocabulary, clock: Callable[[], float] = time.monotonic) -> None:
        self._vocabulary = vocabulary
        self._amounts: Counter[CountEvent] = Counter()
        self._retries = Retries(clock)
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._amounts)

    def count(self, events: Iterable[CountEvent], token: str = "") -> None:
        """Adds one to each that is in the vocabulary, unless the request with this token was counted before."""
        known = [event for event in events if event.name in self._vocabulary[event.kind]]
        with self._lock:
            if not self._retries.is_retry(token):
                self._amounts.update(known)

    def waiting(self, most: int) -> Mapping[CountEvent, int]:
        """At most so many of the counters, in order. They wait until they are removed."""
        with self._lock:
            return {event: self._amounts[event] for event in islice(sorted(self._amounts), most)}

    def remove(self, written: Mapping[CountEvent, int]) -> None:
        """These amounts; what was counted meanwhile waits on."""
        with self._lock:
            self._amounts -= Counter(written)
