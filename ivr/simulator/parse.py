"""From a checked element to its verb: a small function for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ivr.simulator.markup import Element
from ivr.simulator.verbs import Dial, Gather, Hangup, Number, Pause, Play, Prompt, Record, Redirect, Reject, Say, Verb


def read(element: Element) -> Verb:
    return _READERS[element.name](element)


def _say(element: Element) -> Say:
    given = element.attributes
    text = " ".join(element.spoken.split())
    return Say(text, given.get("language", "en-US"), given.get("voice", ""), int(given.get("loop", "1")))


def _play(element: Element) -> Play:
    given = element.attributes
    return Play(element.text.strip(), int(given.get("loop", "1")), given.get("digits", ""))


def _pause(element: Element) -> Pause:
    return Pause(int(element.attributes.get("length", "1")))


_PROMPTS: Mapping[str, Callable[[Element], Prompt]] = {"Say": _say, "Play": _play, "Pause": _pause}


def _gather(element: Element) -> Gather:
    given = element.attributes
    return Gather(
        prompts=tuple(_PROMPTS[child.name](child) for child in element.children),
        num_digits=int(given["numDigits"]) if "numDigits" in given else None,
        timeout=int(given.get("timeout", "5")),
        finish_on_key=given.get("finishOnKey", "#"),
        action=given.get("action", ""),
        method=given.get("method", "POST"),
        action_on_empty=given.get("actionOnEmptyResult") == "true",
    )


def _number(element: Element) -> Number:
    given = element.attributes
    return Number(
        number=element.text.strip(),
        send_digits=given.get("sendDigits", ""),
        url=given.get("url", ""),
        method=given.get("method", "POST"),
        status_callback=given.get("statusCallback", ""),
        status_events=frozenset(given.get("statusCallbackEvent", "completed").split()),
        status_method=given.get("statusCallbackMethod", "POST"),
    )


def _dial(element: Element) -> Dial:
    given = element.attributes
    return Dial(
        numbers=tuple(_number(child) for child in element.children) or (Number(element.text.strip()),),
        action=given.get("action", ""),
        method=given.get("method", "POST"),
        timeout=int(given.get("timeout", "30")),
        time_limit=int(given.get("timeLimit", "14400")),
        caller_id=given.get("callerId", ""),
        hangup_on_star=given.get("hangupOnStar") == "true",
        sequential=given.get("sequential") == "true",
    )


def _redirect(element: Element) -> Redirect:
    return Redirect(element.text.strip(), element.attributes.get("method", "POST"))


def _reject(element: Element) -> Reject:
    return Reject(element.attributes.get("reason", "rejected"))


def _record(element: Element) -> Record:
    given = element.attributes
    return Record(
        action=given.get("action", ""),
        method=given.get("method", "POST"),
        timeout=int(given.get("timeout", "5")),
        max_length=int(given.get("maxLength", "3600")),
        finish_on_key=given.get("finishOnKey", "1234567890*#"),
    )


_READERS: Mapping[str, Callable[[Element], Verb]] = {
    **_PROMPTS,
    "Gather": _gather,
    "Dial": _dial,
    "Redirect": _redirect,
    "Hangup": lambda _element: Hangup(),
    "Reject": _reject,
    "Record": _record,
}
