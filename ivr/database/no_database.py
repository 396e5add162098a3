"""What the line asks of its database while it answers, and the stand-in for a line that has none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from ivr.content.hours import Override
from ivr.database.count_events import CountEvent


class Database(Protocol):
    """Answers at once, from memory, whatever the database itself is doing."""

    @property
    def is_reachable(self) -> bool | None:
        """Whether the database answered a moment ago; None if the line has none."""

    @property
    def age(self) -> float | None:
        """Seconds since the database was last read and written without a fault; infinite if it never was."""

    def count(self, events: Iterable[CountEvent], token: str = "") -> None:
        """Adds one to each, unless the request with this idempotency token was counted before."""

    def overrides(self) -> Mapping[str, tuple[Override, ...]]:
        """Desks closed or opened by staff: for each desk, the newest first."""

    def end_session(self, session: int) -> None:
        """No worker lets this session of staff in again."""

    def is_ended(self, session: int) -> bool:
        """Whether this session of staff was ended."""


class NoDatabase:
    """Nothing is counted, every desk keeps its usual hours, and sessions end in this process."""

    is_reachable = None
    age = None

    def __init__(self) -> None:
        self._ended: set[int] = set()

    def count(self, events: Iterable[CountEvent], token: str = "") -> None:
        """Forgets them."""

    def overrides(self) -> Mapping[str, tuple[Override, ...]]:
        return {}

    def end_session(self, session: int) -> None:
        self._ended.add(session)

    def is_ended(self, session: int) -> bool:
        return session in self._ended


NO_DATABASE = NoDatabase()
