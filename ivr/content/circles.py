"""Ways that lead back to where they began."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

Node = TypeVar("Node")


def circle(ahead: Mapping[Node, Iterable[Node]]) -> list[Node]:
    """A circle in a graph that gives what is ahead of each node: its nodes in order, the first again at the end.

    Empty if there is none.
    """
    try:
        TopologicalSorter(ahead).prepare()
    except CycleError as error:
        way: list[Node] = error.args[1]
        return way[::-1]  # for graphlib, what we call ahead comes before
    return []
