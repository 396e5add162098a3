"""The world as a call meets it at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ivr.content.hours import Override


@dataclass(frozen=True, eq=False)
class Situation:
    """Everything that the engine knows about the world: it has no clock, settings or database of its own.

    `now` is aware, in any time zone. `numbers` are each desk's in dialling order (E.164). `caller_id` is the line's
    own number, or empty when there is none that may be shown: then nothing is transferred. Of a desk's `overrides`
    the first that holds wins.
    """

    now: datetime
    numbers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    caller_id: str = ""
    overrides: Mapping[str, tuple[Override, ...]] = field(default_factory=dict)
