"""Every prompt that is named exists, and every one that exists is said, to everybody who needs it."""

from collections.abc import Iterator

from ivr.content.checks.check import DESKS, HELPLINE, MENUS, PROMPTS, Draft, Mistake, check
from ivr.content.checks.reach import said
from ivr.content.composing import ACCEPT_PROMPT, CLOSED_LONGER, GREETING, NOTICE, STANDARD_PROMPTS, is_spoken_in
from ivr.content.desk_order import desk_languages, desk_order, spoken_at
from ivr.content.did_you_mean import unknown
from ivr.content.menus import Option
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
IN_FIRST = (GREETING, "unready")
TO_DESK = ("transfer.sentence", "whisper")
ENGINE_PROMPTS = (*TO_ALL, *IN_FIRST, *TO_DESK)
# What a line of one language never says, and one without desks.
OF_A_LIST = ("language.item", "language.name", "key.language", "unready")
OF_DESKS = ("key.person", "desks.closed", "opens.generic", *TO_DESK)
IF_THERE = (NOTICE, "not_open", ACCEPT_PROMPT, CLOSED_LONGER)

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
            if option.hang_up:
                parts["hang_up"] = option.hang_up
            yield from _named(parts, MENUS, ("menus", name, "options", key))


def _named_by_desks(draft: Draft) -> Iterator[Named]:
    for name, desk in draft.desks.items():
        where: Where = ("desks", name, "say")
        parts = {part: found for part, found in desk.say if part != "how" and found}
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


@check("missing-prompt", HELPLINE, MENUS, DESKS, PROMPTS)
def prompts_of_the_engine(draft: Draft) -> Iterator[Mistake]:
    offered = {STANDARD_PROMPTS[key] for menu in draft.menus.values() for key in menu.offer}
    for name in ENGINE_PROMPTS:
        if name not in draft.prompts and (name in offered or _needs(draft, name)):
            yield Mistake(PROMPTS, ("prompts",), f'the prompt "{name}", which this helpline needs, is missing')


def _needs(draft: Draft, name: str) -> bool:
    if name in OF_A_LIST:
        return not draft.only_language
    return bool(draft.desks) or not (name in OF_DESKS or name.startswith("transfer."))


@check("missing-prompt", DESKS, PROMPTS)
def prompt_that_asks_to_accept(draft: Draft) -> Iterator[Mistake]:
    for name, desk in draft.desks.items():
        if desk.accept and ACCEPT_PROMPT not in draft.prompts:
            message = f'the prompt "{ACCEPT_PROMPT}" is missing: it tells the desk which key accepts a call'
            yield Mistake(DESKS, ("desks", name, "accept"), message)


@check("missing-prompt", DESKS, PROMPTS)
def prompts_that_tell_of_a_desk(draft: Draft) -> Iterator[Mistake]:
    for name, desk in draft.desks.items():
        if desk.can_be_told and CLOSED_LONGER not in draft.prompts:
            message = f'the prompt "{CLOSED_LONGER}" is missing: it follows `closed_on` where a desk stays closed'
            yield Mistake(DESKS, ("desks", name, "say", "closed_on"), message)


@check("missing-prompt", HELPLINE, PROMPTS)
def prompt_that_says_the_notice(draft: Draft) -> Iterator[Mistake]:
    if draft.about.fill.get(NOTICE) and NOTICE not in draft.prompts:
        message = f'the prompt "{NOTICE}", which says these words, is missing in prompts.yaml'
        yield Mistake(HELPLINE, ("fill", NOTICE), message, at_key=True)


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
        always = (say.operator, say.option, say.option_short, say.offer, say.closed)
        for prompt in (*always, *((say.closed_on, say.other_hours, CLOSED_LONGER) if desk.can_be_told else ())):
            needed[prompt] = (*needed.get(prompt, ()), *told)
    for option in (option for menu in draft.menus.values() for option in menu.options.values()):
        offered = tuple(name for name in draft.languages if _says_something(draft, option, name, frozenset()))
        needed |= {option.say: offered, option.short: offered}
    needed |= dict.fromkeys((*IN_FIRST, "not_open"), draft.about.first_languages)
    accepting = tuple(spoken_at(draft, name) for name, desk in draft.desks.items() if desk.accept)
    to_desks = desk_languages(draft) if draft.desks else ()
    return needed | dict.fromkeys(TO_DESK, to_desks) | {ACCEPT_PROMPT: accepting}


def _says_something(draft: Draft, option: Option, language: str, above: frozenset[str]) -> bool:
    """Whether what an option leads to has words in this language; otherwise it is not offered."""
    told = desk_order(draft, language)
    menu = draft.menus.get(option.to)
    said = (option.hang_up,) if option.hang_up else menu.say if menu else ()
    known = (prompt for prompt in said if prompt in draft.prompts)
    leads_to_a_desk = option.connect in told if option.connect else bool(menu and menu.desks and told)
    if leads_to_a_desk or any(is_spoken_in(draft, prompt, language) for prompt in known):
        return True
    if menu is None or option.to in above:
        return False
    below = above | {option.to}
    return any(_says_something(draft, each, language, below) for each in menu.options.values())


@check("prompt-not-for-all", HELPLINE, MENUS, DESKS, PROMPTS)
def spoken_to_all_who_need_it(draft: Draft) -> Iterator[Mistake]:
    needed = _needed_by(draft)
    for name in sorted(needed.keys() & draft.prompts.keys()):
        missing = dict.fromkeys(language for language in needed[name] if not is_spoken_in(draft, name, language))
        if missing:
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
