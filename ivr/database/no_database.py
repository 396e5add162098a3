"""What the line asks of its database while it answers, and the stand-in for a line that has none."""

from collections.abc import Iterable, Mapping

from ivr.content.hours import Override
from ivr.database.count_events import CountEvent


class Database:
    """Answers at once, from memory, whatever the database itself is doing.

    This one is none: nothing is counted, every desk keeps its usual hours, and sessions end in this process.
    """

    def __init__(self) -> None:
        self._ending: set[int] = set()

    @property
    def is_reachable(self) -> bool | None:
        """Whether the database answered a moment ago; None if the line has none."""
        return None

    @property
    def age(self) -> float | None:
        """Seconds since the database was last read and written without a fault; infinite if it never was."""
        return None

    def count(self, events: Iterable[CountEvent], token: str = "") -> None:
        """Adds one to each, unless the request with this idempotency token was counted before."""

    def overrides(self) -> Mapping[str, tuple[Override, ...]]:
        """Desks closed or opened by staff, as last read: for each desk, the newest first."""
        return {}

    @property
    def is_admitted(self) -> bool | None:
        """Whether staff let the public in, as last read; None as long as nobody has said."""
        return None

    def end_session(self, session: int) -> None:
        """Ends a session of staff: here at once, in other workers as soon as the database takes it."""
        self._ending.add(session)

    def is_ended(self, session: int) -> bool:
        return session in self._ending


NO_DATABASE = Database()
