"""What must be true across a helpline's files before it can answer calls: a small function for each check.

names · languages · codes       what things are called; who speaks, with which code
menus · ways · keys             where keys lead, the ways out, which key is whose
desks · dates                   who answers, and for which days there are opening sentences
prompts · facts                 what is said, and which facts
texts · slots                   each language's words: complete, with the right braces
sentences · scripts             fit to be spoken: short, ended, in their own letters
glossary · words                the words that are the same everywhere; digits, weekdays, times
numbers · cards                 no telephone numbers in files; printed words have room
"""

from collections.abc import Iterator
from types import ModuleType

from ivr.content.checks import (
    cards,
    codes,
    dates,
    desks,
    facts,
    glossary,
    keys,
    languages,
    menus,
    names,
    numbers,
    prompts,
    scripts,
    sentences,
    slots,
    texts,
    ways,
    words,
)
from ivr.content.checks.check import Check, Draft
from ivr.errors import Problem

PARTS: tuple[ModuleType, ...] = (
    names, languages, codes, menus, ways, keys, desks, dates, prompts, facts, texts, slots, sentences, scripts,
    glossary, words, numbers, cards,
)  # fmt: skip

CHECKS = tuple(found for part in PARTS for found in vars(part).values() if isinstance(found, Check))


def problems(draft: Draft, sound: frozenset[str]) -> Iterator[Problem]:
    """Everything that is wrong, in no particular order. `sound` names the files without mistakes of their own."""
    for check in CHECKS:
        if check.needs <= sound:
            for mistake in check.find(draft):
                source = draft.sources[mistake.file]
                yield source.problem(mistake.where, check.name, mistake.message, at_key=mistake.at_key)
