"""The closed lists of what can be counted: words of ours, and names of the helpline's content."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias, get_args

from ivr.content.checks.reach import desk_prompts
from ivr.content.model import Helpline, Prompt
from ivr.content.pages import DESK, LANGUAGES, PERSON
from ivr.database.count_events import KINDS, Failure, Kind

Vocabulary: TypeAlias = Mapping[Kind, frozenset[str]]

HOURS = tuple(f"{hour:02}" for hour in range(24))
HANG_UP = "hang-up"
OUTCOMES = ("answer", "farewell", HANG_UP, "nobody-open")
RESULTS = ("answered", "busy", "no-answer", "failed", "closed", "given-up")
# A name that could be taken for a telephone number is not counted: E.164 numbers have seven digits at least.
MAX_LETTERS, MAX_DIGITS = 64, 6


def vocabulary(helpline: Helpline) -> Vocabulary:
    """For each kind the names that may ever be counted for this helpline."""
    names: dict[Kind, Iterable[str]] = {
        "call": HOURS,
        "language": helpline.languages,
        "outside": helpline.languages,
        "outcome": outcomes(helpline),
        "transfer": (f"{desk}/{result}" for desk in helpline.desks for result in RESULTS),
        "error": get_args(Failure),
        "entered": pages(helpline),
        "left": pages(helpline),
        "heard": {name for name, prompt in helpline.prompts.items() if is_counted(prompt)} - _told_to_some(helpline),
    }
    return {kind: frozenset(filter(is_storable, names[kind])) for kind in KINDS}


def outcomes(helpline: Helpline) -> tuple[str, ...]:
    """What a call can come to: an end that the caller chose only where an option offers one."""
    options = (option for menu in helpline.menus.values() for option in menu.options.values())
    ends = any(option.hang_up for option in options)
    return tuple(name for name in OUTCOMES if ends or name != HANG_UP)


def pages(helpline: Helpline) -> tuple[str, ...]:
    """Everything that a caller can enter and leave."""
    return (LANGUAGES, *helpline.menus, PERSON, *(DESK + desk for desk in helpline.desks))


def is_counted(prompt: Prompt) -> bool:
    """Prompts that tell facts; one that only some languages have would tell a caller's language and topic at once."""
    return any(prompt.sentences.values()) and not prompt.only_in


def _told_to_some(helpline: Helpline) -> set[str]:
    """What a desk has said to callers of some languages only: it would tell their language and topic at once, too."""
    return {
        prompt
        for desk in helpline.desks.values()
        for prompt in {*desk_prompts(desk)}
        if any(prompt not in desk_prompts(desk, name) for name in helpline.languages)
    }


def is_storable(name: str) -> bool:
    """What the tables accept as a name."""
    return len(name) <= MAX_LETTERS and sum(letter.isdigit() for letter in name) <= MAX_DIGITS
