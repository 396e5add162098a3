"""How far a round of "Is it still true?" is: which facts staff have answered, and what keeps them from confirming."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Literal, TypeAlias

from ivr.database.fact_answers import Answer, FactAnswer, read_answers
from ivr.flow.withdrawal import facts_in_question
from ivr.web.page_context import PageContext

# After which an answer no longer counts, so that a round that nobody finished begins again.
ANSWERED_FOR = timedelta(days=60)

FactState: TypeAlias = Answer | Literal["withdrawn", "unanswered"]


@dataclass(frozen=True)
class Round:
    """The facts in question, those that callers don't hear now, and the newest answer about each that counts."""

    facts: tuple[str, ...]
    withdrawn: frozenset[str]
    answers: Mapping[str, FactAnswer]

    def state(self, fact: str) -> FactState:
        if fact in self.withdrawn:
            return "withdrawn"
        return self.answers[fact].answer if fact in self.answers else "unanswered"

    def are(self, state: FactState) -> tuple[str, ...]:
        return tuple(fact for fact in self.facts if self.state(fact) == state)

    def after(self, fact: str) -> str:
        """The next fact without an answer, from this one on and around; empty if there is none."""
        start = self.facts.index(fact) if fact in self.facts else 0
        return next((each for each in self.facts[start:] + self.facts[:start] if self.state(each) == "unanswered"), "")

    @property
    def answered(self) -> int:
        return len(self.facts) - len(self.are("unanswered"))

    @property
    def can_be_confirmed(self) -> bool:
        """Whether callers hear only what somebody said is still true."""
        return all(self.state(fact) in ("true", "withdrawn") for fact in self.facts)


def read_round(context: PageContext) -> Round:
    """HelplineError without a database."""
    return _round(context, context.ask(partial(read_answers, since=answers_since(context))))


def answers_since(context: PageContext) -> datetime:
    """The moment from which answers count: the day of the last confirmation, but not for ever."""
    confirmed, now = context.helpline.about.confirmed_on, context.moment()
    last = datetime.combine(confirmed, time(), now.tzinfo) if confirmed and confirmed <= now.date() else None
    return max(filter(None, (last, now - ANSWERED_FOR)))


def empty_round(context: PageContext) -> Round:
    """As if nobody had answered."""
    return _round(context, {})


def _round(context: PageContext, answers: Mapping[str, FactAnswer]) -> Round:
    helpline = context.helpline
    return Round(facts_in_question(helpline), frozenset(helpline.about.withdrawn), answers)
