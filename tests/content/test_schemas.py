"""The schemas for editors: made from the model, named by every file, and right about what the model takes."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest
import yaml

from ivr.cli.new import STARTERS
from ivr.content.schemas import schemas, write_schemas
from tests.cast import ROOT

from .cases import GOLDEN

FOLDERS = [ROOT / "prompts", STARTERS]  # that hold the schemas; `ivr new` puts those of the starters beside the files
FILES = sorted(path for folder in FOLDERS for path in folder.rglob("*.yaml"))


class AsInEditors(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML 1.2, as editors read it: values have types, but dates, times and `no` are words."""


AsInEditors.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in forms if tag.rsplit(":")[-1] in ("int", "float", "null")]
    for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
AsInEditors.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def mistakes(name: str, text: str) -> list[str]:
    schema = json.loads(schemas()[name])
    content = json.loads(json.dumps(yaml.load(text, AsInEditors)))
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(content)]


def schema_of(path) -> str:
    return "text.json" if path.parent.name == "text" else f"{path.stem}.json"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_the_schemas_that_are_shipped_are_those_of_the_model(folder, tmp_path):
    """After a change of the model: make schemas."""
    write_schemas(tmp_path)
    made = {path.name: path.read_text("utf-8") for path in (tmp_path / "schemas").iterdir()}
    assert made == {path.name: path.read_text("utf-8") for path in (folder / "schemas").iterdir()}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_names_its_schema_in_its_first_line_and_is_right_by_it(path):
    text = path.read_text("utf-8")
    sign, _, place = text.splitlines()[0].partition("$schema=")
    assert sign == "# yaml-language-server: "
    folder = path.parent.parent if path.parent.name == "text" else path.parent
    assert (path.parent / place).resolve() == folder / "schemas" / schema_of(path)
    assert mistakes(schema_of(path), text) == []


@pytest.mark.parametrize("path", sorted((GOLDEN / "helpline").rglob("*.yaml")), ids=lambda path: path.name)
def test_another_helpline_is_right_by_them_too(path):
    assert mistakes(schema_of(path), path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("menus", "{start: 1, help: no, farewell: main, wait: 6, menus: {a: {say: b, options: , offer: back}}}"),
        ("menus", "{start: a, help: b, farewell: , menus: {}}"),
        ("codes", "codes: {ja: 01}"),
        ("codes", "codes:"),
        ("facts", "facts: {F1: {spoken: always, says: 5, can_lapse: true, with: F2}}"),
        ("glossary", "terms:"),
        ("prompts", "prompts: {a: {for: x, in: first, sentences: {it: }}}"),
    ],
)
def test_what_the_model_takes_without_quotes_is_right_in_an_editor(name, text):
    assert mistakes(f"{name}.json", text) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("menus", "{start: a, help: b, farewell: [], menus: {}, wiat: 5}"),
        ("menus", "{start: a, help: b, farewell: [], menus: {a: {offer: [bakc]}}}"),
        ("menus", "{start: a, help: b, farewell: [], menus: {a: {options: {1: {to: b}}}}}"),
        ("menus", "{start: a, help: b, farewell: [], wait: 90, menus: {}}"),
        ("menus", "{help: b, farewell: [], menus: {}}"),
        ("codes", 'codes: {ja: "9"}'),
        ("facts", "facts: {F1: {spoken: sometimes, says: x}}"),
        ("prompts", "prompts: {a: {for: x, sentences: [it]}}"),
    ],
)
def test_a_mistake_is_shown_while_typing(name, text):
    assert mistakes(f"{name}.json", text)


def test_every_key_is_explained_where_somebody_types_it():
    def bare(schema: object, where: str) -> list[str]:
        if not isinstance(schema, dict):
            return []
        here = [f"{where}.{key}" for key, part in schema.get("properties", {}).items() if not part.get("description")]
        return [*here, *(found for key, part in schema.items() for found in bare(part, f"{where}.{key}"))]

    assert [missing for name, text in schemas().items() for missing in bare(json.loads(text), name)] == []
