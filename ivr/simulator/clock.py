"""The call's own clock, which moves only when something sounds, or somebody waits or talks."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from ivr.simulator.problems import OutOfTurn


@dataclass
class Clock:
    """Seconds since the call began; `turn` is the moment from which a caller's `after` counts."""

    at: datetime | None = None
    now: float = 0.0
    turn: float = 0.0

    def advance(self, seconds: float) -> None:
        self.now += seconds

    def mark(self) -> None:
        self.turn = self.now

    @property
    def moment(self) -> datetime | None:
        """The simulated moment; None if the call follows the app's own clock."""
        return None if self.at is None else self.at + timedelta(seconds=self.now)

    def move_on_to(self, moment: datetime) -> datetime:
        """Moves the clock forward to `moment`, in the offset of `at` if it has none.

        Raises OutOfTurn if there is no clock, or if it is later already.
        """
        if self.at is None or self.moment is None:
            raise OutOfTurn("the clock can't be moved: this call has no `at`, the moment at which it began")
        moment = _on_the_clock_of(self.at, moment)
        if moment < self.moment:
            raise OutOfTurn(f"the clock only moves on, and it is {self.moment:%Y-%m-%d %H:%M:%S} already")
        self.at = moment - timedelta(seconds=self.now)
        return moment

    def told(self) -> str:
        """The simulated moment in ISO 8601, with an offset only if `at` has one; or nothing."""
        return "" if self.moment is None else self.moment.isoformat(timespec="seconds")


def steady(moment: datetime) -> datetime:
    """With an offset instead of a zone, so that a second always lasts a second."""
    offset = moment.utcoffset()
    return moment if offset is None else moment.replace(tzinfo=timezone(offset))


def _on_the_clock_of(at: datetime, moment: datetime) -> datetime:
    if moment.tzinfo is None:
        return moment.replace(tzinfo=at.tzinfo)
    if at.tzinfo is None:
        raise OutOfTurn("this call began at a moment without an offset: name this one without it too")
    return moment.astimezone(at.tzinfo)
