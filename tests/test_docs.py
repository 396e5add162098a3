"""Every command, setting and YAML key is documented; what the documents name is there."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator

import click
import pytest
from pydantic import BaseModel

from ivr.cli.main import group
from ivr.content.checks.prompts import ENGINE_PROMPTS
from ivr.content.loader import SHAPES
from ivr.content.words import TextFile
from tests.cast import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
EVERYTHING = "\n".join([README, *DOCS.values()])
FILES = {"README.md": README, "CONTRIBUTING.md": (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), **DOCS}


def keys_of(shape: type[BaseModel]) -> set[str]:
    """The keys that may be written in a shape and in all shapes inside it."""
    found: set[str] = set()
    for name, field in shape.model_fields.items():
        found.add(field.alias or name)
        for inner in shapes_in(field.annotation):
            found |= keys_of(inner)
    return found


def shapes_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [shape for part in typing.get_args(annotation) for shape in shapes_in(part)]


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


@pytest.mark.parametrize("name", [*SHAPES, "text"])
def test_every_key_of_the_yaml_is_explained(name):
    shape = SHAPES.get(name, TextFile)
    heading = "text/<language>.yaml" if shape is TextFile else name
    section = DOCS["content.md"].split(f"## {heading}\n")[1].split("\n## ")[0]
    assert not {key for key in keys_of(shape) if f"`{key}`" not in section}


def commands(command: click.Command, name: str) -> list[tuple[str, click.Command]]:
    return [(name, command), *(found for part, sub in within(command) for found in commands(sub, f"{name} {part}"))]


def within(command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """The commands of a group, imported."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield name, command.get_command(context, name)


@pytest.mark.parametrize(
    ("name", "command"), commands(group, "ivr"), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_is_documented_and_explains_itself(name, command):
    assert name in EVERYTHING
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_every_option_of_every_command_is_documented():
    named = set(re.findall(r"--[a-z][a-z-]*", EVERYTHING))
    options = {
        opt for _, command in commands(group, "ivr") for option in command.params for opt in option.opts if "--" in opt
    }
    assert not options - named


TYPED = sorted(
    {typed.strip() for text in FILES.values() for typed in re.findall(r"(?:^|`|\.venv/bin/)ivr ([^`\n]*)", text, re.M)}
)


@pytest.mark.parametrize("typed", TYPED)
def test_every_command_that_a_document_shows_can_be_typed(typed):
    """Its name and its options are there; values and what stands behind the command are not judged."""
    command, words = group, re.split(r"  |[;·#]", typed)[0].split()
    while words and isinstance(command, click.Group):
        if words[0].startswith("--"):
            assert words[0] in options_of(command)
            del words[:2]
        else:
            inner = dict(within(command))
            assert words[0] in inner, f"ivr {typed}"
            command = inner[words.pop(0)]
    assert {word for word in words if word.startswith("--")} <= options_of(command)


def options_of(command: click.Command) -> set[str]:
    return {"--help", *(opt for option in command.params for opt in option.opts)}


@pytest.mark.parametrize("prompt", ENGINE_PROMPTS)
def test_every_prompt_that_each_helpline_needs_is_explained(prompt):
    assert f"`{prompt}`" in DOCS["content.md"]


def test_every_setting_is_documented_and_every_documented_setting_is_read():
    source = (ROOT / "ivr" / "config.py").read_text(encoding="utf-8") + (ROOT / "ivr" / "cli" / "main.py").read_text()
    read = set(re.findall(r'"([A-Z][A-Z_]{3,})"', source)) - {"PHONE"}
    written = set(re.findall(r"(?m)^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8")))
    assert read == {name for name in written if not name.endswith("_PHONE")}
    assert {"CINGA_PHONE", "FRESC_PHONE"} <= written


def test_no_setting_has_a_value_that_somebody_could_forget_to_change():
    assert not re.findall(r"(?m)^[A-Z_]+=.+", (ROOT / ".env.example").read_text(encoding="utf-8"))


def test_an_extension_is_shown_in_quotation_marks_or_a_shell_would_stop_before_it():
    pages = [ROOT / ".env.example", *(ROOT / "docs").glob("*.md"), *(ROOT / "ivr" / "starter").rglob("*.yaml")]
    shown = {setting for page in pages for setting in re.findall(r"\w+_PHONE=.*?;ext=\d+\S?", page.read_text("utf-8"))}
    assert len(shown) > 3
    assert not [setting for setting in shown if not re.search(r'="[^"]+"$', setting)]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", *(f"docs/{name}" for name in DOCS)])
def test_every_file_that_a_document_links_to_is_there(name):
    path = ROOT / name
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_make_prints_the_targets_that_the_readme_names():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make ([a-z]+)", README):
        assert re.search(rf"(?m)^{target}:.*## ", makefile), target
