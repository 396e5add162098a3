"""The verbs of a TwiML document as values: what was asked for, defaults filled in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Say:
    text: str
    language: str = "en-US"
    voice: str = ""
    loop: int = 1


@dataclass(frozen=True)
class Play:
    """A sound file, or tones where `digits` is given."""

    url: str
    loop: int = 1
    digits: str = ""


@dataclass(frozen=True)
class Pause:
    length: int = 1


Prompt = Say | Play | Pause


@dataclass(frozen=True)
class Gather:
    """Twilio, <Gather>: `timeout` starts after the nested verbs end, then counts between keys."""

    prompts: tuple[Prompt, ...] = ()
    num_digits: int | None = None
    timeout: int = 5
    finish_on_key: str = "#"
    action: str = ""
    method: str = "POST"
    action_on_empty_result: bool = False


@dataclass(frozen=True)
class Number:
    """Twilio, <Number>: `url` is the whisper, run on the called side before it is joined; `send_digits` are keys that
    are pressed after the answer.
    """

    number: str
    send_digits: str = ""
    url: str = ""
    method: str = "POST"
    status_callback: str = ""
    status_callback_event: frozenset[str] = frozenset({"completed"})
    status_callback_method: str = "POST"


@dataclass(frozen=True)
class Dial:
    numbers: tuple[Number, ...]
    action: str = ""
    method: str = "POST"
    timeout: int = 30
    time_limit: int = 14_400
    caller_id: str = ""
    hangup_on_star: bool = False
    sequential: bool = False


@dataclass(frozen=True)
class Redirect:
    url: str
    method: str = "POST"


@dataclass(frozen=True)
class Hangup:
    pass


@dataclass(frozen=True)
class Reject:
    reason: str = "rejected"


@dataclass(frozen=True)
class Record:
    action: str = ""
    method: str = "POST"
    timeout: int = 5
    max_length: int = 3600
    finish_on_key: str = "1234567890*#"


Verb = Say | Play | Pause | Gather | Dial | Redirect | Hangup | Reject | Record
