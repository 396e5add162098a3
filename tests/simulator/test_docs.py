"""docs/telephone.md: its example runs as it stands, and it names whatever there is."""

import inspect
import re
from pathlib import Path
from typing import Any

import pytest

from ivr.cli.call import call_command
from ivr.cli.keypad import HELP
from ivr.simulator import Call
from ivr.simulator.script import KINDS, parse

DOCS = Path(__file__).parents[2] / "docs" / "telephone.md"


def examples() -> dict[str, Any]:
    """The tests in the page's Python blocks, each block executed on its own."""
    found: dict[str, Any] = {}
    for block in re.findall("```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL):
        names: dict[str, Any] = {}
        exec(block, names)
        found |= {name: value for name, value in names.items() if name.startswith("test_")}
    return found


EXAMPLES = examples()


def test_the_page_shows_an_app_with_flask_one_without_and_one_over_http() -> None:
    assert len(EXAMPLES) == 4


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_the_documented_examples_work(name: str, tmp_path: Path) -> None:
    test = EXAMPLES[name]
    test(**{"tmp_path": tmp_path} if "tmp_path" in inspect.signature(test).parameters else {})


def test_the_documented_script_is_one() -> None:
    text = next(block for block in re.findall("```\n(.*?)```", DOCS.read_text(), re.DOTALL) if block.startswith("#"))
    assert parse(text).lines


OPTIONS = set(inspect.signature(Call).parameters) - {"transport", "url"}
COMMANDS = {word for word in HELP.replace(",", " ").split() if word.startswith("/")}
FLAGS = {option for parameter in call_command.params for option in parameter.opts} - {"url"}


@pytest.mark.parametrize("word", sorted(OPTIONS | COMMANDS | FLAGS | set(KINDS)))
def test_everything_there_is_stands_in_the_page(word: str) -> None:
    assert re.search(rf"[`| ]{re.escape(word)}[`=, ]", DOCS.read_text(encoding="utf-8")), word
