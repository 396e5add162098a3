"""What has happened in a call since the last action, for the page that shows and plays it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from ivr.config import Settings
from ivr.numbers import EXTENSION
from ivr.simulator import Call, Heard, Unreachable
from ivr.webhooks.twiml import WAIT_FOR_A_SWITCHBOARD
from ivr.webphone.own_line import OwnLine
from ivr.webphone.sentences import Texts, sentences

Opens = Callable[[str, datetime], bool]


@dataclass(frozen=True)
class TurnJson:
    """`texts` are those that the line can say; `opens` says whether a desk is open at a moment."""

    settings: Settings
    line: OwnLine
    texts: Texts
    opens: Opens

    def turn(self, call: Call) -> dict[str, Any]:
        """All seconds count from the beginning of the turn, so that a page can say how late something was done."""
        began, ends = call.turn_began, call.waits_until
        return {
            "status": call.state,
            "ended": call.ended_by,
            "began": _moment(call, began),
            "sounds": [self._sound(sound, began) for sound in call.just_heard],
            "lasts": _round(call.seconds - began),
            "waits": None if ends is None else _round(ends - call.seconds),
            "keysFrom": None if call.keys_from is None else _round_up(call.keys_from - began),
            "ringing": [self._desk(number, call) for number in call.ringing],
            "documents": [
                {"url": page.url, "leg": page.leg, "body": page.body.decode(errors="replace")}
                for page in call.just_documents
            ],
            "problems": [str(problem) for problem in call.problems],
            "desks": self.desks(call.moment),
        }

    def desks(self, moment: datetime | None) -> list[dict[str, Any]]:
        names = self.settings.desk_numbers
        return [{"name": name, "open": bool(moment and self.opens(name, moment))} for name in names]

    def _sound(self, sound: Heard, began: float) -> dict[str, Any]:
        return {
            "kind": sound.kind,
            "leg": sound.leg,
            "url": self._address(sound.url),
            "prompt": sound.prompt,
            "lines": sentences(sound, self.texts),
            "at": _round(sound.started_at - began),
            "seconds": _round(sound.seconds),
        }

    def _address(self, url: str) -> str:
        """The address on the page's own host, by whatever name that was reached."""
        try:
            return self.settings.public_path + self.line.path(url) if url else ""
        except Unreachable:
            return ""

    def _desk(self, number: str, call: Call) -> dict[str, str]:
        """The desk that has a number, since the page shows who is rung, not where; and what is dialled there."""
        digits = next((seen.send_digits for seen in reversed(call.dialled) if seen.number == number), "")
        desks = {each: name for name, numbers in self.settings.desk_numbers.items() for each in numbers}
        full = f"{number}{EXTENSION}{digits.removeprefix(WAIT_FOR_A_SWITCHBOARD)}" if digits else number
        return {"name": desks.get(full, number), "digits": digits}


def _moment(call: Call, second: float) -> str:
    if call.moment is None:
        return ""
    return (call.moment - timedelta(seconds=call.seconds - second)).isoformat(timespec="seconds")


def _round_up(seconds: float) -> float:
    """Rounded up, so that a page is never too early."""
    return ceil(seconds * 100 - 0.001) / 100


def _round(seconds: float) -> float:
    return round(seconds, 2)
