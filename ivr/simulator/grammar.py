"""What a TwiML document may contain: verbs, attributes, their values and nesting, as tables."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

SCHEMA = 12200  # Twilio 12200, "Schema validation warning": for the app's author an error all the same
E164 = re.compile(r"\+[1-9][0-9]{6,14}")
ADDRESS = re.compile(r"[!-~]+")


@dataclass(frozen=True)
class Attribute:
    """One attribute: what it may be, in words too, Twilio's code, and who else knows it."""

    fits: Callable[[str], bool]
    wanted: str
    code: int = SCHEMA
    portable: bool = True
    address: bool = False


@dataclass(frozen=True)
class Grammar:
    """One element: its attributes, what nests in it, if it holds text, who else knows it."""

    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    children: frozenset[str] = frozenset()
    text: bool = False
    portable: bool = True
    nesting_code: int = SCHEMA


def _whole(low: int, high: int | None = None, code: int = SCHEMA) -> Attribute:
    def fits(value: str) -> bool:
        return re.fullmatch("[0-9]{1,6}", value) is not None and low <= int(value) <= (high or 999_999)

    return Attribute(fits, f"a whole number from {low}" + (f" to {high}" if high else " up"), code)


def _one_of(*words: str, code: int = SCHEMA, portable: bool = True) -> Attribute:
    return Attribute(lambda value: value in words, " or ".join(repr(word) for word in words), code, portable)


def _matching(pattern: str, wanted: str, code: int = SCHEMA, portable: bool = True) -> Attribute:
    return Attribute(lambda value: re.fullmatch(pattern, value) is not None, wanted, code, portable)


def _method(code: int = SCHEMA) -> Attribute:
    return _one_of("GET", "POST", code=code)


def _flag(code: int = SCHEMA, portable: bool = True) -> Attribute:
    return _one_of("true", "false", code=code, portable=portable)


def _any_value(*names: str) -> dict[str, Attribute]:
    """Attributes that change nothing here, and that not every carrier knows."""
    return {name: Attribute(lambda _value: True, "anything", portable=False) for name in names}


URL = Attribute(lambda value: ADDRESS.fullmatch(value) is not None, "an address", 11100, address=True)
EVENT = "(initiated|ringing|answered|completed)"

SPEECH = _any_value(
    *("hints", "language", "maxSpeechTime", "partialResultCallback", "partialResultCallbackMethod"),
    *("profanityFilter", "speechTimeout", "speechModel", "enhanced", "debug"),
)
RECORDING = _any_value(
    *("recordingStatusCallback", "recordingStatusCallbackMethod", "recordingStatusCallbackEvent"),
    *("recordingTrack", "trim"),
)
MACHINES = _any_value(
    *("machineDetection", "machineDetectionTimeout", "machineDetectionSpeechThreshold"),
    *("machineDetectionSpeechEndThreshold", "machineDetectionSilenceTimeout"),
    *("amdStatusCallback", "amdStatusCallbackMethod", "byoc"),
)
# Speech marks (SSML) belong to the voice, not to the telephone: their attributes are not looked at.
MARKS = frozenset(("break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"))

NUMBER = Grammar(
    {
        "url": URL,
        "method": _method(13221),
        "sendDigits": _matching("[0-9*#wW]+", "keys and w", 13222, portable=False),
        "statusCallback": URL,
        "statusCallbackMethod": _method(),
        "statusCallbackEvent": _matching(f"{EVENT}( {EVENT})*", "of initiated ringing answered completed"),
        **MACHINES,
    },
    text=True,
)
DIAL = Grammar(
    {
        "action": URL,
        "method": _method(13210),
        "timeout": _whole(5, 600, 13212),
        "timeLimit": _whole(1, 14_400, 13216),
        "callerId": _matching(E164.pattern, "a number in E.164, such as +999312345678", 13214),
        "hangupOnStar": _flag(13213),
        # Carriers without it ignore it, and Twilio needs it for the ringing tone during a whisper.
        "answerOnBridge": _flag(13219),
        "sequential": _flag(13218, portable=False),
        "ringTone": _matching("[a-z]{2}|us-old", "a country, such as jp", portable=False),
        **_any_value("record", "referUrl", "referMethod", "events", "callReason"),
        **RECORDING,
    },
    frozenset({"Number"}),
    text=True,
    nesting_code=13215,
)
GATHER = Grammar(
    {
        "input": _matching("dtmf|dtmf speech|speech dtmf", "'dtmf': this telephone has keys and doesn't speak"),
        "numDigits": _whole(1, code=13314),
        "timeout": _whole(1, code=13313),
        "finishOnKey": _matching("[0-9*#]?", "one key of 0123456789*#, or nothing", 13310),
        "action": URL,
        "method": _method(13312),
        "actionOnEmptyResult": _flag(),
        **SPEECH,
    },
    frozenset({"Say", "Play", "Pause"}),
    nesting_code=13320,
)
RECORD = Grammar(
    {
        "action": URL,
        "method": _method(13610),
        "timeout": _whole(1, code=13611),
        "maxLength": _whole(1, 14_400, 13612),
        "finishOnKey": _matching("[0-9*#]*", "keys of 0123456789*#", 13613),
        "playBeep": _flag(13616),
        **_any_value("transcribe", "transcribeCallback"),
        **RECORDING,
    }
)
# Those of other carriers, such as gcloud.en-US-Wavenet-A, begin with a small letter.
VOICE = "man|woman|alice|(Polly|Google)[.][A-Za-z0-9-]+|[a-z]+[.][^ ]+"
ELEMENTS: Mapping[str, Grammar] = {
    "Say": Grammar(
        {
            "language": _matching("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,4})?", "a language, such as ja-JP", 13511),
            "voice": _matching(VOICE, "Polly.* or Google.*", 13511),
            "loop": _whole(0, 1000, 13510),
        },
        MARKS,
        text=True,
    ),
    "Play": Grammar(
        {"loop": _whole(0, 1000, 13410), "digits": _matching("[0-9*#wW]+", "keys and w", portable=False)}, text=True
    ),
    "Pause": Grammar({"length": _whole(1)}, portable=False),
    "Gather": GATHER,
    "Dial": DIAL,
    "Number": NUMBER,
    "Redirect": Grammar({"method": _method()}, text=True),
    "Hangup": Grammar(),
    "Reject": Grammar({"reason": _one_of("rejected", "busy")}),
    "Record": RECORD,
}
