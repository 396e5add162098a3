"""Counts in memory: a call leaves them here without waiting for anything. Requests that Twilio repeats count once."""

import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from threading import Lock

from ivr.database.count_events import CountEvent
from ivr.database.vocabulary import Vocabulary

TOKEN_SECONDS = 60  # for which an idempotency token is remembered
MAX_TOKENS = 10_000
MAX_TOKEN_LETTERS = 64


class Tally:
    """What was counted and not yet written. Bounded: a counter for each word of the vocabulary and period."""

    def __init__(self, vocabulary: Vocabulary, clock: Callable[[], float] = time.monotonic) -> None:
        self._vocabulary, self._clock = vocabulary, clock
        self._amounts: Counter[CountEvent] = Counter()
        self._tokens: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._amounts)

    def count(self, events: Iterable[CountEvent], token: str = "") -> None:
        """Adds one to each that is in the vocabulary, unless the request with this token was counted before."""
        known = [event for event in events if event.name in self._vocabulary[event.kind]]
        with self._lock:
            if not self._is_retry(token):
                self._amounts.update(known)

    def waiting(self, most: int) -> Mapping[CountEvent, int]:
        """At most so many of the counters, in order. They wait until they are removed."""
        with self._lock:
            return {event: self._amounts[event] for event in islice(sorted(self._amounts), most)}

    def remove(self, written: Mapping[CountEvent, int]) -> None:
        """These amounts; what was counted meanwhile waits on."""
        with self._lock:
            self._amounts -= Counter(written)

    def _is_retry(self, token: str) -> bool:
        """Whether this token was seen within a minute; it is from now on. No token is never a retry."""
        now, token = self._clock(), token[:MAX_TOKEN_LETTERS]
        tokens, oldest = self._tokens, now - TOKEN_SECONDS
        while tokens and (len(tokens) >= MAX_TOKENS or next(iter(tokens.values())) <= oldest):
            tokens.popitem(last=False)
        if token in tokens:
            return True
        if token:
            tokens[token] = now
        return False
