"""One pass over all answers of the line: what is heard, how long it takes, and which checks are broken."""

from collections.abc import Iterable, Iterator

from ivr.audio.line import Line
from ivr.audio.timing import Timing
from ivr.errors import Problem
from ivr.flow.places import DESKS_SIDE
from ivr.verify.call_checks import broken_by, broken_in
from ivr.verify.counterexample import script
from ivr.verify.documents import Documents
from ivr.verify.endless import Passive
from ivr.verify.facts_heard import FactsHeard
from ivr.verify.limits import Turns
from ivr.verify.places import Places
from ivr.verify.walk import Answer, Reply

KEPT_FOR_EVER = "without a useful key this call never ends: these answers follow each other"


class Witness:
    """Looks at each answer once, and at words that are the same for callers of a language only the first time."""

    def __init__(self, line: Line, timing: Timing) -> None:
        self._line = line
        self._documents, self._passive, self._told = Documents(line), Passive(), FactsHeard(line.helpline)
        self._said: set[tuple[Reply, str, bool]] = set()
        self._broken: dict[tuple[str, str], tuple[str, Answer]] = {}
        self._answers = 0
        self.turns = Turns(timing)

    def see(self, answers: Iterable[Answer]) -> None:
        for answer in answers:
            self._answers += len(answer.situations)
            self._note(answer, broken_by(self._line, answer))
            if answer.same:
                continue
            self._passive.see(answer)
            words = (answer.reply, answer.place.language, answer.event.kind in DESKS_SIDE)
            if words not in self._said:
                self._said.add(words)
                self._told.hear(answer)
                self.turns.hear(answer)
                self._note(answer, broken_in(self._line, answer))
                self._note(answer, self._documents.objections(answer))

    def problems(self, places: Places) -> Iterator[Problem]:
        """The first answer on each page that breaks a check, and what is wrong with all answers together."""
        helpline = self._line.helpline
        for (rule, page), (message, answer) in self._broken.items():
            yield places.page(page, rule, message, script(helpline, answer))
        for cycle in self._passive.endless():
            yield places.page(cycle[0].place.page, "endless", KEPT_FOR_EVER, script(helpline, cycle[-1]))
        for fact, languages in self._told.missing().items():
            yield places.fact(fact, f'"{fact}" cannot be heard by callers of: {", ".join(languages)}')

    def figures(self) -> dict[str, int]:
        return {
            "states": self._passive.states,
            "answers": self._answers,
            "documents": self._documents.count,
            "prompts": self._told.prompts,
            "facts": len({fact for facts in self._told.facts().values() for fact in facts}),
            "languages": len(self._line.helpline.ready),
        }

    def _note(self, answer: Answer, objections: Iterable[tuple[str, str]]) -> None:
        for rule, message in objections:
            self._broken.setdefault((rule, answer.place.page), (message, answer))
