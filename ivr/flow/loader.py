"""A folder of YAML becomes a helpline, or one error that names every mistake with its file, line and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ivr.errors import ContentError, Problem
from ivr.flow.checks import problems as cross_problems
from ivr.flow.model import (
    DesksFile,
    FactsFile,
    GlossaryFile,
    Helpline,
    HelplineFile,
    MenusFile,
    PromptsFile,
    Shape,
    TextFile,
)
from ivr.flow.source import Source, Where, read_source
from ivr.flow.wording import all_lines

SHAPES: dict[str, type[Shape]] = {
    "helpline.yaml": HelplineFile,
    "facts.yaml": FactsFile,
    "menus.yaml": MenusFile,
    "desks.yaml": DesksFile,
    "prompts.yaml": PromptsFile,
    "glossary.yaml": GlossaryFile,
}

S = TypeVar("S", bound=Shape)


def load_helpline(folder: Path) -> Helpline:
    """The helpline in `folder`; its sounds are expected in the folder `audio` beside it. Raises ContentError."""
    if not folder.is_dir():
        raise ContentError(
            [Problem(str(folder), 1, 1, "file", "this folder is missing; --helpline or IVR_HELPLINE names it")]
        )
    found: list[Problem] = []
    sources: dict[str, Source] = {}
    shapes: dict[str, Shape] = {}
    for name, shape in _files(folder).items():
        try:
            sources[name] = read_source(folder / name, str(folder / name))
            shapes[name] = _parse(sources[name], shape)
        except ContentError as error:
            found += error.problems
    if found:
        raise ContentError(found)
    helpline = _assemble(folder, shapes)
    found += cross_problems(helpline, sources)
    if found:
        raise ContentError(found)
    return replace(helpline, lines=all_lines(helpline))


def _files(folder: Path) -> dict[str, type[Shape]]:
    texts = sorted((folder / "text").glob("*.yaml"))
    return {**SHAPES, **{f"text/{path.name}": TextFile for path in texts}}


def _assemble(folder: Path, shapes: dict[str, Shape]) -> Helpline:
    texts = {Path(name).stem: shape for name, shape in shapes.items() if isinstance(shape, TextFile)}
    return Helpline(
        about=_shape(shapes, "helpline.yaml", HelplineFile),
        facts=_shape(shapes, "facts.yaml", FactsFile).facts,
        flow=_shape(shapes, "menus.yaml", MenusFile),
        desks=_shape(shapes, "desks.yaml", DesksFile).desks,
        prompts=_shape(shapes, "prompts.yaml", PromptsFile).prompts,
        glossary=_shape(shapes, "glossary.yaml", GlossaryFile).terms,
        texts=texts,
        audio_dir=folder.parent / "audio",
        lines={},
        ready=frozenset(texts),
    )


def _shape(shapes: dict[str, Shape], name: str, shape: type[S]) -> S:
    found = shapes[name]
    assert isinstance(found, shape)
    return found


def _parse(source: Source, shape: type[S]) -> S:
    content = {} if source.content is None else source.content
    try:
        parsed = shape.model_validate(content)
    except ValidationError as error:
        raise ContentError([*source.problems, *_shape_problems(source, error)]) from None
    if source.problems:
        raise ContentError(source.problems)
    return parsed


def _shape_problems(source: Source, error: ValidationError) -> Iterator[Problem]:
    for detail in error.errors():
        where: Where = detail["loc"]
        unknown = detail["type"] == "extra_forbidden"
        yield source.problem(where, "shape", _message(detail, where), at_key=unknown)


def _message(detail: ErrorDetails, where: Where) -> str:
    name = str(where[-1]) if where else "this file"
    if detail["type"] == "extra_forbidden":
        return f'the key "{name}" is not known here'
    if detail["type"] == "missing":
        return f'the key "{name}" is missing here'
    return f'"{name}": {detail["msg"].removeprefix("Value error, ")}'
