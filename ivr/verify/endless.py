"""A call ends by itself if the caller presses no useful key."""

from collections.abc import Iterator
from itertools import pairwise

from ivr.content.circles import circle
from ivr.verify.walk import Answer, Arrival, without_origin

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
        for arrival in answer.reply.arrivals:
            if answer.event.kind != "keys" or _was_wrong(answer, arrival):
                ahead.setdefault(without_origin(arrival), answer)

    def endless(self) -> Iterator[list[Answer]]:
        """Each circle that was found, as the answers that make it up; of two that share their last answer, one."""
        ahead = {here: [*edges] for here, edges in self._edges.items()}
        while way := circle(ahead):
            yield [self._edges[here][there] for here, there in pairwise(way)]
            ahead[way[-2]].remove(way[-1])


def _was_wrong(answer: Answer, arrival: Arrival) -> bool:
    place, kind = arrival
    return kind == "keys" and place.page == answer.place.page and place.tries > answer.place.tries
