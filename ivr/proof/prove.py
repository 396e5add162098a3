"""One proof of a whole line: its content, its sounds, every call that can take place, and the time budget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ivr.errors import HelplineError, Problem
from ivr.flow.endings import apology
from ivr.flow.loader import load_helpline
from ivr.flow.model import Helpline
from ivr.flow.steps import Event, Place, Steps
from ivr.proof import limits
from ivr.proof.budget import Measure, list_times
from ivr.proof.clips import clip_problems
from ivr.proof.counterexample import script
from ivr.proof.documents import Documents
from ivr.proof.endless import Passive
from ivr.proof.laws import Line, broken_by, broken_in
from ivr.proof.places import Places
from ivr.proof.situations import nobody, situations
from ivr.proof.timing import Timing
from ivr.proof.told import Told
from ivr.proof.walk import Answer, walk
from ivr.speech.catalog import Catalog
from ivr.voice.sound import sounding


@dataclass
class Proof:
    """What was proved, in figures, and what could not be.

    `times` holds, by language, the seconds that its callers wait, by the names of the limits; `list_times` the
    seconds until the list has said each language.
    """

    helpline: Helpline
    problems: list[Problem] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)
    times: Mapping[str, Mapping[str, Measure]] = field(default_factory=dict)
    list_times: Mapping[str, float] = field(default_factory=dict)


def prove(folder: Path) -> Proof:
    """Proves the line in `folder`; raises ContentError where its YAML has mistakes, HelplineError for its manifest."""
    helpline = load_helpline(folder)
    places = Places(folder)
    catalog = Catalog.load(helpline.audio_dir)
    problems = list(clip_problems(helpline, catalog))
    try:
        served, sounds = sounding(helpline, catalog, f"https://{'x' * 63}.example/audio")
    except HelplineError as error:
        return Proof(helpline, sorted([*problems, places.about(("first_languages",), "unheard", str(error))]))
    proof = Proof(served, problems)
    _walk(proof, Line(served, sounds), Timing(served, catalog), places)
    proof.problems.sort()
    return proof


def _walk(proof: Proof, line: Line, timing: Timing, places: Places) -> None:
    """One walk for all that is looked at in each answer."""
    helpline = line.helpline
    documents, told, turns, passive = Documents(line), Told(helpline), limits.Turns(timing), Passive()
    found: dict[tuple[str, str], tuple[str, Answer]] = {}
    said = set[tuple[Steps, str, bool]]()
    answers = 0
    for answer in _answers(helpline):
        answers += 1
        passive.see(answer)
        objections = [*broken_by(line, answer)]
        words = (answer.steps, answer.place.language, answer.event.kind == "whisper")
        if words not in said:
            said.add(words)
            told.hear(answer)
            turns.hear(answer)
            objections += [*broken_in(line, answer), *documents.objections(answer)]
        for rule, message in objections:
            found.setdefault((rule, answer.place.page), (message, answer))
    for (rule, page), (message, answer) in found.items():
        proof.problems.append(places.page(page, rule, message, script(helpline, answer)))
    for cycle in passive.endless():
        message = "a caller who presses no useful key is kept for ever: these answers follow each other"
        proof.problems.append(places.page(cycle[0].place.page, "endless", message, script(helpline, cycle[-1])))
    for fact, language in told.missing():
        proof.problems.append(places.fact(fact, f'"{fact}" cannot be heard by a caller of "{language}"'))
    proof.list_times = list_times(helpline, timing)
    proof.times = limits.table(helpline, timing, turns)
    proof.problems += [places.limit(over) for over in limits.over(helpline, proof.times, proof.list_times)]
    proof.figures = {
        "states": passive.states,
        "answers": answers,
        "documents": documents.count,
        "prompts": told.prompts,
        "facts": len({fact for facts in told.facts().values() for fact in facts}),
        "languages": len(helpline.ready),
    }


def _answers(helpline: Helpline) -> Iterator[Answer]:
    """Every answer of the engine, with numbers for every desk and with none, and what follows an error of ours."""
    yield from walk(helpline, situations(helpline))
    yield from walk(helpline, nobody(helpline))
    now = situations(helpline)[0]
    for language in ("", *helpline.languages):
        for errors in (0, 1):
            place = Place(helpline.flow.start, language, errors=errors)
            yield Answer(place, Event("show"), now, apology(helpline, place))
