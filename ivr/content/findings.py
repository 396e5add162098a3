"""Where problems belong: in which file of a helpline, and which keys lead there."""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from ivr.content.reading import read_source
from ivr.content.source import Source
from ivr.errors import Problem


def findings(folder: Path, problems: Iterable[Problem]) -> list[dict[str, str]]:
    """For each problem its `rule`, its `message`, and the `file` and `place` that it is about, as far as these are
    known. Keys are joined by slashes.
    """
    read = cache(lambda path: read_source(path, str(path)))
    return [_finding(folder, each, read) for each in problems]


def _finding(folder: Path, problem: Problem, read: Callable[[Path], Source]) -> dict[str, str]:
    found, path = {"rule": problem.rule, "message": problem.message}, Path(problem.path)
    if path.suffix == ".wav":  # audio/en/main.menu.wav
        return {**found, "file": f"text/{path.parent.name}.yaml", "place": f"prompts/{path.stem}"}
    if not path.is_relative_to(folder) or path.suffix != ".yaml" or not path.is_file():
        return found
    source, place = read(path), (problem.line, problem.column)
    where = next((keys for keys, at in (*source.values.items(), *source.keys.items()) if at == place), ())
    return {**found, "file": path.relative_to(folder).as_posix(), "place": "/".join(map(str, where))}
