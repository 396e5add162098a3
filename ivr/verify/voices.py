"""Every voice that helpline.yaml names exists: engines, and voices of the carrier's by Twilio's list or, of another
carrier, by the word of the operator who has heard them."""

from collections.abc import Iterator
from datetime import date

from ivr.audio.engines.allowed import READS
from ivr.audio.recordings import ENGINE as RECORDING
from ivr.content.did_you_mean import unknown
from ivr.content.model import Helpline
from ivr.content.speech import SAY
from ivr.errors import Problem
from ivr.simulator.voices import AS_OF, is_of_another_carrier, objection
from ivr.verify.places import Places


def voice_problems(helpline: Helpline, places: Places) -> Iterator[Problem]:
    """A voice that no carrier has fails a call in the midst of a document."""
    for name in helpline.spoken:
        language = helpline.speech(name)
        if not language.say:
            continue
        voice, where = language.say.voice, (_part(helpline, name), name, "say", "voice")
        if why := objection(language.say.language, voice):
            yield places.about(where, "unknown-voice", f"{why}, by Twilio's list of {AS_OF}")
        elif is_of_another_carrier(voice) and not language.say.heard_on:
            message = (
                f"{voice} is no voice of Twilio's. If your carrier has it and you have heard it on a call, "
                f"write the day beside it, such as heard_on: {date.fromisoformat(AS_OF)}"
            )
            yield places.about(where, "unknown-voice", message)


def engine_problems(helpline: Helpline, places: Places) -> Iterator[Problem]:
    """An unknown engine makes no clips; and if `say` is misspelt, the engines after it speak to callers."""
    known = (*READS, RECORDING, SAY)
    for name in helpline.spoken:
        language = helpline.speech(name)
        for index, engine in enumerate(language.engines):
            if engine not in known:
                where = (_part(helpline, name), name, "engines", index)
                yield places.about(where, "unknown-engine", unknown(engine, known, "engine"))


def _part(helpline: Helpline, language: str) -> str:
    """The key of helpline.yaml under which a language stands."""
    return "greets" if language in helpline.about.greets else "languages"
