"""What the pages of the console are given: the line as it is served, and ways to ask about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeAlias

from ivr.audio.catalog import Catalog
from ivr.config import Settings
from ivr.content.hours import Override
from ivr.content.model import Helpline
from ivr.database.no_database import NO_DATABASE, Database
from ivr.flow.situation import Situation
from ivr.flow.steps import Play

# What a desk sees where CALLER_ID is empty: the number that was called. No page shows it.
NUMBER_CALLED = "+"
NO_CLIPS = Catalog(Path(), {}, frozenset())

# What stands in the way of a helpline's going live on a day, and what is only worth knowing.
Look: TypeAlias = Callable[[date], tuple[Sequence[str], Sequence[str]]]
# Plays as they are heard one after another: a file's address below `/audio/`, or the play that Twilio speaks.
Files: TypeAlias = Callable[[tuple[Play, ...]], Iterable[str | Play]]


def no_files(plays: tuple[Play, ...]) -> Iterable[str | Play]:
    """A line without clips: Twilio speaks all of it."""
    return plays


def utc_now() -> datetime:
    """The moment by this machine's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, eq=False)
class PageContext:
    """`files` tells where clips are heard. Without `look` nobody says what is wrong. `now` is the clock."""

    helpline: Helpline
    settings: Settings
    database: Database = NO_DATABASE
    files: Files = no_files
    look: Look | None = None
    catalog: Catalog = NO_CLIPS
    now: Callable[[], datetime] = utc_now

    def moment(self) -> datetime:
        """Now, in the helpline's own time zone."""
        return self.now().astimezone(self.helpline.about.time_zone)

    def overrides(self) -> Mapping[str, tuple[Override, ...]]:
        """Those that the line itself follows."""
        return self.database.overrides()

    def situation(self, moment: datetime, overrides: Mapping[str, tuple[Override, ...]] | None = None) -> Situation:
        """What a caller meets at a moment, by today's settings; without `overrides` by those that the line follows."""
        number = self.settings.caller_id or NUMBER_CALLED
        said = self.overrides() if overrides is None else overrides
        return Situation(moment, self.settings.desk_numbers, number, said)
