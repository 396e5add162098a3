"""Every state that a call can reach, by the engine itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import TypeAlias, get_args

from ivr.content.model import Helpline
from ivr.content.pages import LANGUAGES
from ivr.flow.engine import arrive, lead
from ivr.flow.language_list import chosen, code_digits
from ivr.flow.places import Event, EventKind, Outcome, Place
from ivr.flow.situation import Situation
from ivr.flow.steps import Dial, Gather, Play, Redirect, Steps, Visit, plays

KEYS = "0123456789*#"
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

RINGING: tuple[EventKind, ...] = ("dial", "dialled")

Arrival: TypeAlias = tuple[Place, EventKind]
# The situations in which callers of a language (none before they have chosen one) can be at a place.
Situations: TypeAlias = Callable[[str, Place], Sequence[Situation]]


@dataclass(eq=False, slots=True)
class Reply:
    """Steps, with what is heard in them and where they lead: `named` are the desks whose operator was named there.

    In a walk equal steps are one reply.
    """

    steps: Steps
    plays: tuple[Play, ...] = field(init=False)
    prompts: frozenset[str] = field(init=False)
    arrivals: tuple[Arrival, ...] = field(init=False)
    dials: tuple[Dial, ...] = field(init=False)
    named: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.plays = tuple(plays(self.steps))
        self.prompts = frozenset(play.prompt for play in self.plays)
        self.arrivals = tuple(_arrivals(self.steps))
        self.dials = tuple(step for step in self.steps if isinstance(step, Dial))
        self.named = frozenset(name for place, _ in self.arrivals for name in place.heard)


# Not frozen: a walk makes a hundred thousand of them, and a frozen one takes four times as long to make.
@dataclass(eq=False, slots=True)
class Answer:
    """What the line answers when `event` happens at `place` in some situations, and the answer that led there.

    `crash` is the error that the engine raised instead. `same` means that an earlier key at this place was answered in
    the same way in the same situations and no desk was named, so that only checks of the key can find anything new.
    """

    place: Place
    event: Event
    situations: Sequence[Situation]
    reply: Reply
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


def walk(helpline: Helpline, *worlds: Situations) -> Iterator[Answer]:
    """Every answer in each of some worlds, such as one in which desks have numbers and one in which none has."""
    engine = _Engine(helpline)
    for world in worlds:
        yield from _walk(engine, world)


def _walk(engine: _Engine, situations: Situations) -> Iterator[Answer]:
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
        by_key: dict[Reply, Sequence[Situation]] = {}
        nearest: dict[str, Sequence[Situation]] = {}
        for event in _other_origin(kind) if alike in walked else events(engine.helpline, place, kind):
            language = place.language or engine.helpline.only_language or chosen(engine.helpline, event.digits)
            if language not in nearest:
                nearest[language] = _nearest_first(situations(language, place), after)
            for answer in engine.answers(place, event, nearest[language], after):
                is_alike = kind == "keys" and by_key.get(answer.reply) == answer.situations
                answer.same = is_alike and not answer.reply.named
                by_key.setdefault(answer.reply, answer.situations)
                yield answer
                for arrival in answer.reply.arrivals:
                    if arrival not in seen:
                        seen.add(arrival)
                        waiting.append((arrival, answer))
        walked.add(alike)


@lru_cache(maxsize=65536)
def without_origin(arrival: Arrival) -> Arrival:
    place, kind = arrival
    return (place._replace(origin="") if place.origin else place, kind)


def events(helpline: Helpline, place: Place, kind: EventKind) -> Sequence[Event]:
    """All that can happen where a call arrives at `place`."""
    return _events(kind, code_digits(helpline) if kind == "keys" and place.page == LANGUAGES else 0)


@lru_cache
def _events(kind: EventKind, digits: int) -> tuple[Event, ...]:
    """`digits` is the length of a code, where codes are pressed."""
    if kind == "dialled":
        return tuple(Event(kind, outcome=outcome) for outcome in OUTCOMES)
    if digits:
        codes = (code for length in range(digits, 0, -1) for code in product(KEYS, repeat=length))
        return tuple(Event(kind, "".join(code)) for code in codes)
    return tuple(Event(kind, key) for key in KEYS) if kind in ("keys", "accept") else (Event(kind),)


def _arrivals(steps: Steps) -> Iterator[Arrival]:
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
    if after is None or after.situations[0] not in situations[1:]:
        return situations
    return sorted(situations, key=lambda one: one is not after.situations[0])


class _Engine:
    """The engine's answers; a page that several events lead to in one situation is asked for once."""

    def __init__(self, helpline: Helpline) -> None:
        self.helpline = helpline
        self._pages: dict[tuple[Visit, Situation], Reply] = {}
        self._replies: dict[Steps, Reply] = {}

    def answers(
        self, place: Place, event: Event, situations: Sequence[Situation], after: Answer | None
    ) -> Iterator[Answer]:
        """One for each thing that it answers, with the situations in which it does."""
        found: dict[tuple[Reply, str], list[Situation]] = {}
        for situation in situations:
            found.setdefault(self._reply(place, event, situation), []).append(situation)
        return (Answer(place, event, held, reply, after, crash) for (reply, crash), held in found.items())

    def _reply(self, place: Place, event: Event, situation: Situation) -> tuple[Reply, str]:
        """The engine's steps, or the error that it raised."""
        try:
            led = lead(self.helpline, place, event, situation)
            return self._page(led, situation) if isinstance(led, Visit) else self._one(led), ""
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what this walk looks for
            return self._one(()), f"{type(error).__name__}: {error}"

    def _page(self, visit: Visit, situation: Situation) -> Reply:
        known = self._pages.get((visit, situation))
        if known is None:
            known = self._pages[visit, situation] = self._one(arrive(self.helpline, visit, situation))
        return known

    def _one(self, steps: Steps) -> Reply:
        known = self._replies.get(steps)
        if known is None:
            known = self._replies[steps] = Reply(steps)
        return known
