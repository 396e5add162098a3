"""Every state that a call can reach, by the engine itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TypeAlias, get_args

from ivr.content.model import Helpline
from ivr.content.pages import LANGUAGES
from ivr.flow.engine import respond
from ivr.flow.language_list import code_digits
from ivr.flow.places import Event, EventKind, Outcome, Place
from ivr.flow.situation import Situation
from ivr.flow.steps import Dial, Gather, Play, Redirect, Steps, plays

KEYS = "0123456789*#"
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

Arrival: TypeAlias = tuple[Place, EventKind]


# Not frozen: a walk makes a hundred thousand of them, and a frozen one takes four times as long to make.
@dataclass(eq=False, slots=True)
class Answer:
    """What the line answers when `event` happens at `place` in a situation, and the answer that led there.

    `crash` is the error that the engine raised instead. `same` means that the answer was the same in the situation
    before this one, so that only checks that depend on the situation can find anything new.
    """

    place: Place
    event: Event
    situation: Situation
    steps: Steps
    after: Answer | None = None
    crash: str = ""
    same: bool = False

    @property
    def path(self) -> list[Answer]:
        """The answers from the beginning of the call to this one."""
        path, answer = [self], self.after
        while answer is not None:
            path.append(answer)
            answer = answer.after
        return path[::-1]

    @property
    def plays(self) -> Iterator[Play]:
        """All that the caller hears, in order."""
        return plays(self.steps)


def walk(helpline: Helpline, situations: Sequence[Situation]) -> Iterator[Answer]:
    """Every answer to everything that can happen at every place, whatever the hour: time passes during a call.

    Only the key that leads back reads where key 0 was pressed (`origin`). So a place is walked in full for its first
    origin, and for every other one only the way back is.
    """
    start: Arrival = (Place(), "show")
    seen, walked = {start}, set[Arrival]()
    waiting: deque[tuple[Arrival, Answer | None]] = deque([(start, None)])
    while waiting:
        (place, kind), after = waiting.popleft()
        alike = without_origin((place, kind))
        ordered = _nearest_first(situations, after)
        for event in _other_origin(kind) if alike in walked else events(helpline, place, kind):
            for answer in _answers(helpline, place, event, ordered, after):
                yield answer
                fresh = () if answer.same else [arrival for arrival in arrivals(answer.steps) if arrival not in seen]
                seen.update(fresh)
                waiting.extend((arrival, answer) for arrival in fresh)
        walked.add(alike)


@lru_cache(maxsize=65536)
def without_origin(arrival: Arrival) -> Arrival:
    place, kind = arrival
    return (place._replace(origin="") if place.origin else place, kind)


def events(helpline: Helpline, place: Place, kind: EventKind) -> Iterator[Event]:
    """All that can happen where a call arrives at `place`."""
    if kind == "dialled":
        yield from (Event(kind, outcome=outcome) for outcome in OUTCOMES)
    elif kind == "keys" and place.page == LANGUAGES:
        codes = (code for length in range(code_digits(helpline), 0, -1) for code in product(KEYS, repeat=length))
        yield from (Event(kind, "".join(code)) for code in codes)
    elif kind in ("keys", "accept"):
        yield from (Event(kind, key) for key in KEYS)
    else:
        yield Event(kind)


def arrivals(steps: Steps) -> Iterator[Arrival]:
    """Where a call can be after these steps."""
    for step in steps:
        match step:
            case Gather():
                yield step.place, step.event
            case Redirect():
                yield step.place, step.event
            case Dial():
                yield step.place, "whisper"
                yield step.place, "dialled"


def _other_origin(kind: EventKind) -> tuple[Event, ...]:
    return (Event("keys", "*"),) if kind == "keys" else ()


def _nearest_first(situations: Sequence[Situation], after: Answer | None) -> Sequence[Situation]:
    """The last answer's situation first, so that the first way found to a place needs few changes of situation."""
    return situations if after is None else sorted(situations, key=lambda one: one is not after.situation)


def _answers(
    helpline: Helpline, place: Place, event: Event, situations: Sequence[Situation], after: Answer | None
) -> Iterator[Answer]:
    """What the engine answers in each situation."""
    last: tuple[Steps, str] | None = None
    for situation in situations:
        found = _steps(helpline, place, event, situation)
        yield Answer(place, event, situation, found[0], after, found[1], found == last)
        last = found


def _steps(helpline: Helpline, place: Place, event: Event, situation: Situation) -> tuple[Steps, str]:
    """The engine's steps, or the error that it raised."""
    try:
        return respond(helpline, place, event, situation), ""
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what this walk looks for
        return (), f"{type(error).__name__}: {error}"
