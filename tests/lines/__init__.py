"""Other organisations' lines, and calls to them: the crisis line and the town's line that `ivr new` makes."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask

from ivr.cli.new import STARTERS
from ivr.content.loader import load_helpline
from ivr.content.model import Helpline
from ivr.simulator import Call, WsgiTransport
from tests.cast import LINE, TOKEN, URL, app

CRISIS, TOWN = (STARTERS / kind / "prompts" for kind in ("crisis", "town"))
REFUGE, LISTENERS, OFFICE = "+999332220001", "+999332220002", "+999332220003"
NUMBERS = {"REFUGE_PHONE": REFUGE, "LISTENERS_PHONE": LISTENERS}


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
def noticed() -> Helpline:
    """The crisis line with news: in English on some days, in Spanish on all."""
    with TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(CRISIS, Path(folder) / "prompts"))
        news = "{en: {text: The listeners are away., from: 2026-12-29, to: 2027-01-03}, es: Ahora somos más.}"
        about = (copy / "helpline.yaml").read_text("utf-8")
        (copy / "helpline.yaml").write_text(about.replace("fill: {notice: {}}", f"fill: {{notice: {news}}}"), "utf-8")
        return load_helpline(copy)


@cache
def _served(line: Helpline, environ: tuple[tuple[str, str], ...]) -> Flask:
    return app(line, dict(environ))


def call(line: Helpline, at: str, keys: str = "", environ: dict[str, str] | None = None, **phone: Any) -> Call:
    """A call to a line at a moment of its own clock, after these groups of keys, or `wait`."""
    numbers = {**NUMBERS, "OFFICE_PHONE": OFFICE} if environ is None else environ
    rung = {name: number for name, number in numbers.items() if name.removesuffix("_PHONE").lower() in line.desks}
    moment = datetime.fromisoformat(at).replace(tzinfo=line.about.time_zone)
    served = WsgiTransport(_served(line, tuple(rung.items())))
    made = Call(served, URL, token=TOKEN, to=LINE, at=moment, **{"portable": True, **phone}).start()
    for key in keys.split():
        made.wait() if key == "wait" else made.press(key)
    return made


def texts(made: Call) -> list[str]:
    return [sound.text for sound in made.just_heard]
