"""One proof of a whole line: its content, its sounds, every call that can take place, and the time budget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ivr.audio.line import Line, load_line, must_be_heard
from ivr.audio.timing import Timing
from ivr.content.model import Helpline
from ivr.errors import HelplineError, Problem
from ivr.flow.all_situations import nobody, situations
from ivr.flow.endings import apology
from ivr.flow.places import Event, Place
from ivr.verify.budget import Measure, list_times
from ivr.verify.clips import clip_problems
from ivr.verify.limits import over, table
from ivr.verify.places import Places
from ivr.verify.voices import voice_problems
from ivr.verify.walk import Answer, walk
from ivr.verify.witness import Witness


@dataclass(frozen=True)
class Proof:
    """What was proved, in figures, and what could not be.

    `times` holds, by language, the seconds that its callers wait, by the names of the limits; `list_times` the
    seconds until the list has said each language.
    """

    line: Line
    problems: list[Problem] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)
    times: Mapping[str, Mapping[str, Measure]] = field(default_factory=dict)
    list_times: Mapping[str, float] = field(default_factory=dict)


def prove(folder: Path) -> Proof:
    """Proves the line in `folder`; raises ContentError where its YAML has mistakes, HelplineError for its manifest."""
    line = load_line(folder)
    helpline, places = line.helpline, Places(line.sources)
    problems = [*clip_problems(line), *voice_problems(helpline, places)]
    try:
        must_be_heard(line)
    except HelplineError as error:
        return Proof(line, sorted([*problems, places.about(("first_languages",), "unheard", str(error))]))
    timing = Timing(helpline, line.catalog)
    witness = Witness(line, timing)
    witness.see(_answers(helpline))
    in_list, times = list_times(helpline, timing), table(helpline, timing, witness.turns)
    problems += witness.problems(places)
    problems += [places.limit(limit) for limit in over(helpline, times, in_list)]
    return Proof(line, sorted(problems), witness.figures(), times, in_list)


def _answers(helpline: Helpline) -> Iterator[Answer]:
    """Every answer of the engine, with numbers for every desk and with none, and what follows an error of ours."""
    yield from walk(helpline, situations(helpline))
    yield from walk(helpline, nobody(helpline))
    now = situations(helpline)[0]
    for language in ("", *helpline.languages):
        for errors in (0, 1):
            place = Place(helpline.flow.start, language, errors=errors)
            yield Answer(place, Event("show"), now, apology(helpline, place))
