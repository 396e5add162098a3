"""What pages are given: the line as served, and ways to ask about it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias, TypeVar

from sqlalchemy import Connection

from ivr.audio.catalog import Catalog
from ivr.audio.line import Line
from ivr.config import Settings
from ivr.content.changes import Spot, Value, value_at
from ivr.content.hours import Override
from ivr.content.model import Helpline
from ivr.database.asking import ask
from ivr.database.no_database import Database
from ivr.errors import Finding
from ivr.flow.situation import Situation
from ivr.flow.steps import Play

T = TypeVar("T")

# What desks see if CALLER_ID is empty is the number that was called; no page shows it.
NUMBER_CALLED = "+"

# What keeps a helpline from going live on a day, and what is just worth knowing.
Look: TypeAlias = Callable[[date], tuple[Sequence[Finding], Sequence[Finding]]]


@dataclass(frozen=True, eq=False)
class PageContext:
    """`look` gives the findings about the content; none without it."""

    line: Line
    settings: Settings
    database: Database
    look: Look | None

    @property
    def helpline(self) -> Helpline:
        return self.line.helpline

    @property
    def catalog(self) -> Catalog:
        """The clips that callers may hear."""
        return self.line.catalog

    def files(self, plays: tuple[Play, ...]) -> Iterable[str | Play]:
        """Plays as they are heard one after another: a file's address below `/audio/`, or the play that the carrier
        speaks.
        """
        return self.line.sounds.files(plays)

    def value_at(self, spot: Spot) -> Value:
        """What a file of the helpline says at a place, with what staff changed, as YAML has it: strings, lists ..."""
        file, where = spot
        return value_at(self.line.sources[file].content, where) if file in self.line.sources else None

    def written_at(self, spot: Spot) -> Value:
        """What the file itself says there, without what staff changed."""
        written = self.line.laid.written
        return written[spot] if spot in written else self.value_at(spot)

    def ask(self, question: Callable[[Connection], T]) -> T:
        """What a question to the line's own database returns; HelplineError if there is none in two seconds."""
        return ask(self.settings.database_url, question, self.helpline.about.name)

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
