"""The keys that lead to a place in the line, as a script that `ivr call --script` replays."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.flow.model import Helpline
from ivr.flow.routing import Situation
from ivr.flow.steps import Outcome
from ivr.proof.walk import Answer

DEEDS: dict[Outcome, tuple[str, ...]] = {
    "answered": ("desk answer", "desk hang-up"),
    "busy": ("desk busy",),
    "no-answer": ("desk no-answer",),
    "failed": ("desk failed",),
}


def script(helpline: Helpline, answer: Answer) -> str:
    """The call up to `answer`, line by line; comments say what the line has to be started with."""
    path = answer.path
    return "\n".join([*_settings(helpline, path[0].situation), *_deeds(helpline, path)])


def _settings(helpline: Helpline, situation: Situation) -> Iterator[str]:
    for name, numbers in situation.numbers.items():
        yield f"# {name.upper().replace('-', '_')}_PHONE={','.join(numbers)}"
    if not situation.numbers:
        yield "# no desk has a number"
    yield from _by_hand(situation)
    yield f"at {_clock(helpline, situation)}"
    if situation.caller_id:
        yield f"to {situation.caller_id}"


def _deeds(helpline: Helpline, path: list[Answer]) -> Iterator[str]:
    now = path[0].situation
    for answer in path:
        if answer.situation is not now:
            now = answer.situation
            yield from _by_hand(now)
            yield f"clock {_clock(helpline, now)}"
        match answer.event.kind:
            case "keys":
                yield f"press {answer.event.digits}"
            case "silence":
                yield "wait"
            case "dialled":
                yield from DEEDS[answer.event.outcome]


def _clock(helpline: Helpline, situation: Situation) -> str:
    return situation.now.astimezone(helpline.about.time_zone).strftime("%Y-%m-%d %H:%M:%S")


def _by_hand(situation: Situation) -> Iterator[str]:
    for name, override in situation.overrides.items():
        yield f"# {name} is {'opened' if override.open else 'closed'} by hand"
