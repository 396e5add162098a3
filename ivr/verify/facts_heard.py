"""The facts that callers can hear: every one that is always spoken, in every language that is offered."""

from collections.abc import Mapping

from ivr.content.composing import told_facts
from ivr.content.model import Helpline
from ivr.flow.withdrawal import facts_of_untold_desks
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
            excused = {*self._helpline.about.withdrawn, *facts_of_untold_desks(self._helpline, language)}
            for fact in (fact for fact in always if fact not in told | excused):
                missing.setdefault(fact, []).append(language)
        return missing
