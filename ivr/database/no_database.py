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

    def count(self, events: Iterable[CountEvent], token: str = "") -> None:
        """Adds one to each, unless the request with this idempotency token was counted before."""

    def overrides(self) -> Mapping[str, tuple[Override, ...]]:
        """Desks closed or opened by staff: for each desk, the newest first."""


class NoDatabase:
    """Nothing is counted, and every desk keeps its usual hours."""

    is_reachable = None

    def count(self, events: Iterable[CountEvent], token: str = "") -> None:
        """Forgets them."""

    def overrides(self) -> Mapping[str, tuple[Override, ...]]:
        return {}


NO_DATABASE = NoDatabase()
