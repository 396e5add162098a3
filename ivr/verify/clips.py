"""Every clip text has its sound: a clip, or a Twilio voice if the language has no clips at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ivr.audio.catalog import State, file_of
from ivr.audio.line import Line
from ivr.content.clip_text import ClipText
from ivr.content.model import Helpline
from ivr.errors import Problem

REMEDY = {
    State.MISSING: "is missing",
    State.STALE: "says an older text",
    State.DAMAGED: "is lost, or is not the file that was built",
}


def clip_problems(line: Line) -> Iterator[Problem]:
    """Each clip that is missing, stale or damaged in a language that speaks by clips.

    A language without any clips is not looked at: a Twilio voice speaks it, or it isn't offered.
    """
    for clip_texts in line.helpline.clip_texts.values():
        states = {prompt: line.catalog.state(clip_text) for prompt, clip_text in clip_texts.items()}
        if Counter(states.values())[State.MISSING] < len(clip_texts):
            for prompt, state in states.items():
                if state is not State.READY:
                    yield _problem(line.helpline, clip_texts[prompt], state)


def _problem(helpline: Helpline, clip_text: ClipText, state: State) -> Problem:
    path = str(helpline.audio_dir / file_of(clip_text))
    message = f'the clip of "{clip_text.prompt}" {REMEDY[state]}; "make audio" makes it'
    return Problem(path, 1, 1, f"clip-{state}", message)
