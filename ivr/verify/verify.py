"""Checks a whole line: its content, its sounds, every possible call, and the time budget."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from pathlib import Path

from ivr.audio.line import Line, load_line, must_be_heard
from ivr.audio.timing import Timing
from ivr.content.changes import Change
from ivr.content.model import Helpline
from ivr.errors import HelplineError, Problem
from ivr.flow.all_situations import nobody, notice_days, situations, situations_at, told_overrides
from ivr.flow.endings import apology, not_open
from ivr.flow.engine import respond
from ivr.flow.language_list import choice
from ivr.flow.places import Event, Place
from ivr.verify.budget import Measure, list_times
from ivr.verify.clips import clip_problems
from ivr.verify.limits import over, table
from ivr.verify.places import Places
from ivr.verify.voices import engine_problems, voice_problems
from ivr.verify.walk import Answer, Reply, walk
from ivr.verify.witness import Witness

TOLD_EVERY = 1000  # answers


@dataclass(frozen=True)
class Report:
    """What was looked at, in figures, and the problems found.

    `times` holds, by language and name of limit, the seconds that callers wait; `list_times` the seconds until the
    list has said each language.
    """

    line: Line
    problems: list[Problem] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)
    times: Mapping[str, Mapping[str, Measure]] = field(default_factory=dict)
    list_times: Mapping[str, float] = field(default_factory=dict)


def verify(folder: Path, changes: Iterable[Change] = (), progress: Callable[[int], None] | None = None) -> Report:
    """Checks the line in `folder` with these changes laid over its files; raises ContentError for mistakes in its YAML,
    HelplineError for its manifest. `progress` is given how many answers were looked at, again and again.
    """
    line = load_line(folder, changes)
    helpline, places = line.helpline, Places(line.sources)
    problems = [*clip_problems(line), *voice_problems(helpline, places), *engine_problems(helpline, places)]
    try:
        must_be_heard(line)
    except HelplineError as error:
        return Report(line, sorted([*problems, places.about(("first_languages",), "unheard", str(error))]))
    timing = Timing(helpline, line.catalog)
    witness = Witness(line, timing)
    answers = _answers(helpline)
    witness.see(_told(answers, progress) if progress else answers)
    in_list, times = list_times(helpline, timing), table(helpline, timing, witness.turns)
    problems += witness.problems(places)
    problems += [places.limit(limit) for limit in over(helpline, times, in_list)]
    return Report(line, sorted(problems), witness.figures(), times, in_list)


def _told(answers: Iterator[Answer], progress: Callable[[int], None]) -> Iterator[Answer]:
    for number, answer in enumerate(answers):
        if number % TOLD_EVERY == 0:
            progress(number)
        yield answer


def _answers(helpline: Helpline) -> Iterator[Answer]:
    """Every answer of the engine, with numbers for every desk and with none, the choice of a language while there is a
    notice, of either kind, and while there is none, key 0 while staff have closed desks, what callers hear first who
    dial a number of one language, what follows an error of ours, and what a line says before it is open.
    """
    alone = nobody(helpline)
    yield from walk(helpline, partial(situations_at, helpline), lambda *_: alone)
    for situation in (*notice_days(helpline), *told_overrides(helpline)):
        for event in (choice(helpline, language) for language in helpline.languages):
            yield Answer(Place(), event, (situation,), Reply(respond(helpline, Place(), event, situation)))
    for language, situation in product(helpline.languages, told_overrides(helpline)):
        place, event = Place(helpline.flow.start, language), Event("keys", "0")
        yield Answer(place, event, (situation,), Reply(respond(helpline, place, event, situation)))
    now = situations(helpline)[:1]
    for place, at in product((Place(language=name) for name in helpline.languages), (*now, *alone)):
        yield Answer(place, Event("show"), (at,), Reply(respond(helpline, place, Event("show"), at)))
    yield Answer(Place(), Event("show"), now, Reply(not_open(helpline)))
    for language in ("", *helpline.languages):
        for errors in (0, 1):
            place = Place(helpline.flow.start, language, errors=errors)
            yield Answer(place, Event("show"), now, Reply(apology(helpline, place)))
