"""The keys that lead to a place in the line, as a script that `ivr call --script` replays."""

from collections.abc import Iterator
from datetime import datetime

from ivr.content.model import Helpline
from ivr.content.pages import LANGUAGES
from ivr.flow.all_situations import later_like
from ivr.flow.language_list import CODE_END, code_digits
from ivr.flow.places import EventKind, Outcome
from ivr.flow.situation import Situation
from ivr.flow.steps import Dial, Gather
from ivr.numbers import phone_setting
from ivr.verify.walk import Answer

ACTIONS: dict[Outcome, tuple[str, ...]] = {
    "answered": ("desk answer", "desk hang-up"),
    "busy": ("desk busy",),
    "no-answer": ("desk no-answer",),
    "failed": ("desk failed",),
}

BY_ITSELF: tuple[EventKind, ...] = ("show", "dial", "whisper")


def script(helpline: Helpline, answer: Answer) -> str:
    """The call up to `answer`, line by line; comments say what the line has to be started with."""
    path = answer.path
    return "\n".join([*_settings(path[0].situations[0]), *_actions(helpline, path)])


def _settings(situation: Situation) -> Iterator[str]:
    for name, numbers in situation.numbers.items():
        yield f"# {phone_setting(name)}={','.join(numbers)}"
    if not situation.numbers:
        yield "# no desk has a number"
    yield from _by_hand(situation)
    yield f"at {_written(situation.now)}"
    if situation.caller_id:
        yield f"to {situation.caller_id}"


def _actions(helpline: Helpline, path: list[Answer]) -> Iterator[str]:
    now = path[0].situations[0]
    moment = now.now
    for answer in path:
        if now not in answer.situations:
            now = answer.situations[0]
            moment = later_like(helpline, now, moment)
            yield from _by_hand(now)
            # What follows by itself leaves nobody the time to set a clock.
            yield f"{'# meanwhile it is' if answer.event.kind in BY_ITSELF else 'clock'} {_written(moment)}"
        yield from _waits(answer)
        if answer.event.kind == "keys":
            yield f"press {_keys(helpline, answer)}"
        elif answer.event.kind == "dialled":
            yield from ACTIONS[answer.event.outcome]


def _waits(answer: Answer) -> Iterator[str]:
    """Where an answer listens more than once, the caller was silent until it listened in this way."""
    for step in answer.after.reply.steps if answer.after else ():
        if isinstance(step, Gather):
            if answer.event.kind == "keys" and step.place == answer.place:
                return
            yield "wait"
        elif isinstance(step, Dial):
            return


def _keys(helpline: Helpline, answer: Answer) -> str:
    """A lone key of a code needs the one that ends codes."""
    lone = answer.place.page == LANGUAGES and len(answer.event.digits) < code_digits(helpline)
    return answer.event.digits + (CODE_END if lone else "")


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def _by_hand(situation: Situation) -> Iterator[str]:
    for name, (override, *_older) in situation.overrides.items():
        yield f"# {name} is {'opened' if override.open else 'closed'} by hand"
