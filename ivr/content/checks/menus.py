"""Keys lead to menus that exist, without circles, and not too deep or too many at once."""

from collections.abc import Iterator
from itertools import pairwise

from ivr.content.checks.check import DESKS, HELPLINE, MENUS, PROMPTS, Draft, Mistake, check
from ivr.content.checks.reach import levels, prompt_facts
from ivr.content.circles import circle
from ivr.content.desk_order import desk_order
from ivr.content.did_you_mean import unknown
from ivr.content.source import Where


@check("dangling-menu", MENUS)
def known_menus(draft: Draft) -> Iterator[Mistake]:
    for part, name in (("start", draft.flow.start), ("help", draft.flow.help)):
        if name not in draft.menus:
            yield Mistake(MENUS, (part,), unknown(name, draft.menus, "menu"))
    for name, menu in draft.menus.items():
        for key, option in menu.options.items():
            if option.to and option.to not in draft.menus:
                where: Where = ("menus", name, "options", key, "to")
                yield Mistake(MENUS, where, _no_menu(draft, option.to))


def _no_menu(draft: Draft, name: str) -> str:
    if name in draft.desks:
        return f'"{name}" is a desk, not a menu; right would be connect: {name}'
    return unknown(name, draft.menus, "menu")


@check("unknown-desk", MENUS, DESKS)
def known_desks(draft: Draft) -> Iterator[Mistake]:
    for name, menu in draft.menus.items():
        for key, option in menu.options.items():
            if option.connect and option.connect not in draft.desks:
                where: Where = ("menus", name, "options", key, "connect")
                yield Mistake(MENUS, where, unknown(option.connect, draft.desks, "desk"))


@check("nameless-option", HELPLINE, MENUS, DESKS, PROMPTS)
def says_who_will_answer(draft: Draft) -> Iterator[Mistake]:
    """Where the operator isn't said first, an option that connects says who it is: they share a fact."""
    for name, menu in draft.menus.items() if not draft.about.rules.operator_first else ():
        for key, option in menu.options.items():
            operator = draft.desks[option.connect].say.operator if option.connect in draft.desks else ""
            wanted = prompt_facts(draft, operator)
            if operator and not wanted & prompt_facts(draft, option.say):
                which = f'the fact {min(wanted)} of "{operator}"' if wanted else f'and "{operator}" the same fact'
                message = f'"{option.say}" connects at once and has to say who answers: in prompts.yaml give it {which}'
                yield Mistake(MENUS, ("menus", name, "options", key, "say"), message)


@check("unreachable-menu", MENUS)
def reachable(draft: Draft) -> Iterator[Mistake]:
    found = levels(draft)
    rooted = {draft.flow.start, draft.flow.help} <= draft.menus.keys()
    for name in draft.menus:
        if rooted and name not in found:
            yield Mistake(MENUS, ("menus", name), f'no key leads to the menu "{name}"', at_key=True)


@check("menu-loop", MENUS)
def not_in_a_circle(draft: Draft) -> Iterator[Mistake]:
    """The mistakes in a circle are the options that don't lead further from the start."""
    level = levels(draft)
    ahead = {name: [option.to for option in menu.options.values() if option.to] for name, menu in draft.menus.items()}
    while way := circle(ahead):
        for name, to in pairwise(way):
            if level.get(to, 0) <= level.get(name, 0):
                ahead[name] = [other for other in ahead[name] if other != to]
                yield from _leads_back(draft, name, to)


def _leads_back(draft: Draft, name: str, to: str) -> Iterator[Mistake]:
    for key, option in draft.menus[name].options.items():
        if option.to == to:
            message = f'from "{to}" keys lead to "{name}" again; callers go back by the keys * and 9'
            yield Mistake(MENUS, ("menus", name, "options", key, "to"), message)


@check("too-many-options", HELPLINE, MENUS, DESKS)
def few_options(draft: Draft) -> Iterator[Mistake]:
    """Of menus whose desks alone are not too many."""
    most = draft.about.rules.most_options
    for name, menu in draft.menus.items():
        for desks, languages in _offered_desks(draft).items() if menu.desks else [((), [])]:
            number = len(desks) + len(menu.options)
            if number > most >= len(desks):
                whom = f" for callers of {', '.join(languages)} (with the desks {', '.join(desks)})" if desks else ""
                message = f"{number} options{whom} are more than callers can keep in mind; at most {most}"
                yield Mistake(MENUS, ("menus", name, "options"), message, at_key=True)


@check("too-many-options", HELPLINE, DESKS)
def few_desks(draft: Draft) -> Iterator[Mistake]:
    """Key 0 offers those that are open; all of them may be."""
    most = draft.about.rules.most_options
    for desks, languages in _offered_desks(draft).items():
        if len(desks) > most:
            message = (
                f"{len(desks)} desks for callers of {', '.join(languages)} ({', '.join(desks)}) are more than callers "
                f"can keep in mind; at most {most}; `others: hidden` keeps a desk to the languages that it lists"
            )
            yield Mistake(DESKS, ("desks",), message, at_key=True)


def _offered_desks(draft: Draft) -> dict[tuple[str, ...], list[str]]:
    """The desks that callers are told of, in order, with the languages of these callers."""
    found: dict[tuple[str, ...], list[str]] = {}
    for language in draft.languages:
        found.setdefault(desk_order(draft, language), []).append(language)
    return found


@check("too-many-levels", HELPLINE, MENUS)
def few_levels(draft: Draft) -> Iterator[Mistake]:
    """Answers are not counted: nothing has to be chosen there."""
    most = draft.about.rules.most_levels
    for name, level in levels(draft).items():
        menu = draft.menus[name]
        if level > most and (menu.options or menu.desks):
            message = f'"{name}" is the {level}th menu in a row; at most {most}, and then the answer'
            yield Mistake(MENUS, ("menus", name), message, at_key=True)
