"""Which way a call goes where Twilio's documentation is silent or contradicts itself.

An app is right if it is right in both, so test it with `FIRST` and with `OTHER`.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Readings:
    """The defaults are the likelier ways, judging by Twilio's pages.

    `finish_key_alone`: the key of `finishOnKey` before any digit is silence at once, or asks the action with empty
    `Digits`. `unbridged`: the DialCallStatus of a desk that answered and left before it was joined (`DialBridged` is
    false either way). `lost_whisper`: whether the legs are joined if the whisper's document can't be fetched.
    `unanswered_duration`: whether the action of an unanswered Dial gets a `DialCallDuration`. `fallback_repeats`:
    whether the fallback gets the parameters of the request that failed, such as `Digits`. `keeps_sounds`: whether a
    sound is fetched once a call, or each time it plays. `sends_digits`: when a number's `sendDigits` are dialled.
    """

    finish_key_alone: Literal["silence", "asks"] = "silence"
    unbridged: Literal["completed", "no-answer"] = "completed"
    lost_whisper: Literal["not joined", "joined"] = "not joined"
    unanswered_duration: bool = True
    fallback_repeats: bool = False
    keeps_sounds: bool = True
    sends_digits: Literal["before the whisper", "after it"] = "before the whisper"


FIRST = Readings()
OTHER = Readings(
    "asks",
    "no-answer",
    "joined",
    unanswered_duration=False,
    fallback_repeats=True,
    keeps_sounds=False,
    sends_digits="after it",
)
