"""Where in the files of a helpline a problem belongs."""

from collections.abc import Mapping

from ivr.content.pages import DESK, LANGUAGES, PERSON
from ivr.content.source import Source, Where
from ivr.errors import Problem
from ivr.verify.limits import Over

REPLAY = "these keys lead there (ivr call --script replays them):"


class Places:
    """Problems with the line of the file that they belong to; `sources` are the helpline's files, by name."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources

    def page(self, page: str, rule: str, message: str, script: str) -> Problem:
        """A place in the call, and the keys that lead to it."""
        source, where = self._source_of(page)
        found = source.problem(where, rule, message, at_key=True)
        return Problem(found.path, found.line, found.column, rule, message, found.source, f"{REPLAY}\n{script}")

    def fact(self, fact: str, message: str) -> Problem:
        return self._sources["facts.yaml"].problem(("facts", fact), "untold-fact", message, at_key=True)

    def about(self, where: Where, rule: str, message: str) -> Problem:
        """Of helpline.yaml."""
        return self._sources["helpline.yaml"].problem(where, rule, message)

    def limit(self, over: Over) -> Problem:
        """The prompt that is too long, where it is one; else the limit."""
        rule = f"too-long-{over.limit}".replace("_", "-")
        if over.limit == "prompt":
            where: Where = ("prompts", over.what)
            return self._sources[f"text/{over.language}.yaml"].problem(where, rule, over.message, at_key=True)
        source = self._sources["helpline.yaml"]
        if over.language == "list":
            return source.problem(("limits", "list", over.limit), rule, over.message)
        if over.limit == "notice":
            _day, *of_desk = over.what.split(", ")  # of a desk's notice the day, its prompt, and how long it lasts
            if of_desk:
                source, where = self._sources[f"text/{over.language}.yaml"], ("prompts", of_desk[0])
                return source.problem(where, rule, over.message, at_key=True)
            return source.problem(("fill", "notice", over.language), rule, over.message)
        if over.limit == "person":
            return source.problem(("limits", "person"), rule, f'"{over.language}": {over.message}')
        own = ("limits", "languages", over.language)
        where = own if own in source.keys else ("limits", "languages", "others")
        message = f'"{over.language}": {over.message}'
        return source.problem((*where, over.limit), rule, message)

    def _source_of(self, page: str) -> tuple[Source, Where]:
        if page == LANGUAGES:
            return self._sources["helpline.yaml"], ("languages",)
        if page.startswith(DESK):
            return self._sources["desks.yaml"], ("desks", page.removeprefix(DESK))
        return self._sources["menus.yaml"], ("help",) if page == PERSON else ("menus", page)
