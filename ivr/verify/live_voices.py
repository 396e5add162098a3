"""Whether a carrier's callers can follow the voices that they would hear."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ivr.audio.clip_status import unverified, voices
from ivr.audio.engines.kinds import Kind, kind
from ivr.audio.line import Line, on_a_carrier
from ivr.config import TWILIO
from ivr.content.model import Helpline
from ivr.content.speech import SAY
from ivr.errors import Finding
from ivr.simulator.voices import is_of_another_carrier
from ivr.verify.places import Places


def formant_voices(line: Line, places: Places) -> Iterator[Finding]:
    """The languages that are offered and speak by a formant engine without being accepted by name."""
    helpline = line.helpline
    accepted = helpline.about.accepted_voices
    found = [name for name in _speaking(line, Kind.FORMANT) if name not in accepted]
    if found:
        message = (
            f"{', '.join(found)}: spoken by a formant engine, which callers can hardly follow. "
            f"{_better(helpline, found)}. Or accept the voice by writing the languages here"
        )
        yield Finding(places.about(("accepted_voices",), "formant-voice", message), "formant-voice", *found)


def voices_worth_knowing(line: Line) -> Iterator[Finding]:
    """The languages that nobody speaks, those whose voice costs by the character, and those with an unverified one."""
    helpline = line.helpline
    if missing := [name for name in helpline.languages if name not in helpline.ready]:
        told = f"not offered, for want of a text or a voice: {', '.join(missing)}. {_better(helpline, missing)}"
        yield Finding(told, "not-offered", *missing)
    if said := _speaking(line, Kind.CARRIER):
        told = f"spoken by the carrier's own voice, which is charged by the character: {', '.join(said)}"
        yield Finding(told, "charged-voice", *said)
    if own_word := sorted(unverified(line.catalog)):
        told = f"spoken by engines that only your own word says read them (`reads`), unverified: {', '.join(own_word)}"
        yield Finding(told, "unverified-voice", *own_word)


def other_carriers_voices(line: Line, carrier: str) -> Iterator[Finding]:
    """Of a carrier that isn't Twilio: the voices that callers would hear and nobody has heard there."""
    if carrier == TWILIO:
        return
    for name in _speaking(line, Kind.CARRIER):
        voice = line.helpline.speech(name).say
        if voice and not voice.heard_on and not is_of_another_carrier(voice.voice):
            told = (
                f"{name}: {voice.voice} is Twilio's name for a voice, and CARRIER is {carrier}. Write "
                "its name there, and the day on which you have heard it on a call, such as heard_on: 2026-11-24"
            )
            yield Finding(told, "voice-elsewhere", name)


def _speaking(line: Line, voice: Kind) -> list[str]:
    """The languages that callers hear by this kind of voice, if only in a part of the prompts."""
    helpline, heard = line.helpline, on_a_carrier(line.helpline, line.built)
    spoken = (name for name in helpline.spoken if name in helpline.ready or name in helpline.about.greets)
    return [name for name in spoken if voice.name.lower() in voices(helpline, heard, name)]


def _better(helpline: Helpline, languages: Iterable[str]) -> str:
    """Where better voices come from: the carrier, the engines that the languages list, people."""
    ways: dict[str, list[str]] = defaultdict(list)
    for name in languages:
        entry = helpline.speech(name)
        if entry.say and SAY not in entry.engines:
            ways["write `say` before it in `engines`"].append(name)
        for engine in entry.engines:
            if kind(engine, name) not in (Kind.PERSON, Kind.CARRIER, Kind.FORMANT):
                ways[f"ivr audio build --engine {engine}"].append(name)
    told = [f"{way} ({', '.join(names)})" for way, names in ways.items()]
    return f"Better voices: {'; '.join([*told, 'people, best of all: docs/speech.md'])}"
