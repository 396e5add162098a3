"""A folder of YAML becomes a helpline, or one error that names every mistake with its file, line and column."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from itertools import chain
from pathlib import Path
from typing import TypeVar

from ivr.content.changes import Change, Laid, lay_over
from ivr.content.checks import problems as cross_problems
from ivr.content.checks.check import Draft
from ivr.content.composing import all_clip_texts
from ivr.content.fields import Shape
from ivr.content.menus import MenusFile
from ivr.content.model import CodesFile, DesksFile, FactsFile, Helpline, HelplineFile, PromptsFile
from ivr.content.reading import read_source
from ivr.content.shapes import parse
from ivr.content.source import Source
from ivr.content.words import GlossaryFile, TextFile
from ivr.errors import ContentError, Problem

SHAPES: dict[str, type[Shape]] = {
    "helpline.yaml": HelplineFile,
    "codes.yaml": CodesFile,
    "facts.yaml": FactsFile,
    "menus.yaml": MenusFile,
    "desks.yaml": DesksFile,
    "prompts.yaml": PromptsFile,
    "glossary.yaml": GlossaryFile,
}
# What a line may not need: without codes.yaml no code has been published yet.
NOT_IN_EVERY_FOLDER = ("codes.yaml", "desks.yaml", "glossary.yaml")

S = TypeVar("S", bound=Shape)


def load_helpline(folder: Path) -> Helpline:
    """The helpline in `folder`, for what needs neither sounds nor a ready language. Raises ContentError."""
    return read_helpline(folder)[0]


def read_helpline(folder: Path, changes: Iterable[Change] = ()) -> tuple[Helpline, Mapping[str, Source], Laid]:
    """The helpline in `folder` with these changes laid over it, and its files, by name, as they were typed but for the
    changes; each is read once. Raises ContentError.

    Its sounds are expected beside it, in `audio`, or in `<name>-audio` if it isn't called prompts. Until they are
    loaded no language is ready.
    """
    if not folder.is_dir():
        what = "this is a file, not the folder of a helpline" if folder.exists() else "this folder is missing"
        message = f"{what}; --helpline or IVR_HELPLINE names it"
        raise ContentError([Problem(str(folder), 1, 1, "missing-folder", message)])
    sources, shapes, laid, found = _read(folder, changes)
    draft = _assemble(folder, sources, shapes)
    found += [*_stray_files(folder), *cross_problems(draft, frozenset(shapes))]
    if found:
        raise ContentError(found)
    known = {field.name: getattr(draft, field.name) for field in fields(Helpline)}
    return Helpline(**{**known, "clip_texts": all_clip_texts(draft)}), sources, laid


def _read(folder: Path, changes: Iterable[Change]) -> tuple[dict[str, Source], dict[str, Shape], Laid, list[Problem]]:
    """All files that can be read, those of them that are sound in themselves, and what is wrong with the others."""
    by_file: dict[str, list[Change]] = {}
    for change in changes:
        by_file.setdefault(change.file, []).append(change)
    laid = Laid()
    sources: dict[str, Source] = {}
    shapes: dict[str, Shape] = {}
    found: list[Problem] = []
    for name, shape in _files(folder).items():
        try:
            sources[name] = Source(str(folder / name), [])
            sources[name] = read_source(folder / name, str(folder / name))
            lay_over(sources[name].content, by_file.pop(name, ()), laid)
            shapes[name] = parse(sources[name], shape)
        except ContentError as error:
            found += error.problems
    laid.set_aside += chain(*by_file.values())
    absent = {name: SHAPES[name]() for name in NOT_IN_EVERY_FOLDER if name not in sources}
    return sources, {**absent, **shapes}, laid, found


def _files(folder: Path) -> dict[str, type[Shape]]:
    there = {
        name: shape for name, shape in SHAPES.items() if name not in NOT_IN_EVERY_FOLDER or (folder / name).exists()
    }
    texts = sorted(filter(_is_meant, (folder / "text").glob("*.yaml")))
    return {**there, **{f"text/{path.name}": TextFile for path in texts}}


def _is_meant(path: Path) -> bool:
    """Hidden files are made by machines and editors (``._en.yaml``, ``.#en.yaml``)."""
    return not path.name.startswith(".")


def _stray_files(folder: Path) -> Iterator[Problem]:
    """YAML that nobody reads: a copy, or a name that is a letter off."""
    for path in sorted(filter(_is_meant, (*folder.glob("*.y*ml"), *(folder / "text").glob("*.yml")))):
        if path.parent != folder or path.name not in SHAPES:
            message = "this file is not read; is its name right? Copies belong into another folder"
            yield Problem(str(path), 1, 1, "stray-file", message)


def _assemble(folder: Path, sources: dict[str, Source], shapes: dict[str, Shape]) -> Draft:
    """What is not sound is empty here, and no rule that needs it is asked."""
    texts = {Path(name).stem: shape for name, shape in shapes.items() if isinstance(shape, TextFile)}
    return Draft(
        about=_shape(shapes, "helpline.yaml", HelplineFile),
        facts=getattr(shapes.get("facts.yaml"), "facts", {}),
        flow=_shape(shapes, "menus.yaml", MenusFile),
        desks=getattr(shapes.get("desks.yaml"), "desks", {}),
        prompts=getattr(shapes.get("prompts.yaml"), "prompts", {}),
        glossary=getattr(shapes.get("glossary.yaml"), "terms", {}),
        codes=getattr(shapes.get("codes.yaml"), "codes", {}),
        texts=texts,
        sources=sources,
        audio_dir=folder.parent / ("audio" if folder.name == "prompts" else f"{folder.name}-audio"),
        clip_texts={},
        ready=frozenset(),
    )


def _shape(shapes: dict[str, Shape], name: str, shape: type[S]) -> S:
    found = shapes.get(name, shape.model_construct())
    assert isinstance(found, shape)
    return found
