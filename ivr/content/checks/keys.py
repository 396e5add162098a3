"""Who owns which key: standard keys mean the same everywhere, desks come first, and a prompt names one key."""

from collections.abc import Iterator

from ivr.content.checks.check import DESKS, HELPLINE, MENUS, Draft, Mistake, check
from ivr.content.composing import STANDARD_KEYS, STANDARD_PROMPTS
from ivr.content.desk_order import desk_keys, desk_order
from ivr.content.source import Where

OPTION_KEYS = tuple("12345678")
MEANINGS = {"0": "a person", "9": "the first menu", "*": "back", "#": "again"}


def _options(draft: Draft) -> Iterator[tuple[str, str, Where]]:
    for name, menu in draft.menus.items():
        for key in menu.options:
            yield name, key, ("menus", name, "options", key)


@check("standard-key", MENUS)
def standard_keys(draft: Draft) -> Iterator[Mistake]:
    for _, key, where in _options(draft):
        if key in MEANINGS:
            message = f'key {key} means "{MEANINGS[key]}" in every menu; options take 1 to 8'
            yield Mistake(MENUS, where, message, at_key=True)


@check("unknown-option-key", MENUS)
def option_keys(draft: Draft) -> Iterator[Mistake]:
    for _, key, where in _options(draft):
        if key not in OPTION_KEYS and key not in MEANINGS:
            yield Mistake(MENUS, where, f'"{key}" is not a key of the telephone; options take 1 to 8', at_key=True)


@check("key-of-a-desk", HELPLINE, MENUS, DESKS)
def keys_of_desks(draft: Draft) -> Iterator[Mistake]:
    number = max(len(desk_order(draft, language)) for language in draft.languages)
    for name, key, where in _options(draft):
        if draft.menus[name].desks and key in OPTION_KEYS[:number]:
            message = f"keys 1 to {number} belong to the desks here; options take the keys after them"
            yield Mistake(MENUS, where, message, at_key=True)


@check("prompt-with-two-keys", MENUS)
def one_key_for_a_prompt(draft: Draft) -> Iterator[Mistake]:
    offered = {STANDARD_PROMPTS[name]: key for name, key in STANDARD_KEYS.items()}
    for name, key, where in _options(draft):
        option = draft.menus[name].options[key]
        for part, prompt in (("say", option.say), ("short", option.short)):
            if offered.setdefault(prompt, key) != key:
                message = f'the prompt "{prompt}" names key {offered[prompt]} elsewhere; it can name only one key'
                yield Mistake(MENUS, (*where, part), message)


@check("prompt-with-two-keys", HELPLINE, DESKS)
def one_key_for_an_option_of_desks(draft: Draft) -> Iterator[Mistake]:
    """Desks may share prompts, but the same callers can't choose one of two by the same words."""
    found: dict[Where, Mistake] = {}
    for language in draft.languages:
        offered: dict[str, str] = {}
        for desk, key in desk_keys(draft, language).items():
            say, where = draft.desks[desk].say, ("desks", desk, "say")
            for part, prompt in (("option", say.option), ("option_short", say.option_short)):
                if offered.setdefault(prompt, key) != key:
                    message = f'the prompt "{prompt}" offers another desk to callers of {language}; each needs its own'
                    found.setdefault((*where, part), Mistake(DESKS, (*where, part), message))
    yield from found.values()


@check("repeated-name", MENUS)
def offered_once(draft: Draft) -> Iterator[Mistake]:
    for name, menu in draft.menus.items():
        for index, key in enumerate(menu.offer):
            if key in menu.offer[:index]:
                yield Mistake(MENUS, ("menus", name, "offer", index), f'"{key}" is already offered')
