"""Every voice that helpline.yaml names exists: by Twilio's list, or by the word of the operator who has heard it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ivr.content.model import Helpline, Speech
from ivr.errors import Problem
from ivr.simulator.voices import AS_OF, is_of_another_carrier, objection
from ivr.verify.places import Places


def voice_problems(helpline: Helpline, places: Places) -> Iterator[Problem]:
    """A voice that no carrier has fails a call in the midst of a document."""
    spoken: list[tuple[tuple[str, str], Speech]] = [
        (("languages", name), speech) for name, speech in helpline.languages.items()
    ]
    spoken += [(("greets", name), speech) for name, speech in helpline.about.greets.items()]
    for written, language in spoken:
        if not language.say:
            continue
        voice, where = language.say.voice, (*written, "say", "voice")
        if why := objection(language.say.language, voice):
            yield places.about(where, "unknown-voice", f"{why}, by Twilio's list of {AS_OF}")
        elif is_of_another_carrier(voice) and not language.say.heard_on:
            message = (
                f"{voice} is no voice of Twilio's. If your carrier has it and you have heard it on a call, "
                f"write the day beside it, such as heard_on: {date.fromisoformat(AS_OF)}"
            )
            yield places.about(where, "unknown-voice", message)
