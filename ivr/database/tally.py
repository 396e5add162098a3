"""Counts in memory: a call leaves them here without waiting for anything."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from threading import Lock

from ivr.database.count_events import Passage
from ivr.database.retries import Retries
from ivr.database.vocabulary import Vocabulary


class Tally:
    """What was counted and not yet taken. Bounded: a counter for each word of the vocabulary and period."""

    def __init__(self, vocabulary: Vocabulary, clock: Callable[[], float] = time.monotonic) -> None:
        self._vocabulary = vocabulary
        self._amounts: Counter[Passage] = Counter()
        self._retries = Retries(clock)
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._amounts)

    def count(self, passages: Iterable[Passage], token: str = "") -> None:
        """Adds one to each that is in the vocabulary, unless the request with this token was counted before."""
        known = [passage for passage in passages if passage.name in self._vocabulary[passage.kind]]
        with self._lock:
            if not self._retries.is_retry(token):
                self._amounts.update(known)

    def take(self, most: int) -> Mapping[Passage, int]:
        """At most so many of the counters, which are the taker's from now on."""
        with self._lock:
            taken = {passage: self._amounts[passage] for passage in islice(sorted(self._amounts), most)}
            for passage in taken:
                del self._amounts[passage]
            return taken
