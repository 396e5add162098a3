"""Plays a script: does what it says, and stops at the first expectation that isn't met."""

import re
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from ivr.simulator.call import Call
from ivr.simulator.ear import Heard
from ivr.simulator.leg import Dialled
from ivr.simulator.problems import OutOfTurn, TelephoneError
from ivr.simulator.script import Line, Script, read
from ivr.simulator.stops import Outcome
from ivr.simulator.transport import Transport


class Unmet(AssertionError):  # noqa: N818 - named for what happened
    """Something that a script expects didn't happen; the text shows what happened instead."""


def replay(script: Script | str | Path, transport: Transport, url: str, **options: Any) -> Call:  # noqa: ANN401 - Call's own options
    """The call that `script` (or the file of that name) describes; `options` are those of Call.

    The script's own settings win. Raises Unmet at an expectation that isn't met.
    """
    script = script if isinstance(script, Script) else read(script)
    call = Call(transport, url, **{**options, **settings(script)}).start()
    for line in script.lines:
        if line.role == "action":
            _perform(call, line)
        elif line.role == "expectation":
            _expect(call, line)
    return call


def settings(script: Script) -> dict[str, Any]:
    """A script's settings as options of Call."""
    found: dict[str, Any] = {}
    if line := script.setting("at"):
        found["at"] = line.moment
    for word, option in (("from", "from_"), ("to", "to"), ("type-ahead", "type_ahead")):
        if line := script.setting(word):
            found[option] = line.rest
    return found


def perform(call: Call, line: Line) -> None:
    """Does what one line says."""
    match line.word:
        case "press":
            call.press(line.found["keys"] or "", line.after)
        case "wait":
            call.wait()
        case "hang-up":
            call.hang_up(line.after)
        case "clock":
            call.clock_at(line.moment)
        case "desk":
            _perform_desk(call, line)


def _perform_desk(call: Call, line: Line) -> None:
    if keys := line.found["keys"]:
        call.desk_press(keys, line.after)
    elif line.found["left"]:
        call.desk_hangs_up(line.after)
    else:
        call.desk(cast("Outcome", line.found["outcome"]), line.found["number"], line.after)


def _perform(call: Call, line: Line) -> None:
    try:
        perform(call, line)
    except OutOfTurn as error:
        raise Unmet(_story(call, line, str(error))) from None
    except TelephoneError as error:
        error.add_note(f"{line.place}: {line.source}")
        raise


def _expect(call: Call, line: Line) -> None:
    if why := _objection(call, line):
        raise Unmet(_story(call, line, why))


def _objection(call: Call, line: Line) -> str:
    match line.word:
        case "ended" if call.ended_by != line.rest:
            return f"expected the call to have ended: {line.rest}"
        case "dialled" if not _dialled(call, line):
            return f"expected the line to have dialled {line.rest}"
        case "not" if any(_is(sound, line) for sound in _sounds(call, "caller")):
            return f"expected not to hear {line.rest}"
        case "hear" if not any(_is(sound, line) for sound in _sounds(call, "caller")):
            return f"expected to hear {line.rest}"
        case "desk-hears" if not any(_is(sound, line) for sound in _sounds(call, "desk")):
            return f"expected the desk to hear {line.rest}"
    return ""


def _dialled(call: Call, line: Line) -> bool:
    number, digits, caller_id = (line.found[name] for name in ("number", "digits", "caller_id"))
    return any(
        seen.number == number and digits in (None, seen.send_digits) and caller_id in (None, seen.caller_id)
        for seen in call.dialled
        if seen.turn == call.turn
    )


def _sounds(call: Call, leg: str) -> list[Heard]:
    return [sound for sound in call.just_heard if sound.leg == leg]


def _is(sound: Heard, line: Line) -> bool:
    if words := line.found["text"]:
        return " ".join(words.split()) in " ".join(sound.text.split())
    wanted = line.found["prompt"] or ""
    return sound.prompt == wanted or (wanted[:1] == "/" and urlsplit(sound.url).path == wanted)


def _story(call: Call, line: Line, why: str) -> str:
    """What was expected, and what happened since the last action."""
    since = call.actions[-1].words if call.actions else "the call began"
    told = [f"{line.place}: {why}", f"  {line.source}", f"since {since}:"]
    told += [f"  {sound.leg} heard {name(sound)}" for sound in call.just_heard] or ["  nothing was heard"]
    told += [
        f"  the line dialled {dialled(seen)} from {seen.caller_id}" for seen in call.dialled if seen.turn == call.turn
    ]
    ended = f" ({call.ended_by})" if call.ended_by else ""
    return "\n".join([*told, f"the call is {call.state}{ended}"])


def dialled(seen: Dialled) -> str:
    """How a script names a number, with what is dialled after the answer."""
    return f"{seen.number} then {seen.send_digits}" if seen.send_digits else seen.number


def name(sound: Heard) -> str:
    """How a script names a sound: by its prompt, else by its first words, else by its address."""
    words = " ".join(sound.text.partition('"')[0].split())[:60].strip()
    if re.fullmatch(r'[^\s"]\S*', sound.prompt):
        return sound.prompt
    return f'"{words}"' if words else urlsplit(sound.url).path
