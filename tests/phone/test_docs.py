"""docs/telephone.md: its example runs as it stands, and it names whatever there is."""

import inspect
import re
from pathlib import Path
from typing import Any

import pytest

from ivr.cli.call import HELP, call_command
from ivr.phone import Call
from ivr.phone.script import KINDS

DOCS = Path(__file__).parents[2] / "docs" / "telephone.md"


def example() -> dict[str, Any]:
    """The first Python block of the page, executed."""
    block = re.search("```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    names: dict[str, Any] = {}
    exec(block[1], names)
    return names


@pytest.mark.parametrize("name", sorted(name for name in example() if name.startswith("test_")))
def test_the_documented_example_works(name: str) -> None:
    example()[name]()


OPTIONS = set(inspect.signature(Call).parameters) - {"transport", "url"}
COMMANDS = {word for word in HELP.replace(",", " ").split() if word.startswith("/")}
FLAGS = {option for parameter in call_command.params for option in parameter.opts} - {"url"}


@pytest.mark.parametrize("word", sorted(OPTIONS | COMMANDS | FLAGS | set(KINDS)))
def test_everything_there_is_stands_in_the_page(word: str) -> None:
    assert re.search(rf"[`| ]{re.escape(word)}[`=, ]", DOCS.read_text(encoding="utf-8")), word
