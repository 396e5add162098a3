"""Keys lead to menus that exist, without circles, and not too deep or too many at once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ivr.content.checks.check import DESKS, HELPLINE, MENUS, Draft, Mistake, check
from ivr.content.checks.reach import levels
from ivr.content.circles import circle
from ivr.content.desk_order import desk_order
from ivr.content.did_you_mean import unknown
from ivr.content.source import Where

MAX_OPTIONS = 4
MAX_LEVELS = 3
TOO_MANY = f"more than callers can keep in mind; at most {MAX_OPTIONS}"


@check("dangling-menu", MENUS)
def known_menus(draft: Draft) -> Iterator[Mistake]:
    for part, name in (("start", draft.flow.start), ("help", draft.flow.help)):
        if name not in draft.menus:
            yield Mistake(MENUS, (part,), unknown(name, draft.menus, "menu"))
    for name, menu in draft.menus.items():
        for key, option in menu.options.items():
            if option.to not in draft.menus:
                where: Where = ("menus", name, "options", key, "to")
                yield Mistake(MENUS, where, unknown(option.to, draft.menus, "menu"))


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
    ahead = {name: [option.to for option in menu.options.values()] for name, menu in draft.menus.items()}
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
    for name, menu in draft.menus.items():
        for desks, languages in _offered_desks(draft).items() if menu.desks else [((), [])]:
            number = len(desks) + len(menu.options)
            if number > MAX_OPTIONS >= len(desks):
                whom = f" for callers of {', '.join(languages)} (with the desks {', '.join(desks)})" if desks else ""
                message = f"{number} options{whom} are {TOO_MANY}"
                yield Mistake(MENUS, ("menus", name, "options"), message, at_key=True)


@check("too-many-options", HELPLINE, DESKS)
def few_desks(draft: Draft) -> Iterator[Mistake]:
    """Key 0 offers those that are open; all of them may be."""
    for desks, languages in _offered_desks(draft).items():
        if len(desks) > MAX_OPTIONS:
            message = (
                f"{len(desks)} desks for callers of {', '.join(languages)} ({', '.join(desks)}) are {TOO_MANY}; "
                "`others: hidden` keeps a desk to the languages that it lists"
            )
            yield Mistake(DESKS, ("desks",), message, at_key=True)


def _offered_desks(draft: Draft) -> dict[tuple[str, ...], list[str]]:
    """The desks that callers are told of, in order, with the languages of these callers."""
    found: dict[tuple[str, ...], list[str]] = {}
    for language in draft.languages:
        found.setdefault(desk_order(draft, language), []).append(language)
    return found


@check("too-many-levels", MENUS)
def few_levels(draft: Draft) -> Iterator[Mistake]:
    """Answers are not counted: nothing has to be chosen there."""
    for name, level in levels(draft).items():
        menu = draft.menus[name]
        if level > MAX_LEVELS and (menu.options or menu.desks):
            message = f'"{name}" is the {level}th menu in a row; at most {MAX_LEVELS}, and then the answer'
            yield Mistake(MENUS, ("menus", name), message, at_key=True)
