"""What the hearings say about each language and engine, as tables for docs/speech.md. Standard library only."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from ivr.audio.listening.comparing import base
from ivr.audio.listening.hearings import Hearing
from ivr.audio.manifest import Clip

# Where Whisper base can be trusted (docs/speech.md says how that was found), and the percentage of wrong characters
# that all clips of a language may have together; None: measured, with no goal.
GOALS: Mapping[str, int | None] = {
    **dict.fromkeys(("en", "ja", "fr", "es", "pt", "ru"), 10),
    "zh": 12,
    **dict.fromkeys(("id", "ms", "tl"), 20),
    "ur": 25,
    "ko": None,
}
# Languages so alike when spoken that either is a right answer.
ALIKE: Mapping[str, frozenset[str]] = {"ur": frozenset({"hi"}), "ms": frozenset({"id"}), "id": frozenset({"ms"})}
LONG = 3.0  # seconds of a clip, from which on Whisper can tell languages apart
FAR = 0.3  # above its language's median
LEAST_EDITS = 5  # a word of three letters is soon half wrong
MAX_FAR = 10  # clips named for a language and engine


@dataclass(frozen=True)
class Measure:
    """The clips of one language by one engine, as heard."""

    language: str
    engine: str
    heard: tuple[tuple[Clip, Hearing], ...]

    @property
    def is_measurable(self) -> bool:
        return base(self.language) in GOALS

    @property
    def goal(self) -> int | None:
        """Wrong characters in percent, at most."""
        return GOALS.get(base(self.language))

    @property
    def error(self) -> float:
        """Wrong characters of all clips together, over the characters of all sentences."""
        return sum(each.edits for _, each in self.heard) / max(1, sum(each.characters for _, each in self.heard))

    @property
    def median(self) -> float:
        return median(error_of(each) for _, each in self.heard)

    @property
    def share(self) -> float | None:
        """How much of the sound of its longer clips is taken for the language; None if there are none."""
        long = [(clip.seconds, is_taken_for(each)) for clip, each in self.heard if clip.seconds >= LONG]
        return sum(seconds for seconds, right in long if right) / sum(seconds for seconds, _ in long) if long else None

    @property
    def far(self) -> list[Hearing]:
        """The clips that are heard far worse than the median clip, worst first."""
        bound = self.median + FAR
        found = [each for _, each in self.heard if error_of(each) > bound and each.edits >= LEAST_EDITS]
        return sorted(found, key=lambda each: (-error_of(each), each.prompt)) if self.is_measurable else []


def error_of(hearing: Hearing) -> float:
    return hearing.edits / max(1, hearing.characters)


def is_taken_for(hearing: Hearing) -> bool:
    """Whether a clip is taken for its language, or for one that sounds alike."""
    own = base(hearing.language)
    return hearing.taken_for == own or hearing.taken_for in ALIKE.get(own, ())


def measures(heard: Iterable[tuple[Clip, Hearing]]) -> list[Measure]:
    """One for each language and engine, sorted."""
    found: dict[tuple[str, str], list[tuple[Clip, Hearing]]] = defaultdict(list)
    for clip, hearing in heard:
        found[clip.language, clip.engine].append((clip, hearing))
    return [Measure(*by, tuple(each)) for by, each in sorted(found.items())]


def tables(found: Iterable[Measure], named: Mapping[tuple[str, str], str]) -> str:
    """All tables, in Markdown; `named` says which key a clip names, by language and prompt."""
    found = list(found)
    heads = (
        "| language | engine | clips | taken for its language | wrong characters, all clips | median clip | at most |",
        "| language | engine | keys told apart | taken for another |",
        "| clip | wrong | heard |",
    )
    parts = zip(heads, (_rows(found), _keys(found, named), _far(found)), strict=True)
    return "\n\n".join("\n".join([head, f"|{'---|' * (head.count('|') - 1)}", *rows]) for head, rows in parts)


def _rows(found: Iterable[Measure]) -> Iterator[str]:
    for each in found:
        share = "-" if each.share is None else f"{each.share:.0%}"
        figures = ("not measurable", "-")
        if each.is_measurable:
            figures = (f"{each.error:.1%}", f"{each.median:.1%}")
        goal = "-" if each.goal is None else f"{each.goal}%"
        yield f"| {each.language} | {each.engine} | {len(each.heard)} | {share} | {' | '.join(figures)} | {goal} |"


def _keys(found: Iterable[Measure], named: Mapping[tuple[str, str], str]) -> Iterator[str]:
    for each in found:
        keys = [(hearing, named.get((hearing.language, hearing.prompt))) for _, hearing in each.heard]
        told = [(hearing, key) for hearing, key in keys if key]
        wrong = [f"`{hearing.prompt}` {hearing.key or 'nothing'}" for hearing, key in told if hearing.key != key]
        if told:
            count = f"{len(told) - len(wrong)} of {len(told)}"
            yield f"| {each.language} | {each.engine} | {count} | {', '.join(wrong) or '-'} |"


def _far(found: Iterable[Measure]) -> Iterator[str]:
    for each in found:
        for hearing in each.far[:MAX_FAR]:
            text = " ".join(hearing.text.replace("|", " ").split())
            yield f"| {hearing.language} `{hearing.prompt}` | {error_of(hearing):.0%} | {text} |"
