"""What things may be called: names become files of sounds, addresses and settings."""

import re
from collections.abc import Iterable, Iterator

from ivr.content.checks.check import DESKS, HELPLINE, MENUS, PROMPTS, Draft, Mistake, check
from ivr.content.pages import DESK, LANGUAGES, PERSON
from ivr.content.source import Where

PROMPT = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*")
WORD = re.compile(r"[a-z][a-z0-9_]*")
SLOT = re.compile(r"[a-z_]+")
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
LIKE_A_WORD = "small letters, digits and _, beginning with a letter"

# The engine's own clips.
ENGINE_CLIPS = re.compile(r"(digit|opens\.(today|tomorrow|weekday|date))\..*")
OWN_SLOTS = ("key", "name", "code", "language", "time", "weekday", "date")


def _misnamed(file: str, where: Where, names: Iterable[str], right: re.Pattern[str], words: str) -> Iterator[Mistake]:
    for name in names:
        if not right.fullmatch(name):
            yield Mistake(file, (*where, name), f'"{name}" cannot be a name here; right would be {words}', at_key=True)


@check("bad-name", HELPLINE)
def language_names(draft: Draft) -> Iterator[Mistake]:
    for part, names in (("languages", draft.languages), ("greets", draft.about.greets)):
        yield from _misnamed(HELPLINE, (part,), names, TAG, "a language code such as pt or zh-Hans")


@check("bad-name", HELPLINE)
def slot_names(draft: Draft) -> Iterator[Mistake]:
    yield from _misnamed(HELPLINE, ("fill",), draft.about.fill, SLOT, "small letters and _")


@check("bad-name", MENUS)
def menu_names(draft: Draft) -> Iterator[Mistake]:
    yield from _misnamed(MENUS, ("menus",), draft.menus, WORD, LIKE_A_WORD)


@check("bad-name", DESKS)
def desk_names(draft: Draft) -> Iterator[Mistake]:
    yield from _misnamed(DESKS, ("desks",), draft.desks, WORD, LIKE_A_WORD)


@check("bad-name", PROMPTS)
def prompt_names(draft: Draft) -> Iterator[Mistake]:
    words = "small letters, digits, _ and -, with dots between"
    yield from _misnamed(PROMPTS, ("prompts",), draft.prompts, PROMPT, words)


@check("reserved-name", MENUS)
def reserved_menus(draft: Draft) -> Iterator[Mistake]:
    for name in draft.menus:
        if name in (LANGUAGES, PERSON) or name.startswith(DESK):
            message = f'"{name}" is one of the engine\'s own pages; rename the menu'
            yield Mistake(MENUS, ("menus", name), message, at_key=True)


@check("reserved-name", PROMPTS)
def reserved_prompts(draft: Draft) -> Iterator[Mistake]:
    for name in draft.prompts:
        if ENGINE_CLIPS.fullmatch(name):
            message = f'"{name}" is one of the engine\'s own clips; rename the prompt'
            yield Mistake(PROMPTS, ("prompts", name), message, at_key=True)


@check("reserved-name", HELPLINE)
def reserved_slots(draft: Draft) -> Iterator[Mistake]:
    for name in draft.about.fill:
        if name in OWN_SLOTS:
            message = f"{{{name}}} is a word that the engine fills in itself; rename it"
            yield Mistake(HELPLINE, ("fill", name), message, at_key=True)
