"""What is said to one caller: clips in the caller's own language, or in the first languages where it is not ready."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ivr.content.model import Helpline
from ivr.flow.matching import DeskView, can_connect, voices
from ivr.flow.opening_times import ANY_OPENING, opening_of
from ivr.flow.places import Place
from ivr.flow.situation import Situation
from ivr.flow.steps import Gather, Play, Redirect, Steps

# More than all that a large helpline says; what is said is made of content alone.
PHRASES_KEPT = 8192


@lru_cache(maxsize=PHRASES_KEPT)
def say(helpline: Helpline, language: str, *prompts: str) -> tuple[Play, ...]:
    """Each prompt in each voice; one that is withdrawn or not filled in is left out.

    Without a language (none chosen yet) the first languages speak.
    """
    speaking = voices(helpline, language)
    return tuple(
        Play(voice, prompt) for prompt in prompts for voice in speaking if prompt in helpline.clip_texts[voice]
    )


def listen(helpline: Helpline, place: Place, plays: tuple[Play, ...]) -> Steps:
    """Clips that any key stops, then a wait for one; silence is an event of its own."""
    return (Gather(plays, place, helpline.flow.wait), Redirect(place, "silence"))


def say_offer(helpline: Helpline, place: Place, situation: Situation, names: Iterable[str]) -> tuple[Play, ...]:
    """The standard keys that are offered aloud; a person only where one can be reached at some hour."""
    person = can_connect(helpline, place.language, situation)
    return say(helpline, place.language, *(f"key.{name}" for name in names if person or name != "person"))


def say_opening(helpline: Helpline, place: Place, situation: Situation, view: DeskView) -> tuple[Play, ...]:
    """When a closed desk opens again; a general sentence where no clip says that moment."""
    prompt = opening_of(helpline, view, situation)
    plays = (
        say(helpline, voice, prompt) or say(helpline, voice, ANY_OPENING) for voice in voices(helpline, place.language)
    )
    return tuple(play for voice_plays in plays for play in voice_plays)
