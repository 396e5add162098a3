"""Every clip text has its sound: a clip, or the carrier's voice where it has its place or there are no clips at all."""

from collections.abc import Iterator

from ivr.audio.catalog import State, file_of
from ivr.audio.line import Line, on_a_carrier
from ivr.audio.recordings import ENGINE as RECORDING
from ivr.content.checks.check import DESKS
from ivr.content.clip_text import ClipText
from ivr.content.model import Helpline
from ivr.content.speech import SAY
from ivr.errors import Problem

REMEDY = {
    State.MISSING: "is missing",
    State.STALE: "says an older text",
    State.DAMAGED: "is lost, or is not the file that was built",
}


def clip_problems(line: Line) -> Iterator[Problem]:
    """Each clip that is missing, stale or damaged in a language that speaks by clips.

    None is missing in a language without any clips, or in which the carrier's voice comes before whoever made them:
    that speaks, or the language isn't offered. Where staff changed a text, the carrier's voice says the new one until
    there is a clip of it; where they changed hours, the general sentence stands in for the new opening times.
    """
    heard = on_a_carrier(line.helpline, line.built).clips.values()
    has_new_hours = any(file == DESKS for file, _keys in line.laid.written)
    by_engines = {clip.language for clip in heard if clip.engine != RECORDING}  # people may have recorded only some
    for language, spoken in line.helpline.clip_texts.items():
        unvoiced = line.unvoiced.get(language, {})
        clip_texts = {**spoken, **unvoiced}
        states = {prompt: line.built.state(clip_text) for prompt, clip_text in clip_texts.items()}
        speech, fine = line.helpline.speech(language), {State.READY}
        if (SAY in speech.engines and language not in by_engines) or {*states.values()} == {State.MISSING}:
            fine.add(State.MISSING)
        if line.laid.written and speech.say:
            fine |= {State.MISSING, State.STALE}
        for prompt, state in states.items():
            is_replaced = prompt in unvoiced and state is State.MISSING and has_new_hours
            if state not in fine and not is_replaced:
                yield _problem(line.helpline, clip_texts[prompt], state)


def _problem(helpline: Helpline, clip_text: ClipText, state: State) -> Problem:
    path = str(helpline.audio_dir / file_of(clip_text))
    message = f'the clip of "{clip_text.prompt}" {REMEDY[state]}; "make audio" makes it'
    return Problem(path, 1, 1, f"clip-{state}", message)
