"""Every prompt that is named exists, and every one that exists is said, to everybody who needs it."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.content.checks.check import DESKS, HELPLINE, MENUS, PROMPTS, Draft, Mistake, check
from ivr.content.checks.reach import said
from ivr.content.composing import ACCEPT_PROMPT, is_spoken_in
from ivr.content.desk_order import desk_languages, desk_order, spoken_at
from ivr.content.did_you_mean import unknown
from ivr.content.source import Where

# Prompts that the engine speaks in every helpline, beside those that its menus and desks name: to all callers, in the
# first languages, or in the desks' language once for each language.
TO_ALL = (
    "language.item", "language.name",
    "key.again", "key.back", "key.language", "key.person", "key.first", "invalid", "silence",
    "desks.closed", "desks.none", "opens.generic",
    "transfer.say", "transfer.wait", "transfer.closed", "transfer.busy", "transfer.no_answer",
    "transfer.failed", "transfer.sorry", "transfer.number", "transfer.ended",
    "apology", "apology.last", "goodbye",
)  # fmt: skip
IN_FIRST = ("welcome", "unready")
TO_DESK = ("transfer.sentence", "whisper")
ENGINE_PROMPTS = (*TO_ALL, *IN_FIRST, *TO_DESK)
IF_THERE = ("notice", "not_open", ACCEPT_PROMPT)

Named = tuple[str, Where, str]


def _named(parts: dict[str, str | tuple[str, ...]], file: str, where: Where) -> Iterator[Named]:
    for part, names in parts.items():
        for index, name in enumerate((names,) if isinstance(names, str) else names):
            yield file, (*where, part, index), name


def _named_in_menus(draft: Draft) -> Iterator[Named]:
    yield from _named({"farewell": draft.flow.farewell}, MENUS, ())
    for name, menu in draft.menus.items():
        yield from _named({"say": menu.say}, MENUS, ("menus", name))
        for key, option in menu.options.items():
            parts: dict[str, str | tuple[str, ...]] = {"say": option.say, "short": option.short}
            yield from _named(parts, MENUS, ("menus", name, "options", key))


def _named_by_desks(draft: Draft) -> Iterator[Named]:
    for name, desk in draft.desks.items():
        where: Where = ("desks", name, "say")
        parts = {part: found for part, found in desk.say if part != "how"}
        yield from _named(parts, DESKS, where)
        for relation, how in desk.say.how.items():
            yield from _named({relation: how}, DESKS, (*where, "how"))


@check("unknown-prompt", MENUS, PROMPTS)
def prompts_of_menus(draft: Draft) -> Iterator[Mistake]:
    for file, where, name in _named_in_menus(draft):
        if name not in draft.prompts:
            yield Mistake(file, where, unknown(name, draft.prompts, "prompt"))


@check("unknown-prompt", DESKS, PROMPTS)
def prompts_of_desks(draft: Draft) -> Iterator[Mistake]:
    for file, where, name in _named_by_desks(draft):
        if name not in draft.prompts:
            yield Mistake(file, where, unknown(name, draft.prompts, "prompt"))


@check("missing-prompt", PROMPTS)
def prompts_of_the_engine(draft: Draft) -> Iterator[Mistake]:
    for name in ENGINE_PROMPTS:
        if name not in draft.prompts:
            yield Mistake(PROMPTS, ("prompts",), f'the prompt "{name}", which every helpline needs, is missing')


@check("missing-prompt", DESKS, PROMPTS)
def prompt_that_asks_to_accept(draft: Draft) -> Iterator[Mistake]:
    for name, desk in draft.desks.items():
        if desk.accept and ACCEPT_PROMPT not in draft.prompts:
            message = f'the prompt "{ACCEPT_PROMPT}" is missing: it tells the desk which key accepts a call'
            yield Mistake(DESKS, ("desks", name, "accept"), message)


@check("unused-prompt", MENUS, DESKS, PROMPTS)
def said_by_something(draft: Draft) -> Iterator[Mistake]:
    known = {*ENGINE_PROMPTS, *IF_THERE, *said(draft)}
    for name in draft.prompts:
        if name not in known:
            message = f'no menu, desk or farewell says the prompt "{name}"'
            yield Mistake(PROMPTS, ("prompts", name), message, at_key=True)


def _needed_by(draft: Draft) -> dict[str, tuple[str, ...]]:
    """For prompts that tell callers a key, a way or who answers: the languages that need them."""
    needed = dict.fromkeys(TO_ALL, tuple(draft.languages))
    for desk in draft.desks.values():
        say, told = desk.say, tuple(filter(desk.languages.relation, draft.languages))
        for prompt in (say.operator, say.option, say.option_short, say.offer, say.closed):
            needed[prompt] = (*needed.get(prompt, ()), *told)
    for option in (option for menu in draft.menus.values() for option in menu.options.values()):
        offered = tuple(name for name in draft.languages if _says_something(draft, option.to, name, frozenset()))
        needed |= {option.say: offered, option.short: offered}
    needed |= dict.fromkeys((*IN_FIRST, "not_open"), draft.about.first_languages)
    accepting = tuple(spoken_at(draft, name) for name, desk in draft.desks.items() if desk.accept)
    return needed | dict.fromkeys(TO_DESK, desk_languages(draft)) | {ACCEPT_PROMPT: accepting}


def _says_something(draft: Draft, name: str, language: str, above: frozenset[str]) -> bool:
    """Whether a menu, or one below it, has words in this language; otherwise its option is not offered."""
    menu = draft.menus.get(name)
    if menu is None or name in above:
        return False
    said = (draft.prompts[prompt] for prompt in menu.say if prompt in draft.prompts)
    if (menu.desks and desk_order(draft, language)) or any(is_spoken_in(draft, prompt, language) for prompt in said):
        return True
    return any(_says_something(draft, option.to, language, above | {name}) for option in menu.options.values())


@check("prompt-not-for-all", HELPLINE, MENUS, DESKS, PROMPTS)
def spoken_to_all_who_need_it(draft: Draft) -> Iterator[Mistake]:
    needed = _needed_by(draft)
    for name in sorted(needed.keys() & draft.prompts.keys()):
        prompt = draft.prompts[name]
        if missing := dict.fromkeys(language for language in needed[name] if not is_spoken_in(draft, prompt, language)):
            message = f"it is also needed in: {', '.join(missing)}"
            yield Mistake(PROMPTS, ("prompts", name, "in"), message)


@check("needs-of-the-engine", PROMPTS)
def never_left_out(draft: Draft) -> Iterator[Mistake]:
    for name in ENGINE_PROMPTS:
        if name in draft.prompts and draft.prompts[name].needs:
            message = f'"{name}" is said in every call and can\'t wait for `fill`; remove `needs`'
            yield Mistake(PROMPTS, ("prompts", name, "needs"), message, at_key=True)


@check("unknown-need", HELPLINE, PROMPTS)
def known_needs(draft: Draft) -> Iterator[Mistake]:
    for name, prompt in draft.prompts.items():
        for index, need in enumerate(prompt.needs):
            if need not in draft.about.fill:
                message = unknown(need, draft.about.fill, "entry", " in `fill` of helpline.yaml")
                yield Mistake(PROMPTS, ("prompts", name, "needs", index), message)


@check("wrong-for-each", PROMPTS)
def once_for_each_language(draft: Draft) -> Iterator[Mistake]:
    for name, prompt in draft.prompts.items():
        if name in TO_DESK and not prompt.for_each:
            message = "there is one for each language; right would be for_each: language"
            yield Mistake(PROMPTS, ("prompts", name), message, at_key=True)
        if name not in TO_DESK and prompt.for_each:
            message = f"only {' and '.join(TO_DESK)} have one for each language"
            yield Mistake(PROMPTS, ("prompts", name, "for_each"), message, at_key=True)


@check("empty-prompt", PROMPTS)
def says_something(draft: Draft) -> Iterator[Mistake]:
    for name, prompt in draft.prompts.items():
        if not prompt.sentences:
            message = "a prompt needs at least one sentence, such as sentences: {it: []}"
            yield Mistake(PROMPTS, ("prompts", name, "sentences"), message)
