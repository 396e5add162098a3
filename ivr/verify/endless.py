"""Nobody is kept on the line who presses nothing that leads anywhere: such a call ends by itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ivr.verify.walk import Answer, Arrival, arrivals, without_origin

Edges = dict[Arrival, dict[Arrival, Answer]]


class Passive:
    """Where a call goes on without a useful key: silence, wrong keys, and whatever a desk does."""

    def __init__(self) -> None:
        self._edges: Edges = {}

    @property
    def states(self) -> int:
        """How many places there are, by what can happen there."""
        return len(self._edges)

    def see(self, answer: Answer) -> None:
        ahead = self._edges.setdefault(without_origin((answer.place, answer.event.kind)), {})
        for arrival in arrivals(answer.steps):
            if answer.event.kind != "keys" or _was_wrong(answer, arrival):
                ahead.setdefault(without_origin(arrival), answer)

    def endless(self) -> Iterator[list[Answer]]:
        """Each cycle that was found, as the answers that make it up."""
        done: set[Arrival] = set()
        for start in self._edges:
            if start not in done:
                yield from _cycles(self._edges, start, done)


def _was_wrong(answer: Answer, arrival: Arrival) -> bool:
    place, kind = arrival
    return kind == "keys" and place.page == answer.place.page and place.tries > answer.place.tries


def _cycles(edges: Edges, start: Arrival, done: set[Arrival]) -> Iterator[list[Answer]]:
    """Depth first, without recursion: what is met again on the way down closes a cycle."""
    way = [start]
    ahead = [iter(edges.get(start, ()))]
    while way:
        following = next(ahead[-1], None)
        if following is None:
            done.add(way.pop())
            ahead.pop()
        elif following in way:
            round_trip = [*way[way.index(following) :], following]
            yield [edges[here][there] for here, there in pairwise(round_trip)]
        elif following not in done:
            way.append(following)
            ahead.append(iter(edges.get(following, ())))
