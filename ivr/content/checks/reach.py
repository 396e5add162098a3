"""Where keys lead and what is said on the way; also for content with cycles and missing menus."""

from collections.abc import Iterator

from ivr.content.model import Desk, Helpline


def levels(helpline: Helpline) -> dict[str, int]:
    """The menus that callers can reach, and how many menus away each is: 1 for the first menu and for the help menu."""
    found: dict[str, int] = {}
    for start in (helpline.flow.start, helpline.flow.help):
        pages, level = [start], 1
        while pages:
            pages = [page for page in dict.fromkeys(pages) if page in helpline.menus and page not in found]
            found.update(dict.fromkeys(pages, level))
            pages = [option.page for page in pages for option in helpline.menus[page].options.values()]
            level += 1
    return found


def menu_prompts(helpline: Helpline, name: str) -> Iterator[str]:
    """A menu's own prompts in all its forms, without those of its desks."""
    menu = helpline.menus[name]
    yield from menu.say
    for option in menu.options.values():
        yield from (option.say, option.short, *filter(None, (option.hang_up,)))


def desk_prompts(desk: Desk, language: str = "") -> Iterator[str]:
    """What callers can hear about a desk: all callers, or those of one language."""
    say, here = desk.say, desk.languages.relation(language)
    if language and not here:
        return
    yield from (say.operator, say.option, say.option_short, say.offer, say.closed, *say.purpose, *say.hours)
    yield from filter(None, (say.closed_on, say.other_hours))
    for relation, prompts in say.how.items():
        if not language or relation == here:
            yield from prompts


def said(helpline: Helpline, language: str = "") -> Iterator[str]:
    """Every prompt that menus, the farewell and the desks say."""
    yield from helpline.flow.farewell
    for name in helpline.menus:
        yield from menu_prompts(helpline, name)
    for desk in helpline.desks.values():
        yield from desk_prompts(desk, language)


def prompt_facts(helpline: Helpline, name: str) -> set[str]:
    """The facts that a prompt carries, if it exists."""
    sentences = helpline.prompts[name].sentences.values() if name in helpline.prompts else ()
    return {fact for facts in sentences for fact in facts}
