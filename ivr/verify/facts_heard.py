"""The facts that callers can hear: every one that is always spoken, in every language that is offered."""

from collections.abc import Iterable, Mapping

from ivr.content.checks.reach import desk_prompts
from ivr.content.composing import told_facts
from ivr.content.model import Helpline
from ivr.flow.matching import told_desks
from ivr.verify.walk import Answer


class FactsHeard:
    """Collects the prompts that callers of each language hear."""

    def __init__(self, helpline: Helpline) -> None:
        self._helpline = helpline
        self._heard: dict[str, set[str]] = {language: set() for language in helpline.ready}

    def hear(self, answer: Answer) -> None:
        for play in answer.reply.plays:
            if play.language in self._heard:
                self._heard[play.language].add(play.prompt)

    @property
    def prompts(self) -> int:
        """How many different clips were heard."""
        return sum(map(len, self._heard.values()))

    def facts(self) -> Mapping[str, set[str]]:
        """By language."""
        return {
            language: {
                fact
                for prompt in prompts
                if prompt in self._helpline.clip_texts[language]
                for facts in told_facts(self._helpline, language, prompt)
                for fact in facts
            }
            for language, prompts in self._heard.items()
        }

    def missing(self) -> Mapping[str, list[str]]:
        """Each fact that is always spoken, is not withdrawn, and cannot be heard, with the languages of its callers."""
        always = [name for name, fact in self._helpline.facts.items() if fact.spoken == "always"]
        missing: dict[str, list[str]] = {}
        for language, told in sorted(self.facts().items()):
            excused = {*self._helpline.about.withdrawn, *_of_silent_desks(self._helpline, language)}
            for fact in (fact for fact in always if fact not in told | excused):
                missing.setdefault(fact, []).append(language)
        return missing


def _of_silent_desks(helpline: Helpline, language: str) -> set[str]:
    """Facts given only by prompts about desks of which these callers are not told."""
    told = told_desks(helpline, language)
    silent = {prompt for name in helpline.desks if name not in told for prompt in desk_prompts(helpline.desks[name])}
    silent -= {prompt for name in told for prompt in desk_prompts(helpline.desks[name], language)}
    return _carried(helpline, silent) - _carried(helpline, helpline.prompts.keys() - silent)


def _carried(helpline: Helpline, prompts: Iterable[str]) -> set[str]:
    return {fact for name in prompts for facts in helpline.prompts[name].sentences.values() for fact in facts}
