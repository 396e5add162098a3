"""What a caller in Nepali has to meet whatever broke: words in Nepali, and a next step or a goodbye."""

from __future__ import annotations

from ivr.simulator import Call
from tests.database.line import stored

CODE = "08"


def goes_on(made: Call) -> bool:
    """Something was said in the caller's language, and keys are waited for."""
    return made.state == "waiting" and bool(made.prompts) and all(prompt.startswith("ne/") for prompt in made.prompts)


def says_goodbye(made: Call) -> bool:
    """To its end: by silence until the line ends the call, and not without a word.

    From the first menu silence leads to the list of languages, and to a goodbye in those that everybody hears.
    """
    while made.state == "waiting":
        made.wait()
    return made.ended_by == "hangup" and made.prompts[-1].endswith("/goodbye")


def apologised(made: Call) -> bool:
    """And went on from the first menu."""
    return made.prompts[:2] == ["ne/apology", "ne/eligible"] and goes_on(made)


def amounts(url: str, kind: str) -> int:
    """How often this was counted in a database."""
    return sum(amount for each, amount in stored(url).items() if each.kind == kind)
