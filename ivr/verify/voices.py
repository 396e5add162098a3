"""Every voice that helpline.yaml names exists and reads its language: engines, and voices of the carrier's by Twilio's
list or, of another carrier, by the word of the operator who has heard them."""

from collections.abc import Collection, Iterator
from datetime import date

from ivr.audio.engines.allowed import READS, why_not
from ivr.audio.recordings import ENGINE as RECORDING
from ivr.content.did_you_mean import unknown
from ivr.content.model import Helpline
from ivr.content.source import Where
from ivr.content.speech import SAY
from ivr.errors import Problem
from ivr.simulator.voices import AS_OF, LOCALES, is_of_another_carrier, objection
from ivr.verify.places import Places

# Where the names that Twilio gives a language begin differently.
TWILIOS = {"ar": ("ar", "arb"), "zh": ("zh", "cmn"), "yue": ("yue", "zh"), "tl": ("fil",), "no": ("nb",)}


def voice_problems(helpline: Helpline, places: Places) -> Iterator[Problem]:
    """A voice that no carrier has fails a call in the midst of a document; nobody follows one of another language."""
    for name in helpline.spoken:
        language = helpline.speech(name)
        if not language.say:
            continue
        voice, where = language.say.voice, (_part(helpline, name), name, "say", "voice")
        if why := objection(language.say.language, voice):
            yield places.about(where, "unknown-voice", f"{why}, by Twilio's list of {AS_OF}")
        elif why := _of_another_language(name, language.say.language):
            yield places.about((*where[:-1], "language"), "unknown-voice", why)
        elif is_of_another_carrier(voice) and not language.say.heard_on:
            message = (
                f"{voice} is no voice of Twilio's. If your carrier has it and you have heard it on a call, "
                f"write the day beside it, such as heard_on: {date.fromisoformat(AS_OF)}"
            )
            yield places.about(where, "unknown-voice", message)


def _of_another_language(language: str, locale: str) -> str:
    """Why a carrier's voice of this locale can't read a language, or nothing."""
    base = language.partition("-")[0]
    names = TWILIOS.get(base, (base,))
    if locale.partition("-")[0] in names:
        return ""
    right = ", ".join(known for known in LOCALES if known.partition("-")[0] in names)
    return f"{locale} is not the language {language}; " + (f"right would be: {right}" if right else "leave `say` out")


def engine_problems(helpline: Helpline, places: Places) -> Iterator[Problem]:
    """An unknown engine makes no clips; if `say` is misspelt, the engines after it speak to callers; and one that can't
    read the language makes noise that sounds like speech."""
    for where, language, engines, known in _named(helpline):
        for index, engine in enumerate(engines):
            if engine not in known:
                yield places.about((*where, index), "unknown-engine", unknown(engine, known, "engine"))
            elif engine in READS and (why := why_not(engine, language, helpline.about.reads.get(language, ()))):
                yield places.about((*where, index), "unread-language", why.rstrip("."))


def _named(helpline: Helpline) -> Iterator[tuple[Where, str, Collection[str], Collection[str]]]:
    """Where engines are named, for which language, and which names may stand there."""
    about = helpline.about
    for language, speech in {**about.languages, **about.greets}.items():
        yield (_part(helpline, language), language, "engines"), language, speech.engines, (*READS, RECORDING, SAY)
    for language, engines in about.reads.items():
        yield ("reads", language), language, engines, READS


def _part(helpline: Helpline, language: str) -> str:
    """The key of helpline.yaml under which a language stands."""
    return "greets" if language in helpline.about.greets else "languages"
