"""Requests that Twilio repeats, so that they are counted once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

SECONDS = 60
MAX_KEPT = 10_000
MAX_LETTERS = 64


class Retries:
    """The idempotency tokens of the last minute, in memory only. Not safe for threads: its owner has the lock."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._seen: OrderedDict[str, float] = OrderedDict()

    def is_retry(self, token: str) -> bool:
        """Whether this token was seen within a minute; it is from now on. No token is never a retry."""
        now = self._clock()
        while self._seen and (len(self._seen) >= MAX_KEPT or next(iter(self._seen.values())) <= now - SECONDS):
            self._seen.popitem(last=False)
        token = token[:MAX_LETTERS]
        if token in self._seen:
            return True
        if token:
            self._seen[token] = now
        return False
