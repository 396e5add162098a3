"""Say, Play and Pause."""

from collections.abc import Iterable
from urllib.parse import urljoin

from ivr.simulator.document import Document
from ivr.simulator.ear import Heard
from ivr.simulator.leg import Leg
from ivr.simulator.problems import Problem
from ivr.simulator.verbs import Pause, Play, Prompt, Say

PLAY_TYPE, GATHER_TYPE = 13420, 13325  # Twilio's "Invalid Content-Type", alone and in a Gather
TONE_SECONDS = 0.5
ENDLESS = 1000  # Twilio, <Play> and <Say>: loop="0" repeats until the call ends, a thousand times at most


def sound(leg: Leg, verb: Prompt, document: Document) -> None:
    """One prompt outside a Gather: heard to its end, whatever keys are pressed."""
    play(leg, prepare(leg, [verb], document, PLAY_TYPE))


def prepare(
    leg: Leg, prompts: Iterable[Prompt], document: Document, wrong_type: int = GATHER_TYPE
) -> list[Heard | Pause]:
    """What will sound. Twilio, <Gather>: all nested sounds are fetched before playing starts."""
    ready: list[Heard | Pause] = []
    for verb in prompts:
        if isinstance(verb, Pause):
            ready.append(verb)
        elif clip := _say(leg, verb) if isinstance(verb, Say) else _clip(leg, verb, document, wrong_type):
            ready += [clip] * (verb.loop or ENDLESS)
    return ready


def play(leg: Leg, clips: Iterable[Heard | Pause]) -> None:
    for clip in clips:
        if isinstance(clip, Pause):
            leg.ear.clock.advance(clip.length)
        else:
            leg.ear.hear(clip)


def _clip(leg: Leg, verb: Play, document: Document, wrong_type: int) -> Heard | None:
    if verb.digits:
        return Heard("tones", verb.digits, TONE_SECONDS * len(verb.digits), leg=leg.name)
    found = leg.exchange.sound(urljoin(document.url, verb.url), wrong_type)
    if found is None:
        return None
    if wrong_type == GATHER_TYPE and not found.wav:
        # Twilio, <Gather>: .wav is advised, other files are transcoded before anything is heard.
        leg.exchange.report(Problem(0, "in a Gather a WAV file starts sooner", found.url, "warning"))
    return Heard("play", found.text, found.seconds, prompt=found.prompt, url=found.url, leg=leg.name)


def _say(leg: Leg, verb: Say) -> Heard:
    return Heard("say", verb.text, spoken_seconds(verb.text), language=verb.language, leg=leg.name)


def spoken_seconds(text: str) -> float:
    """An estimate: 13 letters a second, or 5 of those that are whole syllables."""
    dense = sum("\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7af" for character in text)
    return dense / 5 + (len(text) - dense) / 13
