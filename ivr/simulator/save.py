"""Writes a call that took place as a script, which replayed against the same app is met."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from ivr.simulator.call import Call
from ivr.simulator.leg import Ending
from ivr.simulator.replay import dialled, name

HEAD = """\
# A telephone call as it went: what was done, and under it what was heard then.
# Play it again with: ivr call --script FILE (this file's name). It stops where the line says something else.
# A line that begins with # is a note and changes nothing. docs/telephone.md explains the words.
"""
NOTES: Mapping[Ending | None, str] = {
    None: "The call was still going on when it was saved.",
    "caller": "The caller hung up.",
    "hangup": "The line ended the call.",
    "ran out of verbs": "The line had nothing more to say, and the call ended.",
    "reject": "The line did not answer.",
    "stock message": "The line broke down, and the carrier said so.",
    "telephone error": "It ended with an error of the line.",
}


def save(call: Call, path: str | Path) -> None:
    Path(path).write_text(write(call), encoding="utf-8")


def write(call: Call) -> str:
    """The call so far, as the text of a script; the same call always gives the same text."""
    lines = [HEAD + f"# {NOTES[call.ended_by]}", *_settings(call), "", *_turn(call, 0)]
    for action in call.actions:
        lines += ["", action.words, *_turn(call, action.turn)]
    if call.ended_by not in (None, "telephone error"):
        lines.append(f"ended {call.ended_by}")
    return "\n".join(lines) + "\n"


def _settings(call: Call) -> Iterator[str]:
    if call.at is not None:
        precision = "auto" if call.at.second or call.at.microsecond else "minutes"
        yield f"at {call.at.isoformat(' ', precision)}"
    yield f"from {call.leg.from_}"
    yield f"to {call.leg.to}"
    if call.leg.type_ahead != "dropped":
        yield f"type-ahead {call.leg.type_ahead}"


def _turn(call: Call, turn: int) -> Iterator[str]:
    for sound in call.heard:
        if sound.turn == turn and name(sound):
            yield f"{'hear' if sound.leg == 'caller' else 'desk-hears'} {name(sound)}"
    for seen in call.dialled:
        if seen.turn == turn:
            yield f"dialled {dialled(seen)} from {seen.caller_id}"
