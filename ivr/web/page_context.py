"""What pages are given: the line as served, and ways to ask about it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from ivr.audio.catalog import Catalog
from ivr.config import Settings
from ivr.content.hours import Override
from ivr.content.model import Helpline
from ivr.database.no_database import Database
from ivr.flow.situation import Situation
from ivr.flow.steps import Play

# What desks see if CALLER_ID is empty is the number that was called; no page shows it.
NUMBER_CALLED = "+"

# What keeps a helpline from going live on a day, and what is just worth knowing.
Look: TypeAlias = Callable[[date], tuple[Sequence[str], Sequence[str]]]
# Plays as they are heard one after another: a file's address below `/audio/`, or the play that Twilio speaks.
Files: TypeAlias = Callable[[tuple[Play, ...]], Iterable[str | Play]]


@dataclass(frozen=True, eq=False)
class PageContext:
    """`files` gives addresses of clips, `look` the findings about the content (none without it)."""

    helpline: Helpline
    settings: Settings
    database: Database
    files: Files
    look: Look | None
    catalog: Catalog

    def moment(self) -> datetime:
        """Now, in the helpline's own time zone."""
        return datetime.now(self.helpline.about.time_zone)

    def overrides(self) -> Mapping[str, tuple[Override, ...]]:
        """The desk overrides that the line itself follows."""
        return self.database.overrides()

    def situation(self, moment: datetime, overrides: Mapping[str, tuple[Override, ...]] | None = None) -> Situation:
        """The situation of callers at a moment, with the current settings; by default with the line's own overrides."""
        number = self.settings.caller_id or NUMBER_CALLED
        said = self.overrides() if overrides is None else overrides
        return Situation(moment, self.settings.desk_numbers, number, said)
