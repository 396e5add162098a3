"""What has happened in a call since the last action, for the page that shows and plays it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from ivr.config import Settings
from ivr.content.model import Helpline
from ivr.numbers import EXTENSION
from ivr.simulator import Call, Heard, Unreachable
from ivr.web.meanings import NONE, meaning
from ivr.webhooks.twiml import WAIT_FOR_A_SWITCHBOARD
from ivr.webphone.own_line import OwnLine

Opens = Callable[[str, datetime], bool]


class TurnJson:
    """`opens` says whether a desk is open at a moment."""

    def __init__(self, helpline: Helpline, settings: Settings, line: OwnLine, opens: Opens) -> None:
        self._helpline, self._settings, self._line, self._opens = helpline, settings, line, opens
        self._directions: dict[str, str] = {language: text.direction for language, text in helpline.texts.items()}
        texts = [text for texts in helpline.clip_texts.values() for text in texts.values()]
        # A text that two clips share counts for one of them, which readers won't notice.
        self._said = {words: text for text in texts for words in (*text.sentences, text.text, text.written) if words}

    def turn(self, call: Call, page: str) -> dict[str, Any]:
        """What is said, with its meaning in the language `page`.

        All seconds count from the beginning of the turn, so that a page can say how late something was done.
        """
        began, ends = call.turn_began, call.waits_until
        return {
            "status": call.state,
            "ended": call.ended_by,
            "began": _moment(call, began),
            "sounds": [self._sound(sound, began, page) for sound in call.just_heard],
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
        names = self._settings.desk_numbers
        return [{"name": name, "open": bool(moment and self._opens(name, moment))} for name in names]

    def _sound(self, sound: Heard, began: float, page: str) -> dict[str, Any]:
        return {
            "kind": sound.kind,
            "leg": sound.leg,
            "url": self._address(sound.url),
            "prompt": sound.prompt,
            "lines": self._sentences(sound, page),
            "at": _round(sound.started_at - began),
            "seconds": _round(sound.seconds),
        }

    def _sentences(self, sound: Heard, page: str) -> list[dict[str, str]]:
        """The language list is one sound in many languages, a line for each; everything else is one line."""
        named = sound.prompt.partition("/")[0] or sound.language
        return [self._sentence(text, named, page) for text in sound.text.split("\n") if text]

    def _sentence(self, text: str, named: str, page: str) -> dict[str, str]:
        """Where the carrier speaks a clip sentence by sentence, its meaning stands beside the first."""
        said = self._said.get(text)
        language = said.language if said else named
        begins = said and (text == said.sentences[0] or text in (said.text, said.written))
        means = meaning(self._helpline, page, language, said.prompt) if said and begins else NONE
        return {
            "text": text,
            "lang": language,
            "dir": self._directions.get(language, "ltr"),
            "means": means.text,
            "meansLang": means.language,
        }

    def _address(self, url: str) -> str:
        """The address on the page's own host, by whatever name that was reached."""
        try:
            return self._settings.public_path + self._line.path(url) if url else ""
        except Unreachable:
            return ""

    def _desk(self, number: str, call: Call) -> dict[str, str]:
        """The desk that has a number, since the page shows who is rung, not where; and what is dialled there."""
        digits = next((seen.send_digits for seen in reversed(call.dialled) if seen.number == number), "")
        desks = {each: name for name, numbers in self._settings.desk_numbers.items() for each in numbers}
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
