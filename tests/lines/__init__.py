"""Other organisations' lines, and calls to them: a crisis line in one language, and a town's garbage line."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask

from ivr.cli.new import STARTERS
from ivr.content.loader import load_helpline
from ivr.content.model import Helpline
from ivr.simulator import Call, WsgiTransport
from tests.cast import LINE, TOKEN, URL, app

CRISIS, TOWN = (Path(__file__).parent / name / "prompts" for name in ("crisis", "town"))
NIGHT, DAY = "+999332220001", "+999332220002"
NUMBERS = {"NIGHT_PHONE": NIGHT, "DAY_PHONE": DAY}


@cache
def shipped(kind: str) -> Helpline:
    """The line of this kind that `ivr new` makes."""
    return load_helpline(STARTERS / kind / "prompts")


@cache
def crisis(*, slow: bool = False) -> Helpline:
    """The crisis line; a `slow` one says who runs a desk before it rings, and ends the call after silence."""
    line = load_helpline(CRISIS)
    if not slow:
        return line
    rules = line.about.rules.model_copy(update={"operator_first": True, "after_silence": "goodbye"})
    return replace(line, about=line.about.model_copy(update={"rules": rules}))


@cache
def town() -> Helpline:
    return load_helpline(TOWN)


@cache
def _served(line: Helpline, environ: tuple[tuple[str, str], ...]) -> Flask:
    return app(line, dict(environ))


def call(line: Helpline, at: str, keys: str = "", environ: dict[str, str] | None = None, **phone: Any) -> Call:
    """A call to a line at a moment of its own clock, after these groups of keys, or `wait`."""
    numbers = NUMBERS if environ is None and line.desks else environ or {}
    moment = datetime.fromisoformat(at).replace(tzinfo=line.about.time_zone)
    served = WsgiTransport(_served(line, tuple(numbers.items())))
    made = Call(served, URL, token=TOKEN, to=LINE, at=moment, **{"portable": True, **phone}).start()
    for key in keys.split():
        made.wait() if key == "wait" else made.press(key)
    return made


def texts(made: Call) -> list[str]:
    return [sound.text for sound in made.just_heard]
