"""Which facts are given: all that are always spoken, none that are withheld, and companions together."""

from collections.abc import Iterable, Iterator

from ivr.content.checks.check import DESKS, FACTS, HELPLINE, MENUS, PROMPTS, Draft, Mistake, check
from ivr.content.checks.prompts import ENGINE_PROMPTS
from ivr.content.checks.reach import desk_prompts, prompt_facts, said
from ivr.content.composing import is_spoken_in
from ivr.content.did_you_mean import unknown
from ivr.content.slots import SLOT
from ivr.content.source import Where


def _facts_of(draft: Draft, prompts: Iterable[str]) -> set[str]:
    return {fact for prompt in prompts for fact in prompt_facts(draft, prompt)}


def _carrying(draft: Draft) -> Iterator[tuple[str, str, Where]]:
    """(prompt, fact, where it is written) for each fact of each sentence."""
    for name, prompt in draft.prompts.items():
        for sentence, facts in prompt.sentences.items():
            for index, fact in enumerate(facts):
                yield name, fact, ("prompts", name, "sentences", sentence, index)


@check("unknown-fact", FACTS, PROMPTS)
def facts_of_prompts(draft: Draft) -> Iterator[Mistake]:
    for _, fact, where in _carrying(draft):
        if fact not in draft.facts:
            yield Mistake(PROMPTS, where, unknown(fact, draft.facts, "fact"))


@check("unknown-fact", FACTS, HELPLINE)
def withdrawn_facts(draft: Draft) -> Iterator[Mistake]:
    for index, fact in enumerate(draft.about.withdrawn):
        if fact not in draft.facts:
            yield Mistake(HELPLINE, ("withdrawn", index), unknown(fact, draft.facts, "fact"))


@check("unknown-fact", FACTS)
def companions(draft: Draft) -> Iterator[Mistake]:
    for name, fact in draft.facts.items():
        for index, other in enumerate(fact.told_with):
            if other not in draft.facts:
                yield Mistake(FACTS, ("facts", name, "with", index), unknown(other, draft.facts, "fact"))


@check("fact-never-spoken", FACTS, HELPLINE, MENUS, DESKS, PROMPTS)
def told_in_every_language(draft: Draft) -> Iterator[Mistake]:
    """By menus, the farewell or desks; `unreachable-menu` reports menus that no key leads to.

    Callers from whom a desk is hidden need no facts about it.
    """
    told = {language: _told(draft, language) | _of_hidden_desks(draft, language) for language in draft.languages}
    for name, fact in draft.facts.items():
        missing = [language for language in draft.languages if name not in told[language]]
        if fact.spoken != "withheld" and missing:
            whom = "callers" if len(missing) == len(draft.languages) else f"callers of {', '.join(missing)}"
            yield Mistake(FACTS, ("facts", name), f'no prompt gives {whom} the fact "{name}"', at_key=True)


def _told(draft: Draft, language: str) -> set[str]:
    prompts = {*ENGINE_PROMPTS, *said(draft, language)} & draft.prompts.keys()
    return _facts_of(draft, (name for name in prompts if is_spoken_in(draft, name, language)))


def _of_hidden_desks(draft: Draft, language: str) -> set[str]:
    desks = (desk for desk in draft.desks.values() if not desk.languages.relation(language))
    return _facts_of(draft, (prompt for desk in desks for prompt in desk_prompts(desk)))


@check("withheld-fact-told", FACTS, PROMPTS)
def withheld_facts(draft: Draft) -> Iterator[Mistake]:
    for _, fact, where in _carrying(draft):
        if fact in draft.facts and draft.facts[fact].spoken == "withheld":
            yield Mistake(PROMPTS, where, f'the fact "{fact}" is withheld, but this sentence gives it')


@check("filled-fact-not-awaited", FACTS, HELPLINE, PROMPTS)
def filled_facts(draft: Draft) -> Iterator[Mistake]:
    """A fact with a missing part must not be given before that part is filled in."""
    told = dict.fromkeys(
        (name, fact)
        for name, fact, _ in _carrying(draft)
        if fact in draft.facts and draft.facts[fact].spoken == "filled"
    )
    for name, fact in told:
        if not draft.prompts[name].needs and not _waits(draft, name):
            message = f'the fact "{fact}" has to be filled in first; name the entry of `fill` in `needs`'
            yield Mistake(PROMPTS, ("prompts", name), message, at_key=True)


def _waits(draft: Draft, name: str) -> bool:
    """Whether some sentence, in every language, has a slot that only `fill` fills."""
    texts = [text.prompts[name] for text in draft.texts.values() if name in text.prompts]
    waiting = (
        any(slot in draft.about.fill for sentence in text.values() for slot in SLOT.findall(" ".join(sentence.text)))
        for text in texts
    )
    return all(waiting)


@check("fact-without-companions", FACTS, MENUS, PROMPTS)
def told_together(draft: Draft) -> Iterator[Mistake]:
    places: list[tuple[Where, tuple[str, ...]]] = [(("farewell",), draft.flow.farewell)]
    places += [(("menus", name, "say"), menu.say) for name, menu in draft.menus.items()]
    for where, prompts in places:
        facts = _facts_of(draft, prompts)
        for fact in sorted(facts & draft.facts.keys()):
            if missing := [other for other in draft.facts[fact].told_with if other not in facts]:
                message = f'the fact "{fact}" is given here without {", ".join(missing)} (`with` in facts.yaml)'
                yield Mistake(MENUS, where, message)


@check("lapsing-fact-not-alone", FACTS, PROMPTS)
def can_be_withdrawn_alone(draft: Draft) -> Iterator[Mistake]:
    for name, fact, where in _carrying(draft):
        if fact in draft.facts and draft.facts[fact].can_lapse:
            others = sorted(_facts_of(draft, [name]) - {fact})
            bare = any(not facts for facts in draft.prompts[name].sentences.values())
            if others or bare:
                beside = f"also gives {', '.join(others)}" if others else "has sentences that would stay"
                message = f'"{fact}" can lapse, but its prompt {beside}; give it a prompt of its own'
                yield Mistake(PROMPTS, where, message)
