"""JSON Schemas of every YAML file, made from the model, so that editors complete and check while somebody types.

`python -m ivr.content.schemas prompts` writes them into prompts/schemas/; the first line of each file names its own.
"""

import json
import sys
from pathlib import Path

from ivr.content.fields import Shape
from ivr.content.loader import SHAPES
from ivr.content.words import TextFile

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """The text of each schema by the name of its file."""
    shapes: dict[str, type[Shape]] = {**SHAPES, "text.yaml": TextFile}
    return {f"{Path(name).stem}.json": _schema(shape) for name, shape in shapes.items()}


def write_schemas(folder: Path) -> None:
    """Into the folder `schemas` of a helpline folder."""
    (folder / "schemas").mkdir(exist_ok=True)
    for name, text in schemas().items():
        (folder / "schemas" / name).write_text(text, encoding="utf-8")


def _schema(shape: type[Shape]) -> str:
    schema = {"$schema": DRAFT, **shape.model_json_schema(mode="validation", by_alias=True)}
    return json.dumps(_as_typed(schema), indent=1, ensure_ascii=False) + "\n"


def _as_typed(schema: object) -> object:
    """As editors see YAML: what we read as text may look like a number or a truth value to them."""
    if isinstance(schema, list):
        return [_as_typed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {key: _as_typed(part) for key, part in schema.items() if key != "title" or not isinstance(part, str)}
    if parts.get("type") == "string" and not {"enum", "const"} & parts.keys():
        parts["type"] = ["string", "number", "boolean"]
    return parts


if __name__ == "__main__":
    for folder in sys.argv[1:]:
        write_schemas(Path(folder))
