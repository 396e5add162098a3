"""The announced ways out of every menu: back, and to a person."""

from collections.abc import Iterator

from ivr.content.checks.check import DESKS, HELPLINE, MENUS, Draft, Mistake, check


@check("no-way-back", HELPLINE, MENUS)
def back(draft: Draft) -> Iterator[Mistake]:
    if draft.flow.start not in draft.menus:
        return
    for name, menu in draft.menus.items():
        first = name == draft.flow.start
        way = "language" if first else "back"
        if way not in menu.offer and not (first and draft.only_language):
            place = "the first menu" if first else "every other menu"
            message = f'callers do not hear the way back; `offer` of {place} needs "{way}"'
            yield Mistake(MENUS, ("menus", name, "offer"), message, at_key=True)


@check("wrong-way-back", HELPLINE, MENUS)
def where_star_leads(draft: Draft) -> Iterator[Mistake]:
    if draft.flow.start not in draft.menus:
        return
    for name, menu in draft.menus.items():
        first = name == draft.flow.start
        wrong, right = ("back", "language") if first else ("language", "back")
        where = "to the list of languages" if first else "to the menu above"
        for index, key in enumerate(menu.offer):
            if first and draft.only_language and key in ("back", "language"):
                message = "there is no list of languages, and no menu above the first; leave it out"
                yield Mistake(MENUS, ("menus", name, "offer", index), message)
            elif key == wrong:
                message = f'key * leads {where} from here; right would be "{right}"'
                yield Mistake(MENUS, ("menus", name, "offer", index), message)


@check("no-way-to-a-person", MENUS, DESKS)
def person(draft: Draft) -> Iterator[Mistake]:
    for name, menu in draft.menus.items():
        answer = not (menu.options or menu.desks)
        if draft.desks and (answer or name == draft.flow.start) and "person" not in menu.offer:
            place = "an answer" if answer else "the first menu"
            message = f'callers do not hear how to reach a person; `offer` of {place} needs "person"'
            yield Mistake(MENUS, ("menus", name, "offer"), message, at_key=True)
