"""The time budget of a language: how long its callers wait for the essentials, and for the first word of any fact."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, count
from operator import attrgetter

from ivr.audio.reading_rates import READING_RATES, letters
from ivr.audio.timing import KEY_SECONDS, Spoken, Timing, sentence_starts
from ivr.content.composing import NOTICE, prompt_keys, told_facts
from ivr.content.model import Helpline
from ivr.flow import pages
from ivr.flow.announcements import OWN_NAME
from ivr.flow.engine import respond
from ivr.flow.language_list import choice
from ivr.flow.matching import described
from ivr.flow.notices import every_notice
from ivr.flow.places import Event, Place
from ivr.flow.say import PHRASES_KEPT, spoken
from ivr.flow.situation import Situation
from ivr.flow.steps import Play, Redirect, Steps

# Only sentences show how fast a voice speaks, not single words.
LETTERS_OF_A_SENTENCE = 40


@dataclass(frozen=True, order=True)
class Measure:
    """A number of seconds (or, for a pace, a multiple of the usual speed), and what takes that long."""

    amount: float
    what: str


Press = Callable[[Sequence[Spoken], Spoken], Iterator[Spoken]]


def at_once(spoken: Sequence[Spoken], _offered: Spoken) -> Iterator[Spoken]:
    """The right key as soon as keys count: at the beginning of a clip during which they do."""
    starts = {clip.place: clip for clip in reversed(spoken) if clip.place}
    yield from (Spoken(clip.play, clip.start, clip.start, place) for place, clip in starts.items())


def as_heard(_spoken: Sequence[Spoken], offered: Spoken) -> Iterator[Spoken]:
    """A key as soon as it has been offered."""
    yield offered


def to_the_end(spoken: Sequence[Spoken], _offered: Spoken) -> Iterator[Spoken]:
    """A key after everything has been said."""
    yield spoken[-1]


WAYS: Mapping[str, Press] = {"at_once": at_once, "as_heard": as_heard, "to_the_end": to_the_end}


def list_times(helpline: Helpline, timing: Timing) -> dict[str, float]:
    """For each language that is offered, the seconds until the list has said it."""
    page = pages.language_list(helpline)
    heard = accumulate(sum(map(timing.seconds, spoken(helpline, "", (said,)))) for said in page)
    return {said.voice: now for said, now in zip(page, heard, strict=True) if said.role == "language"}


def mean_by_demand(helpline: Helpline, times: Mapping[str, float]) -> float:
    """The mean over all callers, by the demand for their languages; zero if no demand is known."""
    demand = {language: helpline.languages[language].demand for language in times}
    return sum(times[name] * demand[name] for name in times) / (sum(demand.values()) or 1)


def essentials(helpline: Helpline, timing: Timing, language: str) -> Measure:
    """From the choice of the language to the last word of what the first menu says."""
    first = pages.language_list(helpline) if helpline.only_language else OWN_NAME
    said = (*first, *pages.essentials(helpline, language))
    return Measure(sum(map(timing.seconds, spoken(helpline, language, said))), said[-1].prompt)


def longest_prompt(helpline: Helpline, timing: Timing, language: str) -> Measure:
    return max(Measure(timing.seconds(Play(language, prompt)), prompt) for prompt in helpline.clip_texts[language])


def longest_notice(helpline: Helpline, timing: Timing, language: str) -> Measure | None:
    """Of the operator's own and those that staff can let callers hear about desks, each by itself."""
    plays = (
        (Play(language, NOTICE),),
        *(spoken(helpline, language, page) for page in every_notice(helpline, language)),
    )
    times = (Measure(sum(map(timing.seconds, said)), ", ".join(play.prompt for play in said)) for said in plays)
    return max(filter(attrgetter("amount"), times), default=None)


def pace(helpline: Helpline, timing: Timing, language: str) -> Measure | None:
    """How fast the clips of sentences speak, 1.0 being ordinary reading; None if there are none to measure."""
    plays = {
        Play(language, prompt): letters(clip_text.sentences)
        for prompt, clip_text in helpline.clip_texts[language].items()
    }
    long = [play for play, size in plays.items() if size >= LETTERS_OF_A_SENTENCE and timing.is_measured(play)]
    if not long or language not in READING_RATES:
        return None
    return Measure(sum(map(plays.__getitem__, long)) / sum(map(timing.seconds, long)) / READING_RATES[language], "")


def facts(networks: Iterable[Network]) -> dict[str, Measure]:
    """For each way of pressing keys, the fact that is heard last and the seconds until its first word.

    The quickest way to each fact counts, in the situation in which that takes longest.
    """
    worst: dict[str, dict[str, float]] = {way: {} for way in WAYS}
    for network in networks:
        for way, press in WAYS.items():
            for fact, seconds in network.first_words(press).items():
                worst[way][fact] = max(seconds, worst[way].get(fact, 0))
    return {
        way: Measure(*max((seconds, fact) for fact, seconds in found.items())) for way, found in worst.items() if found
    }


def person(helpline: Helpline, language: str, networks: Iterable[Network]) -> Measure | None:
    """From the answer of the call until a desk rings, by the right keys at once, where that takes longest.

    Only where somebody can be connected; None if nobody ever is. A code takes as many seconds as it has keys.
    """
    before = 0 if helpline.only_language else len(helpline.code(language)) * KEY_SECONDS
    quickest = (min(network.ringing(at_once), default=None) for network in networks)
    return max((Measure(before + found.amount, found.what) for found in quickest if found), default=None)


@lru_cache(maxsize=PHRASES_KEPT)
def _facts_within(helpline: Helpline, play: Play) -> tuple[tuple[float, str], ...]:
    """Each fact that a clip carries, after the share of its time that has passed when the fact's sentence begins."""
    carried = told_facts(helpline, play.language, play.prompt)
    if not any(carried):
        return ()
    starts = sentence_starts(helpline.clip_texts[play.language][play.prompt])
    return tuple((start, fact) for start, named in zip(starts, carried, strict=True) for fact in named)


@dataclass(eq=False, slots=True)
class Heard:
    """An answer as callers of one language hear it; equal steps are one.

    `offers` are the clips that offer a key, each with it; `facts` has each fact with the second of its first word.
    """

    steps: Steps
    spoken: Sequence[Spoken]
    offers: Sequence[tuple[Spoken, str]]
    facts: Sequence[tuple[str, float]]


def networks(helpline: Helpline, timing: Timing, language: str, situations: Iterable[Situation]) -> list[Network]:
    """That of each situation; what is answered in several of them is listened to once."""
    offers = {view.offer: view.key for view in described(helpline, language).values()}
    keys = {**prompt_keys(helpline, language), **offers}

    @cache
    def hear(steps: Steps) -> Heard:
        spoken = timing.spoken(steps)
        offered = [(clip, keys[clip.play.prompt]) for clip in spoken if clip.place and clip.play.prompt in keys]
        told = (
            (fact, clip.start + share * (clip.end - clip.start))
            for clip in spoken
            for share, fact in _facts_within(helpline, clip.play)
        )
        return Heard(steps, spoken, offered, [*told])

    return [Network(helpline, language, situation, hear) for situation in situations]


class Network:
    """The answers that a caller of one language can come to in one situation by the keys that are offered aloud."""

    def __init__(self, helpline: Helpline, language: str, situation: Situation, hear: Callable[[Steps], Heard]) -> None:
        self._respond = cache(lambda place, event: hear(respond(helpline, place, event, situation)))
        self._choice = choice(helpline, language)
        self._reached: dict[Press, Sequence[tuple[float, Heard]]] = {}

    def first_words(self, press: Press) -> dict[str, float]:
        """Seconds from the choice of the language to the first word of each fact, by the quickest way."""
        found: dict[str, float] = {}
        for now, heard in self._answers(press):
            for fact, after in heard.facts:
                found[fact] = min(now + after, found.get(fact, now + after))
        return found

    def ringing(self, press: Press) -> Iterator[Measure]:
        """Each desk that rings, and the seconds from the choice of the language until it does."""
        for now, heard in self._answers(press):
            for step in heard.steps:
                if isinstance(step, Redirect) and step.event == "dial":
                    yield Measure(now + (heard.spoken[-1].end if heard.spoken else 0), step.place.desk)

    def _answers(self, press: Press) -> Sequence[tuple[float, Heard]]:
        if press not in self._reached:
            self._reached[press] = [*self._quickest(press)]
        return self._reached[press]

    def _quickest(self, press: Press) -> Iterator[tuple[float, Heard]]:
        """Every answer, at the seconds from the choice of the language by the quickest way (Dijkstra)."""
        order = count()
        waiting: list[tuple[float, int, Heard]] = [(0.0, next(order), self._respond(Place(), self._choice))]
        done: set[Heard] = set()
        while waiting:
            now, _, heard = heapq.heappop(waiting)
            if heard in done:
                continue
            done.add(heard)
            yield now, heard
            for seconds, following in self._keys_from(heard, press):
                if following not in done:
                    heapq.heappush(waiting, (now + seconds, next(order), following))

    def _keys_from(self, heard: Heard, press: Press) -> Iterator[tuple[float, Heard]]:
        for offered, key in heard.offers:
            for pressed in press(heard.spoken, offered):
                if pressed.place:
                    yield pressed.end + KEY_SECONDS, self._respond(pressed.place, Event("keys", key))
