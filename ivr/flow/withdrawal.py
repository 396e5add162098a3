"""Facts that are no longer true: what has to be withdrawn together with one, and what callers then no longer hear."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ivr.content.checks.reach import desk_prompts
from ivr.content.composing import all_clip_texts, prompt_of, told_facts, told_sentences
from ivr.content.model import Helpline
from ivr.content.words import Sentence
from ivr.flow.choices import choices
from ivr.flow.matching import told_desks

# Each is kept, since caches of the flow hold on to a helpline that they were asked about.
PREVIEWS = 64


@dataclass(frozen=True)
class Lost:
    """What callers of a language no longer hear: sentences with their prompts, options of menus, desks by name."""

    sentences: tuple[tuple[str, Sentence], ...]
    options: tuple[str, ...]
    desks: tuple[str, ...]


@lru_cache(maxsize=4)
def facts_in_question(helpline: Helpline) -> tuple[str, ...]:
    """The facts that callers of some language can hear, and those that are withdrawn, in the order of facts.yaml."""
    heard = {fact for language in helpline.texts for fact in _heard(helpline, language)}
    asked = heard | set(helpline.about.withdrawn)
    return tuple(name for name, fact in helpline.facts.items() if name in asked and fact.spoken != "withheld")


def facts_of_untold_desks(helpline: Helpline, language: str) -> set[str]:
    """Facts given only by prompts about desks of which these callers are not told."""
    told = told_desks(helpline, language)
    silent = {prompt for name in helpline.desks if name not in told for prompt in desk_prompts(helpline.desks[name])}
    silent -= {prompt for name in told for prompt in desk_prompts(helpline.desks[name], language)}
    return _carried(helpline, silent) - _carried(helpline, helpline.prompts.keys() - silent)


def withdrawn_with(helpline: Helpline, fact: str) -> tuple[str, ...]:
    """The other facts that fall silent with this one.

    Those are the facts that have to be told with it (`with`), and those that share its words: a sentence, or a clip
    where no voice of the carrier's could speak the rest of it at once.
    """
    found = _closure(fact, lambda each: {*_needing(helpline, each), *_sharing(helpline, each)})
    return _in_order(helpline, found - {fact, *helpline.about.withdrawn})


def restored_with(helpline: Helpline, fact: str) -> tuple[str, ...]:
    """The other withdrawn facts that come back with this one, for the same reasons."""
    found = _closure(fact, lambda each: {*helpline.facts[each].told_with, *_sharing(helpline, each)})
    return _in_order(helpline, (found - {fact}) & set(helpline.about.withdrawn))


@lru_cache(maxsize=PREVIEWS)
def with_withdrawn(helpline: Helpline, withdrawn: frozenset[str], language: str) -> Helpline:
    """The helpline as callers of one language would meet it if exactly these facts were withdrawn."""
    spoken = {language, *helpline.about.first_languages} & helpline.texts.keys()
    about = helpline.about.model_copy(update={"withdrawn": tuple(withdrawn)})
    changed = replace(helpline, about=about, texts={name: helpline.texts[name] for name in spoken})
    return replace(changed, clip_texts=all_clip_texts(changed))


def lost(before: Helpline, after: Helpline, language: str) -> Lost:
    """What callers of a language hear in one version of a helpline and don't hear in another."""
    told, still = _sentences(before, language), _sentences(after, language)
    return Lost(
        tuple((name[0], said) for name, said in told.items() if name not in still),
        _missing(_options(before, language), _options(after, language)),
        _missing(told_desks(before, language), told_desks(after, language)),
    )


def _heard(helpline: Helpline, language: str) -> set[str]:
    clips = (clip for clip in helpline.clip_texts[language] if prompt_of(helpline, clip))
    told = {fact for clip in clips for facts in told_facts(helpline, language, clip) for fact in facts}
    return told - facts_of_untold_desks(helpline, language)


def _carried(helpline: Helpline, prompts: Iterable[str]) -> set[str]:
    return {fact for name in prompts for facts in helpline.prompts[name].sentences.values() for fact in facts}


def _closure(fact: str, bound: Callable[[str], set[str]]) -> set[str]:
    found, waiting = {fact}, [fact]
    while waiting:
        more = bound(waiting.pop()) - found
        found |= more
        waiting += more
    return found


def _needing(helpline: Helpline, fact: str) -> Iterator[str]:
    return (name for name, other in helpline.facts.items() if fact in other.told_with)


def _sharing(helpline: Helpline, fact: str) -> Iterator[str]:
    needs_clips = any(not helpline.speech(language).say for language in helpline.ready)
    for name, prompt in helpline.prompts.items():
        for facts in prompt.sentences.values():
            if fact in facts:
                yield from _carried(helpline, [name]) if needs_clips else facts


def _in_order(helpline: Helpline, facts: set[str]) -> tuple[str, ...]:
    return tuple(name for name in helpline.facts if name in facts)


def _sentences(helpline: Helpline, language: str) -> dict[tuple[str, str], Sentence]:
    """Those that are heard, by their prompt and name."""
    prompts = dict.fromkeys(prompt_of(helpline, clip) for clip in helpline.clip_texts[language])
    return {
        (prompt, name): sentence
        for prompt in filter(None, prompts)
        for name, sentence in told_sentences(helpline, language, prompt)
    }


def _options(helpline: Helpline, language: str) -> tuple[str, ...]:
    """The words of every option that is offered."""
    texts = helpline.clip_texts[language]
    offered = (choice for menu in helpline.menus for choice in choices(helpline, menu, language))
    said = (texts[choice.say] for choice in offered if choice.say in texts)
    return tuple(dict.fromkeys(each.shown for each in said))


def _missing(before: Iterable[str], after: Iterable[str]) -> tuple[str, ...]:
    left = set(after)
    return tuple(each for each in before if each not in left)
