"""Cycles in graphs."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

Node = TypeVar("Node")


def circle(ahead: Mapping[Node, Iterable[Node]]) -> list[Node]:
    """The nodes of a cycle in order, the first again at the end; [] if there is none. `ahead` has their successors."""
    try:
        TopologicalSorter(ahead).prepare()
    except CycleError as error:
        way: list[Node] = error.args[1]
        return way[::-1]  # for graphlib, what we call ahead comes before
    return []
