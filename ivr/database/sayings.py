"""Where in a call each prompt is said: from how often it was heard can be told how often one was there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivr.content.model import Helpline
from ivr.content.pages import DESK, PERSON


def places_of_prompts(helpline: Helpline) -> Mapping[str, frozenset[str]]:
    """For each prompt the pages that say it."""
    found: dict[str, set[str]] = {name: set() for name in helpline.prompts}
    for prompt, place in (*_of_menus(helpline), *_of_desks(helpline)):
        found[prompt].add(place)
    return {prompt: frozenset(places) for prompt, places in found.items()}


def _of_menus(helpline: Helpline) -> Iterator[tuple[str, str]]:
    for name, menu in helpline.menus.items():
        options = [prompt for option in menu.options.values() for prompt in (option.say, option.short)]
        for prompt in (*menu.say, *options):
            yield prompt, name


def _of_desks(helpline: Helpline) -> Iterator[tuple[str, str]]:
    """On a desk's own page, on the one that offers all open desks, and in menus that list them."""
    listing = [name for name, menu in helpline.menus.items() if menu.desks]
    for name, desk in helpline.desks.items():
        prompts = desk.say
        how = [prompt for each in prompts.how.values() for prompt in each]
        for prompt in (prompts.operator, *prompts.purpose, *how, *prompts.hours, prompts.closed, prompts.offer):
            yield prompt, DESK + name
            yield prompt, PERSON
        for prompt in (prompts.option, prompts.option_short):
            yield from ((prompt, menu) for menu in listing)
