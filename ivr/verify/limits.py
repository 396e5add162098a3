"""The time budget as a table, and what of it is over the limits of helpline.yaml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ivr.audio.timing import Timing
from ivr.content.composing import NOTICE
from ivr.content.model import Helpline
from ivr.content.pages import LANGUAGES
from ivr.flow.all_situations import nobody, situations
from ivr.flow.notices import has_notices
from ivr.verify import budget
from ivr.verify.budget import Measure
from ivr.verify.walk import Answer

WORDS = {
    "essentials": "the essentials end after",
    "at_once": "the first word of {what}, by the right keys at once, comes after",
    "as_heard": "the first word of {what}, by pressing each option when it is heard, comes after",
    "to_the_end": "the first word of {what}, by hearing each menu to its end, comes after",
    "prompt": "{what} lasts",
    "notice": "{what} lasts",
    "person": "{what} rings, by the right keys at once, after",
    "turn": "{what} plays without a pause for a key for",
}


@dataclass(frozen=True)
class Over:
    """A limit that is exceeded: of which language (or the list), which limit, and the message."""

    language: str
    limit: str
    what: str
    message: str


class Turns:
    """The longest turn of each language, collected while walking; the language list has limits of its own."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing.without(NOTICE)
        self.longest: dict[str, Measure] = {}

    def hear(self, answer: Answer) -> None:
        place = next((place for place, _ in answer.reply.arrivals), answer.place)
        if place.page != LANGUAGES and not has_notices(answer.situations[0]):
            for seconds in self._timing.turns(answer.reply.steps):
                turn = Measure(seconds, place.page)
                self.longest[place.language] = max(turn, self.longest.get(place.language, turn))


def table(helpline: Helpline, timing: Timing, turns: Turns) -> dict[str, dict[str, Measure]]:
    """For each language that is offered, what its callers wait for, by the names of the limits.

    Notices come and go with the news, so everything else is measured as if there were none.
    """
    held, rows = timing.without(NOTICE), {}
    for language in (name for name in helpline.languages if name in helpline.ready):
        everywhere = [*situations(helpline, language), *nobody(helpline)]
        networks = budget.networks(helpline, held, language, everywhere)
        row = {
            "essentials": budget.essentials(helpline, held, language),
            **budget.facts(networks),
            "prompt": budget.longest_prompt(helpline, held, language),
            "turn": turns.longest[language],
        }
        if pace := budget.pace(helpline, held, language):
            row["pace"] = pace
        if ringing := budget.person(helpline, language, networks):
            row["person"] = ringing
        if notice := budget.longest_notice(helpline, timing, language):
            row["notice"] = notice
        rows[language] = row
    return rows


def over(helpline: Helpline, rows: Mapping[str, Mapping[str, Measure]], times: Mapping[str, float]) -> Iterator[Over]:
    """Everything that takes longer than helpline.yaml allows."""
    yield from _list_over(helpline, times)
    for language, row in rows.items():
        for name, measure in row.items():
            allowed = helpline.about.limits.allowed(language, name)
            if allowed is not None and measure.amount > allowed:
                yield Over(language, name, measure.what, _said(name, measure, allowed))


def _said(name: str, measure: Measure, allowed: float) -> str:
    if name == "pace":
        return f"it is spoken at {measure.amount:.2f} times the usual speed; at most {allowed:g} is allowed"
    words = WORDS[name].format(what=f'"{measure.what}"')
    return f"{words} {measure.amount:.1f} s; at most {allowed:g} s are allowed"


def _list_over(helpline: Helpline, times: Mapping[str, float]) -> Iterator[Over]:
    limits = helpline.about.limits.list
    mean, worst = budget.mean_by_demand(helpline, times), max(times.values(), default=0)
    for name, seconds, allowed in (("mean", mean, limits.mean), ("worst", worst, limits.worst)):
        if allowed is not None and seconds > allowed:
            what = "a caller's language on average" if name == "mean" else "the last language"
            message = f"the list says {what} after {seconds:.1f} s; at most {allowed:g} s are allowed"
            yield Over("list", name, "", message)
