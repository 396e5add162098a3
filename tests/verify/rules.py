"""The names of all rules that a walk can break."""

from ivr.audio.catalog import State
from ivr.content.limits import ListLimits, SpeechLimits
from ivr.verify.call_checks import CHECKS_OF_ANSWERS, CHECKS_OF_WORDS
from ivr.verify.key_checks import CHECKS_OF_KEYS

LIMITS = [*ListLimits.model_fields, *SpeechLimits.model_fields, "notice", "person"]
RULES = {
    *CHECKS_OF_ANSWERS,
    *CHECKS_OF_WORDS,
    *(name for checks in CHECKS_OF_KEYS.values() for name in checks),
    *("document", "address", "endless", "untold-fact"),
    *(f"clip-{state}" for state in State if state is not State.READY),
    *(f"too-long-{name}".replace("_", "-") for name in LIMITS),
    *("confirmed", "holidays-verified", "formant-voice", "unknown-voice", "unknown-engine", "unread-language"),
}
